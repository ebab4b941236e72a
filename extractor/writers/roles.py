"""The slots of a relation as mentions: what each role is called where mentions have labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from extractor.types import Relation, Slot
from extractor.writers import tsv

LABELS: Final[Mapping[str, str]] = {
    "donor": "CELL",
    "mirna": "MIRNA",
    "recipient": "CELL",
    "target": "GENE",
    "phenotype": "PHENOTYPE",
    "vesicle": "VESICLE",
}
_BY_SLOT: Final = (*tsv.SLOTS, *(f"{slot}_{detail}" for slot in tsv.SLOTS for detail in tsv.DETAILS))
PLAIN: Final = tuple(
    c for c in tsv.COLUMNS if c not in ("doc_id", *_BY_SLOT) and not c.startswith("evidence")
)
"""The columns of the TSV that are about the relation as a whole, neither a slot's nor the evidence's."""


def filled(relation: Relation) -> Iterator[tuple[str, Slot]]:
    """The roles that the relation states, each with its slot, in the order of the columns."""
    for role in LABELS:
        slot: Slot | None = getattr(relation, role)
        if slot is not None:
            yield role, slot
