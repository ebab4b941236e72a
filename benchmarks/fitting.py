"""One regression: its examples, its cross-validated fit, and the lines from which it says yes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

ROLES: Final = ("donor", "recipient", "target")
STRENGTH: Final = {"relation": 2.0}
"""Of the confidence, which has three features and needs less restraint."""
OTHER_STRENGTH: Final = 0.3
"""Inverse regularisation: the smaller, the closer the weights stay to 0."""
CHOOSING: Final = frozenset({"read", "twin"})
"""The parts on which thresholds are chosen: real abstracts, and texts that are told like them."""
GRID: Final = np.arange(0.15, 0.9, 0.05)
"""The probabilities among which thresholds are chosen."""
SAMPLES: Final = 100
"""Of the texts, drawn with replacement, over which thresholds are averaged."""
Numbers = npt.NDArray[np.float64]


class Source(Protocol):
    """What an example needs to know of the text that it comes from."""

    part: str

    @property
    def fold(self) -> int: ...

    @property
    def weight(self) -> float: ...


@dataclass
class Examples:
    """What one model learns from."""

    rows: list[Any] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    texts: list[Source] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    """Which examples rival each other: the proposals for one role of one miRNA."""
    missed: float = 0.0
    """The weight of annotated pairs that nothing proposes; they count as missed."""

    def add(self, row: Any, label: bool, text: Source, group: int = 0) -> None:
        self.rows.append(row)
        self.labels.append(label)
        self.texts.append(text)
        self.groups.append(group)

    def weights(self) -> Numbers:
        """A text with many examples counts for more than one with few, but not in proportion."""
        size = Counter(id(t) for t in self.texts)
        return np.array([t.weight * float(size[id(t)]) ** -0.5 for t in self.texts])

    def tells(self) -> Numbers:
        """The weights with which thresholds are chosen: made-up texts do not count."""
        chosen: Numbers = self.weights() * np.array([t.part in CHOOSING for t in self.texts])
        return chosen


@dataclass(frozen=True)
class Fitted:
    """A regression, and what it says of texts that it has not seen."""

    model: dict[str, Any]
    examples: Examples
    unseen: Numbers
    """The probability of each example, by a model of the other folds."""


def fit_one(name: str, examples: Examples) -> Fitted:
    features = sorted(examples.rows[0])
    x = np.array([[row[n] for n in features] for row in examples.rows])
    y, weight = np.array(examples.labels), examples.weights()
    folds = np.array([t.fold for t in examples.texts])

    def fitted(chosen: npt.NDArray[np.intp]) -> Any:
        model = LogisticRegression(C=STRENGTH.get(name, OTHER_STRENGTH), max_iter=3000)
        return model.fit(x[chosen], y[chosen], sample_weight=weight[chosen])

    unseen = np.zeros(len(y))
    for fold in sorted(set(folds)):
        test = np.flatnonzero(folds == fold)
        unseen[test] = fitted(np.flatnonzero(folds != fold)).predict_proba(x[test])[:, 1]
    model = fitted(np.arange(len(y)))
    weights = {
        "bias": float(model.intercept_[0]),
        **dict(zip(features, map(float, model.coef_[0]), strict=True)),
    }
    rounded = {n: round(v, 4) for n, v in weights.items()}
    return Fitted({**lines(name, unseen, examples), "weights": rounded}, examples, unseen)


def lines(name: str, unseen: Numbers, examples: Examples) -> dict[str, float]:
    """The probabilities from which a model says yes: to the surest of a group, and to further ones.

    Where F1 is best on average over the lines beside them, a text counting as in training. F1 is flat between
    lines and one text moves the best of them far, so they are means over samples of the texts.
    """
    if name == "relation":
        return {"threshold": 0.0}
    first = surest(unseen, examples.groups) if name in ROLES else np.ones(len(unseen), dtype=bool)
    numbers = {key: n for n, key in enumerate(dict.fromkeys(id(t) for t in examples.texts))}
    of_text = np.array([numbers[id(t)] for t in examples.texts])
    share = np.full(len(numbers), 1 / len(numbers))
    drawn = np.random.default_rng(0).multinomial(len(numbers), share, SAMPLES)
    best = [_best(f1_by_lines(unseen, first, examples, times[of_text])) for times in drawn]
    threshold, further = (round(float(line), 2) for line in np.mean(best, axis=0))
    return {"threshold": threshold, "further": further} if name in ROLES else {"threshold": threshold}


def f1_by_lines(
    unseen: Numbers, first: npt.NDArray[np.bool_], examples: Examples, times: npt.NDArray[np.int64]
) -> Numbers:
    """F1 for each line for the first examples (rows) and, not below it, for further ones (columns).

    Every example has its weight and counts so many times; what nothing proposes counts as missed.
    """
    weight = examples.tells() * times
    right = weight * np.array(examples.labels)
    kept = unseen >= GRID[:, None]
    (taken, hits), (more, more_hits) = (
        (kept[:, part] @ weight[part], kept[:, part] @ right[part]) for part in (first, ~first)
    )
    asked = np.maximum(taken[:, None] + more + right.sum() + examples.missed, 1e-9)
    found = 2 * (hits[:, None] + more_hits) / asked
    return np.where(np.tri(len(GRID), k=-1, dtype=bool), np.nan, found)


def _best(f1: Numbers) -> tuple[float, float]:
    """The lines in the middle of the cross of five with the highest mean."""
    padded = np.pad(f1, 1, constant_values=np.nan)
    cross = np.stack([f1, padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]])
    valid = ~np.isnan(f1)
    mean = np.nansum(cross, axis=0) / np.maximum((~np.isnan(cross)).sum(axis=0), 1)
    i, j = np.unravel_index(int(np.argmax(np.where(valid, mean, -1.0))), f1.shape)
    return float(GRID[i]), float(GRID[j])


def surest(unseen: Numbers, groups: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Marks the example of each group that has the highest probability."""
    best: dict[int, int] = {}
    for index, group in enumerate(groups):
        if group not in best or unseen[index] > unseen[best[group]]:
            best[group] = index
    found = np.zeros(len(unseen), dtype=bool)
    found[[*best.values()]] = True
    return found
