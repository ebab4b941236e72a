"""Negative gold: statements that a curator rejected, and whether an extraction makes them again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractor.evaluation.matching import same_entity
from extractor.evaluation.records import (
    ENTITY_SLOTS,
    KINDS,
    Documents,
    Entry,
    EvaluationInputError,
    from_record,
    gather,
    group,
    read_jsonl,
)


@dataclass(frozen=True, slots=True)
class Repeats:
    """``rejected``: how many statements were; ``asked``: those whose document the extraction has;
    ``again``: those of them that it makes again."""

    rejected: int
    asked: int
    again: tuple[Entry, ...]


def read_rejected(path: Path) -> Documents:
    """The rejected statements of ``TABLE.rejected.jsonl``, by document.

    Raises EvaluationInputError with every line that holds no record.
    """

    def statement(line: dict[str, object], where: str) -> Entry:
        record = line.get("record")
        if not isinstance(record, dict):
            raise EvaluationInputError(f"{where}: no record; give what `evmir table merge` wrote")
        return from_record(record, where)

    return group(gather(read_jsonl(path), statement, path))


def repeats(rejected: Documents, pred: Documents, lenient: bool = False) -> Repeats:
    """Which rejected statements a prediction file makes: all four slots the same, open ones open."""
    asked = [entry for doc_id, entries in rejected.items() if doc_id in pred for entry in entries]
    again = [e for e in asked if any(_same(e, found, lenient) for found in pred[e.doc_id])]
    return Repeats(sum(map(len, rejected.values())), len(asked), tuple(again))


def _same(one: Entry, other: Entry, lenient: bool) -> bool:
    return all(same_entity(KINDS[s], one.names(s), other.names(s), lenient) for s in ENTITY_SLOTS)
