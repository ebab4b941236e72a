"""One call from two files to a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractor.evaluation.gold import POOL, Gold, read_gold
from extractor.evaluation.matching import same_entity
from extractor.evaluation.records import (
    ENTITY_SLOTS,
    KINDS,
    Documents,
    Entry,
    EvaluationInputError,
    SlotName,
    read_predictions,
)
from extractor.evaluation.scores import (
    MEASURES,
    TUPLE,
    Item,
    Measure,
    Outcome,
    Required,
    Score,
    compare,
    requirements,
    score,
)
from extractor.evaluation.split import Part, in_part
from extractor.evaluation.table import TableReport, against_table


@dataclass(frozen=True, slots=True)
class Mistake:
    """A tuple that was missed or falsely reported, with its closest counterpart and the slots that differ."""

    doc_id: str
    kind: Literal["missed", "false"]
    entry: Entry
    near: Entry | None = None
    differs: tuple[SlotName, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of one prediction file against one gold file."""

    gold: str
    pred: str
    gold2: str | None
    only: Part
    documents: int
    gold_entries: int
    pred_entries: int
    outside: int
    """Predicted relations of documents that gold does not have; they are not scored."""
    scores: tuple[Score, ...]
    mistakes: tuple[Mistake, ...]
    table: TableReport | None = None


def evaluate(
    gold: Path, pred: Path, *, gold2: Path | None = None, only: Part = "all", lenient: bool = False
) -> Report:
    """Score predictions (the contract's JSONL or TSV) against a curated table (TSV) or annotations (JSONL).

    ``gold2`` is a second, independent annotation pass: what both state is required, what one alone states
    counts neither way. ``only`` restricts to the read or held-back documents of a development set.
    ``lenient`` lets miRNA arms differ. Raises EvaluationInputError (a ValueError) when a file cannot be used.
    """
    first = read_gold(gold)
    second = None if gold2 is None else read_gold(gold2)
    _check(first, second, gold, gold2, only)
    predicted = _pool(read_predictions(pred)) if first.pooled else read_predictions(pred)
    ids = [doc_id for doc_id in _all_ids(first, second) if first.pooled or in_part(doc_id, only)]
    view = _View(first.documents, None if second is None else second.documents, predicted, lenient)
    outcomes = {doc_id: view.outcome(TUPLE, doc_id) for doc_id in ids}
    return Report(
        gold=gold.name,
        pred=pred.name,
        gold2=None if gold2 is None else gold2.name,
        only=only,
        documents=len(ids),
        gold_entries=sum(len(first.documents.get(doc_id, ())) for doc_id in ids),
        pred_entries=sum(len(predicted.get(doc_id, ())) for doc_id in ids),
        outside=sum(
            len(entries) for doc_id, entries in predicted.items() if doc_id not in _all_ids(first, second)
        ),
        scores=tuple(score(m.name, [view.outcome(m, doc_id).counts for doc_id in ids]) for m in MEASURES),
        mistakes=tuple(
            m for doc_id in ids for m in _mistakes(doc_id, outcomes[doc_id], predicted.get(doc_id, ()))
        ),
        table=against_table(first.documents[POOL], predicted.get(POOL, ()), lenient)
        if first.pooled
        else None,
    )


def _check(first: Gold, second: Gold | None, gold: Path, gold2: Path | None, only: Part) -> None:
    if second is not None and first.pooled != second.pooled:
        raise EvaluationInputError(f"{gold2}: a second pass must name the documents as {gold.name} does")
    if first.pooled and (only != "all" or second is not None):
        raise EvaluationInputError(
            f"{gold}: has no doc_id column, so there is no part to restrict to and no second pass"
        )


def _pool(documents: Documents) -> dict[str, tuple[Entry, ...]]:
    entries = tuple(entry for doc_id in sorted(documents) for entry in documents[doc_id])
    return {POOL: entries} if entries else {}


def _all_ids(first: Gold, second: Gold | None) -> Mapping[str, None]:
    return dict.fromkeys((*first.documents, *(() if second is None else second.documents)))


@dataclass(frozen=True, slots=True)
class _View:
    """The three files side by side."""

    first: Documents
    second: Documents | None
    predicted: Documents
    lenient: bool

    def required(self, measure: Measure, doc_id: str) -> Required:
        second = None if self.second is None else self.second.get(doc_id, ())
        return requirements(measure, self.first.get(doc_id, ()), second, self.lenient)

    def outcome(self, measure: Measure, doc_id: str) -> Outcome:
        gold = self.required(measure, doc_id)
        return compare(measure, gold, self.predicted.get(doc_id, ()), self.lenient)


def _mistakes(doc_id: str, outcome: Outcome, predicted: Sequence[Entry]) -> list[Mistake]:
    by_item = {TUPLE.item(entry): entry for entry in reversed(predicted)}
    false = [by_item[item] for item in outcome.false]
    missed = [_entry(doc_id, item) for item in outcome.missed]
    found = [_mistake(doc_id, "missed", entry, false) for entry in missed]
    return found + [_mistake(doc_id, "false", entry, missed) for entry in false]


def _entry(doc_id: str, item: Item) -> Entry:
    slots = dict(zip(TUPLE.slots, item, strict=True))
    return Entry(doc_id, slots["mirna"], slots["donor"], slots["recipient"], slots["target"])


def _mistake(doc_id: str, kind: Literal["missed", "false"], entry: Entry, others: Sequence[Entry]) -> Mistake:
    """The closest counterpart with the same miRNA tells which slots are to blame."""
    choices = [(_differences(entry, other), other) for other in others]
    choices = [(slots, other) for slots, other in choices if "mirna" not in slots]
    if not choices:
        return Mistake(doc_id, kind, entry)
    differs, near = min(choices, key=lambda choice: len(choice[0]))
    return Mistake(doc_id, kind, entry, near, differs)


def _differences(one: Entry, other: Entry) -> tuple[SlotName, ...]:
    return tuple(s for s in ENTITY_SLOTS if not same_entity(KINDS[s], one.names(s), other.names(s)))
