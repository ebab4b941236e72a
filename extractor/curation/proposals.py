"""What a curator is asked and what a curator answers: frozen values that the queue keeps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

Status = Literal["new row", "new evidence", "conflict", "already there", "retracted"]
Verdict = Literal["accept", "reject", "skip", "undo"]
Reason = Literal["wrong role", "wrong entity", "not EV", "not stated", "polarity", "duplicate", "other"]
Record = dict[str, Any]

STATUSES: Final[tuple[str, ...]] = get_args(Status)
REASONS: Final[tuple[str, ...]] = get_args(Reason)
ROLES: Final = ("donor", "mirna", "recipient", "target", "phenotype", "vesicle")
"""The slots of a relation record that hold a mention."""
STATED: Final = ("donor", "mirna", "recipient", "target")
"""The slots that make one statement differ from another."""
EFFECTS: Final = ("decreases", "increases", "binds", "unknown")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change to the table that awaits a decision.

    ``rows``: ids of the table's rows that it touches. ``score``: its rank, higher is asked first.
    ``record``: the relation record of the contract, as ``evmir extract`` writes it. ``why``: one line,
    what the comparison with the table found.
    """

    proposal_id: str
    doc_id: str
    status: Status
    rows: tuple[str, ...]
    score: float
    record: Record
    why: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one curator said of one proposal: appended to the queue, never changed.

    ``reason``: of a rejection, one of ``REASONS``. ``edits``: slot -> corrected value
    ``{"text", "start", "end", "name", "curie"}`` or None for an emptied slot, and ``effect`` -> one of
    ``EFFECTS`` or None. ``date``: ISO 8601, UTC, to the second. ``undoes``: of an ``undo``, the number of
    the decision that it takes back. ``final``: it settles a difference between curators, and counts
    whatever they said.
    """

    number: int
    proposal_id: str
    curator: str
    verdict: Verdict
    reason: str | None
    edits: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    date: str = ""
    undoes: int | None = None
    final: bool = False


def propose(
    record: Record,
    status: Status = "new row",
    *,
    rows: Sequence[str] = (),
    score: float | None = None,
    why: str = "",
) -> Proposal:
    """A proposal of a relation record; without ``score`` it ranks by the record's confidence."""
    rank = record["confidence"] if score is None else score
    return Proposal(proposal_id(record), record["doc_id"], status, tuple(rows), float(rank), record, why)


def proposal_id(record: Mapping[str, Any]) -> str:
    """Sixteen hex digits over what the document states: equal in every run and every version of the model
    that finds the same statement, wherever in the document it finds it and however sure it is.

    >>> slot = {"text": "miR-21", "start": 0, "end": 6, "name": "miR-21", "curie": None, "forms": []}
    >>> record = {"doc_id": "1", "kind": "transfer", "mirna": slot, "confidence": 0.5}
    >>> proposal_id(record) == proposal_id({**record, "confidence": 0.9, "mirna": {**slot, "start": 40}})
    True
    """
    slots = [slot_key(record.get(role)) for role in STATED]
    effect, negated = record.get("effect"), bool(record.get("negated"))
    statement = [record["doc_id"], record.get("kind", "transfer"), *slots, effect, negated]
    canonical = json.dumps(statement, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def slot_key(slot: Mapping[str, Any] | None) -> str | None:
    """What a slot stands for: its CURIE, else its name in small letters; None where it is empty."""
    if slot is None:
        return None
    return slot.get("curie") or str(slot.get("name") or slot["text"]).casefold()


def corrected(record: Record, edits: Mapping[str, Any]) -> Record:
    """The record with a decision's edits put in; ``forms`` of an edited slot are dropped."""
    slots = {
        role: None if value is None else {**value, "forms": []}
        for role, value in edits.items()
        if role in ROLES
    }
    effect = {"effect": edits["effect"]} if "effect" in edits else {}
    return {**record, **slots, **effect}


def check_edits(edits: Mapping[str, Any], text: str) -> None:
    """Raises ValueError for an edit of no slot, or one that does not say what stands in the text."""
    for role, value in edits.items():
        if role == "effect":
            if value is not None and value not in EFFECTS:
                raise ValueError(f"effect {value!r}: must be one of {', '.join(EFFECTS)}")
        elif role not in ROLES:
            raise ValueError(f"no slot is named {role!r}; there are {', '.join(ROLES)} and effect")
        elif value is None:
            if role == "mirna":
                raise ValueError("a relation needs its miRNA: reject the proposal instead")
        else:
            _check_slot(role, value, text)


def _check_slot(role: str, value: Any, text: str) -> None:
    if not isinstance(value, dict) or set(value) != {"text", "start", "end", "name", "curie"}:
        raise ValueError(f"{role}: an edit holds text, start, end, name and curie, and nothing else")
    start, end = value["start"], value["end"]
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise ValueError(f"{role}: {start!r} to {end!r} is no stretch of a text of {len(text)} characters")
    if text[start:end] != value["text"]:
        raise ValueError(f"{role}: the text has {text[start:end]!r} there, not {value['text']!r}")
    if not all(value[key] is None or isinstance(value[key], str) for key in ("name", "curie")):
        raise ValueError(f"{role}: name and curie are text or null")
