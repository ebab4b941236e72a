"""The context of a relation, added after the relation is assembled: what makes a row worth weighing.

Every attribute is read by rules that are data (``rules/context_*.tsv``, ``rules/sorting_proteins.tsv``), and
every cue says which rule, which words and which sentence stand behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.context.cues import engineered, evidence_kinds, sorting_proteins, species
from extractor.context.direction import phenotype_direction
from extractor.context.roles import donor_conditions, recipient_conditions
from extractor.context.scope import Scope, Source, scope_of
from extractor.relations.analysis import Analysis
from extractor.text import Reading
from extractor.types import Document, Relation, RelationContext

__all__ = ["with_context"]


def with_context(
    relations: Sequence[Relation], document: Document, reading: Reading, analysis: Analysis
) -> tuple[Relation, ...]:
    """The relations of a document, each with its context; nothing else of them changes."""
    if not relations:
        return ()
    source = Source(document, reading, analysis)
    return tuple(_described(relation, scope_of(relation, source)) for relation in relations)


def _described(relation: Relation, scope: Scope | None) -> Relation:
    return relation if scope is None else replace(relation, context=_context(scope))


def _context(scope: Scope) -> RelationContext:
    return RelationContext(
        phenotype_direction(scope),
        donor_conditions(scope),
        recipient_conditions(scope),
        species(scope),
        evidence_kinds(scope),
        engineered(scope),
        sorting_proteins(scope),
    )
