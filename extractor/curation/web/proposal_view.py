"""One proposal as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from extractor.curation.proposals import ROLES, Decision, Proposal, Record, corrected
from extractor.curation.verdicts import differ, standing
from extractor.curation.web.candidates import Choice
from extractor.curation.web.marking import Stretch, stretches
from extractor.curation.web.site import Visit
from extractor.grounding import species_cues
from extractor.types import Document

NAMES: Final[Mapping[str, str]] = {role: "miRNA" if role == "mirna" else role for role in ROLES}
"""What a slot is called on a page."""
OFFERED: Final = 4
"""Candidates shown beside a slot before anybody types."""


@dataclass(frozen=True, slots=True)
class SlotView:
    """A slot: its key on the keyboard, what fills it now, and what its identifier may be."""

    key: int
    role: str
    name: str
    value: Mapping[str, Any] | None
    edited: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """``record`` has the curator's corrections in it; ``decisions`` are those that may be seen, ``seen`` is
    the number of the last of them; ``settling``: the answer will settle a difference."""

    proposal: Proposal
    document: Document
    record: Record
    edits: Mapping[str, Any]
    note: str
    stretches: tuple[Stretch, ...]
    slots: tuple[SlotView, ...]
    rows: Mapping[str, tuple[Mapping[str, str], ...]]
    decisions: tuple[Decision, ...]
    seen: int
    settling: bool
    rules: tuple[str, ...]

    @property
    def own_reference(self) -> str:
        """The PMID, where the document's id is one."""
        doc_id = self.proposal.doc_id
        return doc_id if doc_id.isascii() and doc_id.isdigit() and len(doc_id) <= 8 else ""


def view(visit: Visit, proposal: Proposal, settle: bool) -> ProposalView:
    """Everything that the page of a proposal shows to this curator."""
    queue = visit.queue
    said = queue.decisions(proposal.proposal_id)
    settling = settle and differ(said)
    visible = said if settling or not visit.viewer else tuple(d for d in said if d.curator == visit.viewer)
    edits, note = queue.draft(proposal.proposal_id, visit.curator)
    record = corrected(proposal.record, edits)
    document = queue.document_of(proposal.proposal_id)
    return ProposalView(
        proposal,
        document,
        record,
        edits,
        note,
        stretches(document.text, record),
        tuple(_slots(visit, record, edits, document)),
        {row: visit.site.table.get(row, ()) for row in proposal.rows},
        tuple(standing(visible)),
        visible[-1].number if visible else 0,
        settling,
        tuple(dict.fromkeys(rule for e in record["evidence"] for rule in e["rules"])),
    )


def _slots(visit: Visit, record: Record, edits: Mapping[str, Any], document: Document) -> list[SlotView]:
    species = species_cues(document.text)
    found = []
    for key, role in enumerate(ROLES, 1):
        value = record.get(role)
        ranked = visit.site.candidates.ranked(role, value["text"], species) if value else ()
        others = tuple(c for c in ranked if value and (c.name, c.curie) != (value["name"], value["curie"]))
        found.append(SlotView(key, role, NAMES[role], value, role in edits, others[:OFFERED]))
    return found
