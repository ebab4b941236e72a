"""Precision, recall and F1 over ALL gold, a slot, a pair and the whole tuple, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from extractor.evaluation.assignment import match
from extractor.evaluation.matching import Kind, Names, keys, same_entity
from extractor.evaluation.records import KINDS, Entry, SlotName

Item = tuple[Names, ...]
"""What is counted: the names in each slot of a measure."""

RESAMPLES: Final = 2000
SEED: Final = 20190119
"""Of the bootstrap: fixed, so that the same files give the same report."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted. Items lack no slot unless ``partial``; then empty agrees only with empty."""

    name: str
    slots: tuple[SlotName, ...]
    partial: bool = False

    def item(self, entry: Entry) -> Item | None:
        """This entry's item, or None when it lacks a slot."""
        names = tuple(entry.names(slot) for slot in self.slots)
        return names if self.partial or all(names) else None


TUPLE: Final = Measure("whole tuple", ("donor", "mirna", "recipient", "target"), partial=True)
MEASURES: Final = (
    Measure("miRNA", ("mirna",)),
    Measure("donor", ("donor",)),
    Measure("recipient", ("recipient",)),
    Measure("target", ("target",)),
    Measure("effect (miRNA-target)", ("mirna", "target", "effect")),
    Measure("donor-miRNA", ("donor", "mirna")),
    Measure("miRNA-recipient", ("mirna", "recipient")),
    Measure("miRNA-target", ("mirna", "target")),
    TUPLE,
    Measure("document", (), partial=True),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives, false negatives, and predictions left out as open questions."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    ignored: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.tp + other.tp, self.fp + other.fp, self.fn + other.fn, self.ignored + other.ignored
        )

    @property
    def precision(self) -> float | None:
        """TP / (TP + FP); None when nothing was predicted."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """TP / (TP + FN); None when there is nothing to find."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        """2 TP / (2 TP + FP + FN); None when nothing was predicted and there is nothing to find."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else None


Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Score:
    """One line of the result; intervals are 95 % percentiles, None where the value is undefined."""

    measure: str
    counts: Counts
    precision_interval: Interval | None = None
    recall_interval: Interval | None = None
    f1_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Required:
    """Gold items of one document: those to be found, and those that count neither way."""

    required: tuple[Item, ...]
    optional: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document under one measure: pairs (gold, predicted) that agree, and what is left over."""

    right: tuple[tuple[Item, Item], ...]
    missed: tuple[Item, ...]
    false: tuple[Item, ...]
    ignored: tuple[Item, ...]

    @property
    def counts(self) -> Counts:
        return Counts(len(self.right), len(self.false), len(self.missed), len(self.ignored))


def agree(measure: Measure, gold: Item, pred: Item, lenient: bool = False) -> bool:
    """Whether two items agree in every slot."""
    kinds = (KINDS[slot] for slot in measure.slots)
    return all(same_entity(k, g, p, lenient) for k, g, p in zip(kinds, gold, pred, strict=True))


def distinct(
    measure: Measure, entries: Iterable[Entry], same: Callable[[SlotName, Names, Names], bool]
) -> list[Item]:
    """The items of these entries, each once; of two that are the same the first stays."""
    found: list[Item] = []
    for item in (measure.item(entry) for entry in entries):
        if item is None:
            continue
        if not any(all(map(same, measure.slots, known, item)) for known in found):
            found.append(item)
    return found


def same_gold(slot: SlotName, one: Names, other: Names) -> bool:
    """Gold entities are told apart by their first name: annotators may give two donors one vague form."""
    if not one or not other:
        return not one and not other
    return bool(keys(KINDS[slot], one[0]) & keys(KINDS[slot], other[0]))


def same_prediction(slot: SlotName, one: Names, other: Names) -> bool:
    """Two miRNAs or genes are duplicates when they share a name or identifier; two cells when the printed
    name of one is among the names of the other.

    No containment here: whoever reports M2 macrophages and macrophages reports two things. Nor do cells go by
    identifier: one often holds several cells of a text (M1 and M2 macrophages).
    """
    if not one or not other:
        return not one and not other
    kind = KINDS[slot]
    if kind != "cell":
        return bool(_all_keys(kind, one) & _all_keys(kind, other))
    return bool(keys(kind, one[0]) & _all_keys(kind, other) or keys(kind, other[0]) & _all_keys(kind, one))


def _all_keys(kind: Kind, names: Names) -> frozenset[str]:
    return frozenset().union(*(keys(kind, name) for name in names))


def requirements(
    measure: Measure, first: Sequence[Entry], second: Sequence[Entry] | None = None, lenient: bool = False
) -> Required:
    """What must be found in one document.

    With a second annotation pass, what both state is required, what one alone states is optional. Slots of a
    curated row that its text does not state make the item optional, as is the item the way the text has it.
    """
    firm = distinct(measure, (e for e in first if not _leans(measure, e)), same_gold)
    soft = distinct(measure, (v for e in first for v in _open_versions(measure, e)), same_gold)
    if second is None:
        return Required(tuple(firm), tuple(soft))
    others = distinct(measure, second, same_gold)
    pairs = match([_ranked(measure, item, others, lenient) for item in firm], len(others))
    both = tuple(_union(firm[i], others[j]) for i, j in sorted(pairs.items()))
    alone = [item for i, item in enumerate(firm) if i not in pairs]
    alone += [item for j, item in enumerate(others) if j not in pairs.values()]
    return Required(both, (*alone, *soft))


def _leans(measure: Measure, entry: Entry) -> bool:
    """Whether this item rests on a slot that the text does not state."""
    return any(slot in entry.unstated and entry.names(slot) for slot in measure.slots)


def _open_versions(measure: Measure, entry: Entry) -> tuple[Entry, ...]:
    """What counts neither way: an item that leans, and the item as the text has it where that differs."""
    leans = _leans(measure, entry)
    if leans or any(entry.names_beside(slot) for slot in measure.slots):
        as_stated = (_as_stated(entry, beside=False), _as_stated(entry, beside=True))
        return (entry, *as_stated) if leans else as_stated[1:]
    return ()


def _as_stated(entry: Entry, beside: bool) -> Entry:
    """A curated row with only what its text says; ``beside`` with what the text names in other words."""

    def said(slot: SlotName) -> Names:
        stated = () if slot in entry.unstated else entry.names(slot)
        return (entry.names_beside(slot) or stated) if beside else stated

    effect = entry.effect if said("target") else ()
    return replace(
        entry, donor=said("donor"), recipient=said("recipient"), target=said("target"), effect=effect
    )


def _ranked(measure: Measure, item: Item, others: Sequence[Item], lenient: bool) -> list[int]:
    """Which of the others agree with an item, those that share most names first."""
    shared = [sum(len(set(a) & set(b)) for a, b in zip(item, other, strict=True)) for other in others]
    fitting = (j for j, other in enumerate(others) if agree(measure, item, other, lenient))
    return sorted(fitting, key=lambda j: (-shared[j], j))


def _union(one: Item, other: Item) -> Item:
    return tuple(tuple(dict.fromkeys((*a, *b))) for a, b in zip(one, other, strict=True))


def compare(measure: Measure, gold: Required, pred: Sequence[Entry], lenient: bool = False) -> Outcome:
    """Match predictions to gold one to one: as many as can be, and among those choices the most precise."""
    items = distinct(measure, pred, same_prediction)
    excused = [any(agree(measure, open_, item, lenient) for open_ in gold.optional) for item in items]
    # Served first are those that would else be false positives.
    order = sorted(range(len(items)), key=lambda i: excused[i])
    edges = [[j for j, g in enumerate(gold.required) if agree(measure, g, items[i], lenient)] for i in order]
    pairs = {order[left]: right for left, right in match(edges, len(gold.required)).items()}
    left_over = [i for i in range(len(items)) if i not in pairs]
    return Outcome(
        right=tuple((gold.required[j], items[i]) for i, j in sorted(pairs.items())),
        missed=tuple(g for j, g in enumerate(gold.required) if j not in pairs.values()),
        false=tuple(items[i] for i in left_over if not excused[i]),
        ignored=tuple(items[i] for i in left_over if excused[i]),
    )


def score(measure: str, units: Sequence[Counts]) -> Score:
    """Sum the counts of the documents (or other units of resampling) and add bootstrap intervals.

    A single unit has no spread to estimate: no interval then.
    """
    total = sum(units, Counts())
    if len(units) < 2:
        return Score(measure, total)
    sample = _resample(np.array([(u.tp, u.fp, u.fn) for u in units], dtype=np.int64).reshape(-1, 3))
    tp, fp, fn = sample.T
    return Score(
        measure,
        total,
        _interval(total.precision, tp, tp + fp),
        _interval(total.recall, tp, tp + fn),
        _interval(total.f1, 2 * tp, 2 * tp + fp + fn),
    )


def _resample(counts: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """(RESAMPLES, 3) sums of TP, FP, FN over documents drawn with replacement."""
    n = len(counts)
    weights = np.random.default_rng(SEED).multinomial(n, [1 / n] * n, size=RESAMPLES)
    return np.asarray(weights @ counts)


def _interval(value: float | None, part: np.ndarray, whole: np.ndarray) -> Interval | None:  # type: ignore[type-arg]
    """95 % percentile interval; resamples where the ratio is undefined are left out."""
    if value is None:
        return None
    defined = whole > 0
    low, high = np.percentile(part[defined] / whole[defined], [2.5, 97.5])
    return round(float(low), 6), round(float(high), 6)
