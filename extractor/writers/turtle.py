"""RDF in Turtle: a resource a relation, its slots as the concepts of ontologies and databases.

The vocabulary of the relations is evmir's own (``urn:evmir:``); evidence and mentions use the W3C Web
Annotation terms (``oa:exact``, ``oa:start``, ``oa:end``), sources Dublin Core.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from extractor.types import Evidence, Relation, Slot
from extractor.writers.curies import article_iri, iri
from extractor.writers.roles import filled
from extractor.writers.values import utf8

HEAD: Final = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix evmir: <urn:evmir:> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ESCAPED: Final = re.compile(r'["\\\x00-\x1f\x7f]')
SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def triples(relations: Iterable[Relation]) -> Iterator[bytes]:
    """The prefixes, then each relation, after the names of the concepts that it is the first to have."""
    yield utf8(HEAD)
    named: set[str] = set()
    for relation in relations:
        for _, slot in filled(relation):
            concept = iri(slot.curie)
            if concept and slot.name and concept not in named:
                named.add(concept)
                yield utf8(f"<{concept}> rdfs:label {literal(slot.name)} .\n")
        yield utf8(_resource(relation))


def literal(text: str) -> str:
    """``text`` as a quoted literal.

    >>> print(literal('a "b"'))
    "a \\"b\\""
    """
    return '"' + ESCAPED.sub(lambda m: SHORT.get(m[0]) or f"\\u{ord(m[0]):04X}", text) + '"'


def _resource(relation: Relation) -> str:
    record = relation.to_record()
    lines = [f"a evmir:{relation.kind.capitalize()}", *_source(relation.doc_id)]
    for role, slot in filled(relation):
        concept = iri(slot.curie)
        name = f"<{concept}>" if concept else f"[ rdfs:label {literal(slot.name or slot.text)} ]"
        lines += [f"evmir:{role} {name}", f"evmir:{role}Mention {_mention(slot)}"]
    if relation.effect:
        lines.append(f"evmir:effect {literal(relation.effect)}")
    lines.append(f"evmir:negated {str(relation.negated).lower()}")
    lines.append(f'evmir:confidence "{record["confidence"]}"^^xsd:decimal')
    lines += [f"evmir:evidence {_evidence(evidence)}" for evidence in relation.evidence]
    lines += [f"evmir:citation {literal(mark)}" for mark in relation.citations]
    lines += [f"evmir:flag {literal(flag)}" for flag in relation.flags]
    return f"\n<urn:evmir:relation:{record['relation_id']}>\n    " + " ;\n    ".join(lines) + " .\n"


def _source(doc_id: str) -> Iterator[str]:
    yield f"dcterms:identifier {literal(doc_id)}"
    article = article_iri(doc_id)
    if article:
        yield f"dcterms:source <{article}>"


def _mention(slot: Slot) -> str:
    return f"[ oa:exact {literal(slot.text)} ; oa:start {slot.start} ; oa:end {slot.end} ]"


def _evidence(evidence: Evidence) -> str:
    rules = "".join(f" ; evmir:rule {literal(rule)}" for rule in evidence.rules)
    place = f"oa:start {evidence.start} ; oa:end {evidence.end}"
    return f"[ oa:exact {literal(evidence.text)} ; {place}{rules} ]"
