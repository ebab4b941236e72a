"""Reported relations against a curated table: right, incomplete or wrong, openly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.evaluation.assignment import match
from extractor.evaluation.matching import same_entity
from extractor.evaluation.records import ENTITY_SLOTS, KINDS, Entry, SlotName
from extractor.evaluation.scores import TUPLE, Counts, Score, distinct, same_prediction, score

Verdict = Literal["correct", "partial, rest not in text", "partial", "wrong", "wrong, miRNA not in table"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A reported relation, its verdict, and the row it was held against (the closest one when wrong)."""

    entry: Entry
    verdict: Verdict
    row: Entry | None
    differs: tuple[SlotName, ...] = ()
    """Slots that both fill and that disagree (wrong), or that only the row fills (partial)."""


@dataclass(frozen=True, slots=True)
class TableReport:
    """How the reported relations fare against a table's atomic rows.

    ``stated``: rows all of whose slots the text states, ``rows``: all rows. A row is found when a relation
    agrees with it in every slot the row fills, one relation a row. ``agreeing`` counts as right every
    relation that agrees in all slots that both fill; ``complete`` only those that fill all the row fills.
    """

    rows: Score
    stated: Score
    agreeing: Score
    complete: Score
    judged: tuple[Judged, ...]
    missed: tuple[Entry, ...]
    """Rows fully stated in the text that no relation holds."""
    missed_unstated: tuple[Entry, ...]
    """Other rows that no relation holds."""

    def count(self, verdict: Verdict) -> int:
        """How many relations got this verdict."""
        return sum(judged.verdict == verdict for judged in self.judged)


def against_table(rows: Sequence[Entry], pred: Sequence[Entry], lenient: bool = False) -> TableReport:
    """Judge every reported relation and every row. Exact duplicates among the reported are judged once."""
    reported = _unique(pred)
    judged = tuple(_judge(entry, rows, lenient) for entry in reported)
    edges = [[j for j, row in enumerate(rows) if complete(row, e, lenient)] for e in reported]
    found = set(match(edges, len(rows)).values())
    stated = [j for j, row in enumerate(rows) if _stated(row)]
    wrong = [j.verdict.startswith("wrong") for j in judged]
    correct = [j.verdict == "correct" for j in judged]
    return TableReport(
        rows=_recall("all rows", rows, range(len(rows)), found),
        stated=_recall("rows stated in the text", rows, stated, found),
        agreeing=score("agrees with a row", [Counts(tp=not w, fp=w) for w in wrong]),
        complete=score("agrees and is complete", [Counts(tp=c, fp=not c) for c in correct]),
        judged=judged,
        missed=tuple(rows[j] for j in stated if j not in found),
        missed_unstated=tuple(row for j, row in enumerate(rows) if j not in found and not _stated(row)),
    )


def _unique(pred: Sequence[Entry]) -> list[Entry]:
    kept: list[Entry] = []
    for entry in pred:
        if len(distinct(TUPLE, [*kept, entry], same_prediction)) > len(kept):
            kept.append(entry)
    return kept


def _stated(row: Entry) -> bool:
    return not any(row.names(slot) for slot in row.unstated)


def _recall(name: str, rows: Sequence[Entry], wanted: Sequence[int] | range, found: set[int]) -> Score:
    """Recall, resampling printed rows (the atomic rows of one printed row stand or fall together)."""
    units: dict[str, Counts] = {}
    for j in wanted:
        key = rows[j].label or str(j)
        units[key] = units.get(key, Counts()) + Counts(tp=j in found, fn=j not in found)
    return score(name, list(units.values()))


def disagreements(row: Entry, entry: Entry, lenient: bool = False) -> tuple[SlotName, ...]:
    """Slots that both fill with different entities (and not with what the text names there besides)."""
    return tuple(
        slot
        for slot in ENTITY_SLOTS
        if row.names(slot)
        and entry.names(slot)
        and not same_entity(KINDS[slot], row.names(slot), entry.names(slot), lenient)
        and not same_entity(KINDS[slot], row.names_beside(slot), entry.names(slot), lenient)
    )


def lacking(row: Entry, entry: Entry, lenient: bool = False) -> tuple[SlotName, ...]:
    """Slots that the row fills and the relation leaves empty, or fills with what the text names besides."""
    return tuple(
        slot
        for slot in ENTITY_SLOTS
        if row.names(slot)
        and not same_entity(KINDS[slot], row.names(slot), entry.names(slot), lenient)
        and slot not in disagreements(row, entry, lenient)
    )


def complete(row: Entry, entry: Entry, lenient: bool = False) -> bool:
    """Whether a relation agrees with a row in every slot that the row fills."""
    return not disagreements(row, entry, lenient) and not lacking(row, entry, lenient)


def _judge(entry: Entry, rows: Sequence[Entry], lenient: bool) -> Judged:
    """Hold a relation against the row it fits best: fewest disagreements, then fewest gaps."""
    row = min(
        rows,
        key=lambda r: (
            "mirna" in disagreements(r, entry, lenient),
            len(disagreements(r, entry, lenient)),
            len(lacking(r, entry, lenient)),
        ),
    )
    differs = disagreements(row, entry, lenient)
    if "mirna" in differs:
        return Judged(entry, "wrong, miRNA not in table", None)
    if differs:
        return Judged(entry, "wrong", row, differs)
    gaps = lacking(row, entry, lenient)
    if not gaps:
        return Judged(entry, "correct", row)
    rest_unstated = all(slot in row.unstated for slot in gaps)
    return Judged(entry, "partial, rest not in text" if rest_unstated else "partial", row, gaps)
