"""SSSOM mappings (https://w3id.org/sssom): which identifier each name of the texts was given, a row a pair.

Names are literals, as SSSOM 1.1 allows; one without an identifier is mapped to ``sssom:NoTermFound``, so that
what is missing can be seen and filled. The header is SSSOM's YAML in comment lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from extractor import __version__
from extractor.types import Concept, Relation
from extractor.writers.curies import prefix_iri, prefix_of
from extractor.writers.roles import LABELS, filled
from extractor.writers.values import Annotated, utf8

COLUMNS: Final = (
    *("subject_label", "subject_category", "subject_type", "predicate_id", "object_id", "object_label"),
    *("mapping_justification", "mapping_tool", "mapping_tool_version", "comment"),
)
SAME: Final = "skos:exactMatch"
CLOSE: Final = "skos:closeMatch"
NOT_FOUND: Final = "sssom:NoTermFound"
LEXICAL: Final = "semapv:LexicalMatching"
PREFIXES: Final = {
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
}
HEAD: Final = (
    '#sssom_version: "1.1"\n#mapping_set_id: "urn:evmir:mappings"\n'
    '#license: "https://w3id.org/sssom/license/unspecified"\n#curie_map:\n'
)
BLANK: Final = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")
Pair = tuple[str, str, str, str]
"""Text, label, CURIE, preferred name; the last two empty where there is none."""


@dataclass(slots=True)
class _Uses:
    """How often a pair occurs, and in which documents."""

    count: int = 0
    documents: dict[str, None] = field(default_factory=dict)


def relation_mappings(relations: Iterable[Relation]) -> Iterator[bytes]:
    """The mappings of the relations' slots; they can only be written when all relations are there."""
    return _table(
        (relation.doc_id, (slot.text, LABELS[role], slot.curie or "", slot.name or ""))
        for relation in relations
        for role, slot in filled(relation)
    )


def annotation_mappings(documents: Iterable[Annotated]) -> Iterator[bytes]:
    """The mappings of mentions; they can only be written when all documents are there."""
    return _table(
        (document.doc_id, (mention.text, mention.label, *_concept(mention.concept)))
        for document, mentions in documents
        for mention in mentions
    )


def _concept(concept: Concept | None) -> tuple[str, str]:
    return (concept.curie, concept.name) if concept else ("", "")


def _table(found: Iterable[tuple[str, Pair]]) -> Iterator[bytes]:
    uses: dict[Pair, _Uses] = {}
    for doc_id, pair in found:
        use = uses.setdefault(pair, _Uses())
        use.count += 1
        use.documents[doc_id] = None
    prefixes = {prefix for _, _, curie, _ in uses if (prefix := prefix_of(curie))}
    known = PREFIXES | {prefix: prefix_iri(prefix) for prefix in prefixes}
    yield utf8(HEAD + "".join(f'#  "{prefix}": "{known[prefix]}"\n' for prefix in sorted(known)))
    yield _line(COLUMNS)
    for pair in sorted(uses):
        yield _line(_cells(pair, uses[pair]))


def _cells(pair: Pair, use: _Uses) -> tuple[str, ...]:
    text, label, curie, name = pair
    mapped = prefix_of(curie) is not None
    predicate = SAME if not mapped or _letters(text) == _letters(name) else CLOSE
    seen = f"mentions: {use.count}; documents: {len(use.documents)}"
    return (
        *(text, label, "rdfs literal", predicate),
        *((curie, name) if mapped else (NOT_FOUND, "")),
        *(LEXICAL, "evmir", __version__, seen),
    )


def _letters(name: str) -> str:
    """A name without case and punctuation."""
    return "".join(c for c in name.casefold() if c.isalnum())


def _line(cells: Iterable[str]) -> bytes:
    return utf8("\t".join(BLANK.sub(" ", cell) for cell in cells) + "\n")
