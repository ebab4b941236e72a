"""Decisions become rows, with what they rest on; rejections become negative gold.

What a curator wrote into the table is never overwritten: rows are added, open slots are filled, and the
status of rows on a retracted paper is set, each by a decision. A merged decision has a line in the evidence
file; it is not merged again, even where its row was changed or deleted by hand since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from extractor.curation.comparison import COMPARED, Comparer, Comparison, cell_of
from extractor.curation.proposals import Decision, Proposal, corrected
from extractor.curation.rows import Row
from extractor.curation.sidecar import Line, papers_by_row
from extractor.evaluation.records import clean_id

Judged = tuple[Proposal, Decision]
RETRACTED: Final = "retracted"
"""The flag of a paper, and the status of a row that rests on it."""
NO_NEGATIVE: Final = "duplicate"
"""The reason of a rejection that does not say that the statement is wrong."""
KEPT: Final = ("relation_id", "kind", "effect", "negated", "confidence", "evidence", "citations", "made_by")
"""What an evidence line takes over from the relation record, beside the slots."""
SLOTS: Final = ("donor", "mirna", "recipient", "target", "phenotype", "vesicle")


@dataclass(frozen=True, slots=True)
class Merged:
    """The table and its two files after a merge, and what was done: ids of rows, and notes for the user."""

    rows: tuple[Row, ...]
    evidence: tuple[Line, ...]
    rejected: tuple[Line, ...]
    added: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    supported: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class _State:
    """The table as it grows: rows by id in their order, and the lines."""

    rows: dict[str, Row]
    evidence: list[Line]
    comparer: Comparer
    done: dict[str, int]
    told: dict[str, list[str]] = field(
        default_factory=lambda: {"added": [], "filled": [], "supported": [], "retracted": [], "notes": []}
    )

    def put(self, row: Row, kind: str, papers: frozenset[str] = frozenset()) -> None:
        self.rows[row.id] = row
        self.comparer.put(row, papers)
        self.told[kind].append(row.id)


def merged(
    rows: Iterable[Row], evidence: Sequence[Line], rejected: Sequence[Line], judged: Iterable[Judged]
) -> Merged:
    """The table with every decision that counts put in. ``judged``: each decided proposal with its decision.

    The same decisions give the same result in any order, and merging the result again changes nothing.
    """
    decided = sorted(judged, key=lambda pair: (_retracts(pair[0]), pair[1].number))
    table = {row.id: row for row in rows}
    done = {line["proposal_id"]: line["decision"] for line in evidence}
    comparer = Comparer(table.values(), papers_by_row(evidence))
    state = _State(table, list(evidence), comparer, done)
    for proposal, decision in decided:
        if decision.verdict == "accept":
            _accept(proposal, decision, state)
        elif proposal.proposal_id in done:
            state.told["notes"].append(_still(proposal, decision, state))
    return Merged(
        tuple(state.rows.values()),
        tuple(state.evidence),
        negatives(rejected, decided),
        **{kind: tuple(dict.fromkeys(told)) for kind, told in state.told.items()},
    )


def _retracts(proposal: Proposal) -> bool:
    """Such decisions come last: they hold for the rows that the others make as well."""
    return proposal.status == RETRACTED or RETRACTED in proposal.record.get("flags", ())


def _accept(proposal: Proposal, decision: Decision, state: _State) -> None:
    if _retracts(proposal):
        _retract(proposal, decision, state)
        return
    if proposal.proposal_id in state.done:
        if state.done[proposal.proposal_id] != decision.number:
            state.told["notes"].append(_again(proposal, decision))
        return
    record = corrected(proposal.record, decision.edits)
    comparison = _as_it_stands(record, new_id(proposal), state)
    _ACTIONS[comparison.status](record, proposal, decision, comparison, state)


def _as_it_stands(record: dict[str, Any], row_id: str, state: _State) -> Comparison:
    """What the table of this moment makes of the record.

    A merge that was cut off after the table was written left the row without its line: it gets it now.
    """
    if row_id in state.rows:
        return Comparison("already there", (row_id,))
    return state.comparer.compare(record)


def new_id(proposal: Proposal) -> str:
    """The id of the row that a proposal makes; the letter keeps spreadsheets from reading a number."""
    return f"p{proposal.proposal_id[:10]}"


def _add(
    record: dict[str, Any], proposal: Proposal, decision: Decision, found: Comparison, state: _State
) -> None:
    """A row of its own."""
    row = row_of_record(record, new_id(proposal), decision)
    if found.status == "conflict":
        row = replace(row, note="; ".join(filter(None, (row.note, f"conflict: {found.why}"))))
    state.put(row, "added")
    state.evidence.append(evidence_line(row.id, record, proposal, decision))


def _conflict(
    record: dict[str, Any], proposal: Proposal, decision: Decision, found: Comparison, state: _State
) -> None:
    """Both stand, the new row's note names the other; a denial makes no row, it goes to the one denied."""
    act = _support if record.get("negated") else _add
    act(record, proposal, decision, found, state)


def _support(
    record: dict[str, Any], proposal: Proposal, decision: Decision, found: Comparison, state: _State
) -> None:
    """More evidence for a row; open slots that the row's own paper states are filled."""
    row = state.rows[found.rows[0]]
    fills = {slot: cell_of(record[slot]) for slot in found.fills}
    effect = {"effect": record.get("effect") or ""} if "target" in fills and not row.effect else {}
    filled = replace(row, **fills, **effect)  # type: ignore[arg-type]
    state.put(filled, "filled" if fills else "supported", frozenset({clean_id(record["doc_id"])}))
    state.evidence.append(evidence_line(row.id, record, proposal, decision))


def _retract(proposal: Proposal, decision: Decision, state: _State) -> None:
    """Rows of the retracted paper are marked, each once: what a curator makes of one by hand later stays."""
    told = {line["row"] for line in state.evidence if line["proposal_id"] == proposal.proposal_id}
    resting = state.comparer.resting_on(proposal.doc_id)
    for row in resting:
        if row.id not in told:
            if clean_id(proposal.doc_id) in row.papers:
                state.put(replace(row, status=RETRACTED), RETRACTED)
            else:
                state.told["notes"].append(
                    f"row {row.id}: one of its further papers, {proposal.doc_id}, was retracted"
                )
            line = evidence_line(row.id, proposal.record, proposal, decision)
            state.evidence.append({**line, RETRACTED: True})
    if not resting:
        state.told["notes"].append(f"{_place(proposal)}: the paper was retracted; no row was made of it")


def _pass_over(
    record: dict[str, Any], proposal: Proposal, decision: Decision, found: Comparison, state: _State
) -> None:
    state.told["notes"].append(f"{_place(proposal)}: accepted, but no row can be made of it: {found.why}")


Action = Callable[[dict[str, Any], Proposal, Decision, Comparison, _State], None]
_ACTIONS: Final[Mapping[str | None, Action]] = {
    "new row": _add,
    "conflict": _conflict,
    "new evidence": _support,
    "already there": _support,
    None: _pass_over,
}


def row_of_record(record: Mapping[str, Any], row_id: str, decision: Decision) -> Row:
    """The row that an accepted record makes."""
    phenotype, donor, recipient, mirna, target = (
        cell_of(record.get(slot)) for slot in ("phenotype", "donor", "recipient", "mirna", "target")
    )
    row = Row(
        row_id,
        phenotype,
        donor,
        recipient,
        mirna,
        target,
        effect=(record.get("effect") or "") if target.text else "",
        status="curated",
        curator=decision.curator,
        date=decision.date[:10],
        note=" ".join(decision.note.split()),
    )
    return _with_paper(row, clean_id(record["doc_id"]))


def _with_paper(row: Row, doc_id: str) -> Row:
    if doc_id.isdigit():
        return replace(row, pmid=doc_id)
    if doc_id.upper().startswith("PMC") and doc_id[3:].isdigit():
        return replace(row, pmcid=doc_id.upper())
    return replace(row, doi=doc_id) if doc_id.startswith("10.") else replace(row, reference=doc_id)


def evidence_line(row_id: str, record: Mapping[str, Any], proposal: Proposal, decision: Decision) -> Line:
    """What a row rests on: the paper, each slot's place in it, the sentences and rules, who and when."""
    slots = {slot: record[slot] for slot in SLOTS if record.get(slot)}
    kept = {key: record[key] for key in KEPT if key in record}
    return {
        "row": row_id,
        "doc_id": clean_id(record["doc_id"]),
        "proposal_id": proposal.proposal_id,
        "decision": decision.number,
        "curator": decision.curator,
        "date": decision.date,
        "edited": sorted(decision.edits),
        **slots,
        **kept,
    }


def negatives(rejected: Sequence[Line], decided: Iterable[Judged]) -> tuple[Line, ...]:
    """The negative gold: what was rejected as wrong, and what was accepted only after a correction.

    Lines of other queues stay; a proposal of this one has a line as long as its decision says so.
    """
    lines = {line["proposal_id"]: line for line in rejected}
    for proposal, decision in decided:
        if _negative(decision):
            lines[proposal.proposal_id] = _negative_line(proposal, decision)
        else:
            lines.pop(proposal.proposal_id, None)
    return tuple(lines.values())


def _negative(decision: Decision) -> bool:
    corrects = any(slot in COMPARED or slot == "effect" for slot in decision.edits)
    return corrects if decision.verdict == "accept" else decision.reason != NO_NEGATIVE


def _negative_line(proposal: Proposal, decision: Decision) -> Line:
    return {
        "doc_id": proposal.doc_id,
        "proposal_id": proposal.proposal_id,
        "decision": decision.number,
        "reason": decision.reason or "corrected",
        "curator": decision.curator,
        "date": decision.date,
        "note": decision.note,
        "corrected": sorted(decision.edits),
        "record": proposal.record,
    }


def _place(proposal: Proposal) -> str:
    return f"proposal {proposal.proposal_id} (document {proposal.doc_id})"


def _again(proposal: Proposal, decision: Decision) -> str:
    return (
        f"{_place(proposal)} was decided anew by {decision.curator} after it was merged; "
        "the table stays: change its row by hand"
    )


def _still(proposal: Proposal, decision: Decision, state: _State) -> str:
    rows = [line["row"] for line in state.evidence if line["proposal_id"] == proposal.proposal_id]
    return (
        f"{_place(proposal)} was rejected by {decision.curator} after it was merged; row {', '.join(rows)} "
        "stays: set its status to withdrawn, or remove it"
    )
