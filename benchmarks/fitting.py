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

    Where F1 is best on average over the lines beside them, a text counting as in training.
    """
    if name == "relation":
        return {"threshold": 0.0}
    if name not in ROLES:
        single = [f1(unseen >= line, examples) for line in GRID]
        smooth = [float(np.mean(single[max(0, k - 1) : k + 2])) for k in range(len(GRID))]
        return {"threshold": round(float(GRID[int(np.argmax(smooth))]), 2)}
    first = surest(unseen, examples.groups)
    pairs = {
        (i, j): f1((unseen >= GRID[i]) & (first | (unseen >= GRID[j])), examples)
        for i in range(len(GRID))
        for j in range(i, len(GRID))
    }

    def around(place: tuple[int, int]) -> float:
        i, j = place
        beside = [(i, j), (i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)]
        return float(np.mean([pairs[b] for b in beside if b in pairs]))

    i, j = max(pairs, key=around)
    return {"threshold": round(float(GRID[i]), 2), "further": round(float(GRID[j]), 2)}


def surest(unseen: Numbers, groups: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Marks the example of each group that has the highest probability."""
    best: dict[int, int] = {}
    for index, group in enumerate(groups):
        if group not in best or unseen[index] > unseen[best[group]]:
            best[group] = index
    found = np.zeros(len(unseen), dtype=bool)
    found[[*best.values()]] = True
    return found


def f1(kept: npt.NDArray[np.bool_], examples: Examples) -> float:
    """F1 of taking these examples, each with its weight; what nothing proposes counts as missed."""
    y, weight = np.array(examples.labels), examples.tells()
    right = float((weight * (kept & y)).sum())
    return 2 * right / max(float((weight * kept).sum() + (weight * y).sum()) + examples.missed, 1e-9)
