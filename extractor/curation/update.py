"""One run over new papers: relations held against the table, what is worth a decision put into the queue.

Nothing here changes the table. A paper that was screened with the same text is not asked again, and what is
in the queue already is not put in twice, so that a second run over the same papers adds nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from extractor.curation.comparison import Comparer, Comparison
from extractor.curation.files import digest
from extractor.curation.proposals import Proposal, Status, propose
from extractor.curation.queue import Filter, Queue
from extractor.curation.rows import Row
from extractor.curation.sidecar import papers_by_row
from extractor.types import Document

WEIGHTS: Final[Mapping[Status, float]] = {
    "retracted": 1.0,
    "new row": 1.0,
    "conflict": 0.9,
    "new evidence": 0.5,
    "already there": 0.0,
}
"""How much a decision of each kind matters to the table; times confidence and novelty it is the rank."""
NOT_NOVEL: Final = 0.5
"""What is left of the rank when every part of a relation stands in some row."""
RETRACTED: Final = "retracted"
"""The flag of a paper, and the status of what is proposed of it."""
WITHDRAWN: Final = "withdrawn"
"""The status of a row that a curator took back."""
SINCE: Final = "the paper was retracted since"
BATCH: Final = 50
"""Documents that are put into the queue at once: a run that is stopped loses no more than these."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run found.

    ``found``: how many relations of each status; ``passed_over``: those not worth a question;
    ``new``: the proposals that this run put into the queue, the highest rank first; ``known``: those that
    were in it before; ``retracted``: PMID -> ids of the rows that rest on a retracted paper.
    """

    documents: int = 0
    screened_before: int = 0
    found: Mapping[str, int] = field(default_factory=dict)
    passed_over: int = 0
    new: tuple[Proposal, ...] = ()
    known: int = 0
    restated: int = 0
    retracted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Update:
    """Takes documents with their relations; ``finish`` puts in the rest and tells what was found.

    ``made_by`` goes into every record (see :mod:`extractor.curation.provenance`); ``again`` asks papers
    that were screened before.
    """

    def __init__(
        self, comparer: Comparer, queue: Queue, made_by: Mapping[str, str], *, again: bool = False
    ) -> None:
        self._comparer, self._queue, self._made_by, self._again = comparer, queue, dict(made_by), again
        self._documents: list[Document] = []
        self._proposals: dict[str, Proposal] = {}
        self._counts: Counter[str] = Counter()
        self._retracted: dict[str, tuple[str, ...]] = {}
        self._new: list[Proposal] = []

    def wants(self, document: Document) -> bool:
        """Whether a document has to be read; counts those that need not.

        A paper may be retracted without a change of its text: where the table rests on it, and nobody was
        asked about that, it is read again.
        """
        if self._again or not self._queue.screened(document.doc_id, document.text):
            return True
        if RETRACTED in document.flags and self._unasked(document.doc_id):
            return True
        self._counts["screened before"] += 1
        return False

    def _unasked(self, doc_id: str) -> bool:
        """Whether a row rests on this retracted paper and neither says so nor is asked about it."""
        unmarked = any(row.status not in (RETRACTED, WITHDRAWN) for row in self._comparer.resting_on(doc_id))
        return unmarked and self._queue.proposal(retraction_id(doc_id)) is None

    def take(self, document: Document, records: Iterable[dict[str, Any]]) -> None:
        """The relation records of one document."""
        if any(document.doc_id == other.doc_id for other in self._documents):
            self._flush()  # offsets count in one of two texts of the same id: each keeps its own proposals
        self._counts["documents"] += 1
        self._documents.append(document)
        made = [{**record, "made_by": self._made_by} for record in records]
        if RETRACTED in document.flags:
            self._retract(document, made)
        else:
            for record in made:
                self._judge(record)
        if len(self._documents) >= BATCH:
            self._flush()

    def finish(self) -> Summary:
        """Puts in what is left; proposals that wait get the status that the table of today gives them."""
        self._flush()
        restated = restate(self._queue, self._comparer)
        counts = self._counts
        statuses = {str(s): counts[f"status {s}"] for s in WEIGHTS if counts[f"status {s}"]}
        new = sorted(self._new, key=lambda p: (-p.score, p.proposal_id))
        return Summary(
            documents=counts["documents"],
            screened_before=counts["screened before"],
            found=statuses,
            passed_over=counts["passed over"],
            new=tuple(new),
            known=counts["known"],
            restated=restated,
            retracted=self._retracted,
        )

    def _retract(self, document: Document, records: list[dict[str, Any]]) -> None:
        """One question for a paper that the table rests on, none for another; what waits of it is told so."""
        self._counts["status retracted"] += len(records)
        waiting = self._queue.proposals(Filter(doc_id=document.doc_id, state="open"))
        told = [replace(p, status="retracted", why=SINCE) for p in waiting if p.status != RETRACTED]
        if told:
            self._queue.restate(told)
        resting = tuple(row.id for row in self._comparer.resting_on(document.doc_id))
        if not resting:
            return
        self._retracted[document.doc_id] = resting
        if records:
            surest = max(records, key=lambda record: float(record["confidence"]))
            found = self._comparer.compare(surest)
            proposal = replace(
                proposal_of(surest, found, "retracted"), proposal_id=retraction_id(document.doc_id)
            )
            self._proposals[proposal.proposal_id] = proposal

    def _judge(self, record: dict[str, Any]) -> None:
        comparison = self._comparer.compare(record)
        if comparison.status is None:
            self._counts["passed over"] += 1
            return
        self._counts[f"status {comparison.status}"] += 1
        if comparison.status != "already there":
            proposal = proposal_of(record, comparison, comparison.status)
            self._proposals.setdefault(proposal.proposal_id, proposal)

    def _flush(self) -> None:
        new = [p for p in self._proposals.values() if self._queue.proposal(p.proposal_id) is None]
        self._counts["known"] += len(self._proposals) - len(new)
        asked = {p.doc_id for p in new}
        self._queue.add(new, [d for d in self._documents if d.doc_id in asked])
        # After the proposals: a run that dies in between reads these papers again and adds nothing.
        self._queue.mark_screened(self._documents)
        self._new += new
        self._documents, self._proposals = [], {}


def retraction_id(doc_id: str) -> str:
    """The id of the question whether the rows of a retracted paper are to be marked."""
    return digest(f"{RETRACTED} {doc_id}".encode())[:16]


def proposal_of(record: dict[str, Any], comparison: Comparison, status: Status) -> Proposal:
    """The proposal that a comparison makes of a record."""
    rank = score(record["confidence"], status, comparison)
    return propose(record, status, rows=comparison.rows, score=rank, why=comparison.why)


def score(confidence: float, status: Status, comparison: Comparison) -> float:
    """From 0 to 1: confidence times what the kind of decision matters, times 0.5 to 1 by novelty.

    A retracted paper that the table rests on comes first.
    """
    if status == "retracted":
        return WEIGHTS[status]
    return round(confidence * WEIGHTS[status] * (NOT_NOVEL + (1 - NOT_NOVEL) * comparison.novelty), 4)


def restate(queue: Queue, comparer: Comparer) -> int:
    """Holds the proposals that nobody has decided against the table of today; returns how many changed."""
    changed = []
    waiting = (p for p in queue.proposals(Filter(state="open")) if p.status != RETRACTED)
    for proposal in waiting:
        now = comparer.compare(proposal.record)
        if now.status and (now.status, now.rows, now.why) != (proposal.status, proposal.rows, proposal.why):
            changed.append(replace(proposal, status=now.status, rows=now.rows, why=now.why))
    return queue.restate(changed) if changed else 0


def comparer_of(rows: Iterable[Row], evidence: Iterable[dict[str, Any]]) -> Comparer:
    """A comparer over a table's rows and the lines of its evidence file."""
    return Comparer(rows, papers_by_row(evidence))
