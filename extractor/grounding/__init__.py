"""From a mention to an identifier: a ranked decision that explains itself.

>>> from extractor.grounding import Context, ground
>>> ground("TJP1", "GENE").best
Concept(curie='hgnc:11827', name='TJP1')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from extractor.grounding.cells import ground_cell, ground_tissue
from extractor.grounding.decision import CONFIDENT, Candidate, CellParts, Context, Grounding
from extractor.grounding.genes import ground_gene
from extractor.grounding.mirna import ground_mirna
from extractor.grounding.species import species_cues
from extractor.lexicons import Lexicons, load

__all__ = [
    "CONFIDENT",
    "Candidate",
    "CellParts",
    "Context",
    "Grounding",
    "ground",
    "lookup",
    "species_cues",
]

Grounder = Callable[[str, Context, Lexicons], Grounding]
GROUNDERS: Final[Mapping[str, Grounder]] = MappingProxyType(
    {"MIRNA": ground_mirna, "GENE": ground_gene, "CELL": ground_cell, "TISSUE": ground_tissue}
)


def ground(
    text: str, label: str, context: Context | None = None, lexicons: Lexicons | None = None
) -> Grounding:
    """What a mention stands for. A label without a grounder gives an empty decision."""
    grounder = GROUNDERS.get(label)
    if grounder is None:
        return Grounding(text, label, note=f"{label} mentions are not grounded")
    return grounder(text, context or Context(), lexicons or load())


def lookup(
    name: str, *, label: str | None = None, context: Context | None = None, lexicons: Lexicons | None = None
) -> tuple[Grounding, ...]:
    """What a name would be grounded to, and why: one decision a label, the surest first.

    Without ``label`` all of MIRNA, GENE, CELL are asked; decisions without candidates are left out
    unless none has any, then those that have something to tell stay.
    """
    labels = (label,) if label else ("MIRNA", "GENE", "CELL")
    decisions = [ground(name, one, context, lexicons) for one in labels]
    found = [d for d in decisions if d.candidates] or [d for d in decisions if d.note] or decisions[:1]
    return tuple(sorted(found, key=lambda d: -d.score))
