"""A row of the curated table: one paper's finding on one miRNA and at most one target."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

SLOTS: Final = ("phenotype", "donor", "recipient", "mirna", "target")
"""The slots in the order of the review's Table 1."""
DETAILS: Final = ("name", "curie", "forms")
PAPER: Final = ("pmid", "pmcid", "doi")
PLAIN: Final = ("effect", "species", "reference", *PAPER, "status", "curator", "date", "note")
COLUMNS: Final = ("id", *SLOTS, *PLAIN, *(f"{slot}_{detail}" for slot in SLOTS for detail in DETAILS))
"""The table's columns in their order: what people read first, identifiers and other names behind."""

EFFECTS: Final = ("decreases", "increases", "binds", "unknown")
STATUSES: Final = {
    "imported": "taken over from another table, not looked at since",
    "curated": "a curator accepted or wrote it",
    "disputed": "a curator doubts it, or papers disagree",
    "retracted": "its paper was retracted",
    "withdrawn": "a curator took it back; it stays, so that it is not proposed again",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One slot: the name as the table shows it, the preferred name, the identifier, other names."""

    text: str = ""
    name: str = ""
    curie: str = ""
    forms: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the entity, the shown one first; empty for an open slot."""
        return tuple(dict.fromkeys(n for n in (self.text, self.name, *self.forms) if n))

    @property
    def label(self) -> str:
        """The name that a reader is shown; empty for an open slot."""
        return self.text or self.name


@dataclass(frozen=True, slots=True)
class Row:
    """One atomic row. An empty cell or string is an open slot: the table does not say."""

    id: str
    phenotype: Cell = field(default=Cell())
    donor: Cell = field(default=Cell())
    recipient: Cell = field(default=Cell())
    mirna: Cell = field(default=Cell())
    target: Cell = field(default=Cell())
    effect: str = ""
    species: str = ""
    reference: str = ""
    pmid: str = ""
    pmcid: str = ""
    doi: str = ""
    status: str = "curated"
    curator: str = ""
    date: str = ""
    note: str = ""

    def cell(self, slot: str) -> Cell:
        """The cell of a slot."""
        value: Cell = getattr(self, slot)
        return value

    def plain(self, column: str) -> str:
        """The string of a column that is no slot."""
        value: str = getattr(self, column)
        return value

    @property
    def papers(self) -> frozenset[str]:
        """The identifiers of the paper, as documents may carry them."""
        return frozenset(filter(None, (self.pmid, self.pmcid, self.doi)))

    def show(self) -> str:
        """``donor | miRNA | recipient | target`` for people to read."""
        slots = (self.donor, self.mirna, self.recipient, self.target)
        return " | ".join(cell.label or "–" for cell in slots)
