"""Mentions in BioC: documents, passages by section, and annotations with code point offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.types import Document, Mention, Section
from extractor.writers.bioc_format import Bioc, annotation, passage, to_json, to_xml
from extractor.writers.values import Annotated


def xml_collection(documents: Iterable[Annotated]) -> Iterator[bytes]:
    """One collection with every document, its text whole, in passages by section."""
    return to_xml(_document(document, mentions) for document, mentions in documents)


def json_collection(documents: Iterable[Annotated]) -> Iterator[bytes]:
    """The same in JSON."""
    return to_json(_document(document, mentions) for document, mentions in documents)


def _document(document: Document, mentions: tuple[Mention, ...]) -> Bioc:
    passages = []
    for section in _passages(document, mentions):
        held = [
            _annotation(number, mention)
            for number, mention in enumerate(mentions)
            if section.start <= mention.start and mention.end <= section.end
        ]
        text = document.text[section.start : section.end]
        passages.append(passage(section.start, text, {"type": section.label}, held))
    return {"id": document.doc_id, "passages": passages, "relations": []}


def _passages(document: Document, mentions: tuple[Mention, ...]) -> tuple[Section, ...]:
    """The document's sections where nothing is lost by that, else the whole as one passage."""
    whole = (Section("text", 0, len(document.text)),)
    if not document.sections or _uncovered(document).strip():
        return whole
    held = all(any(s.start <= m.start and m.end <= s.end for s in document.sections) for m in mentions)
    return document.sections if held else whole


def _uncovered(document: Document) -> str:
    """The text outside every section; all of it when sections overlap or are out of order."""
    gaps, position = [], 0
    for section in (*document.sections, Section("", len(document.text), len(document.text))):
        if section.start < position:
            return document.text
        gaps.append(document.text[position : section.start])
        position = section.end
    return "".join(gaps)


def _annotation(number: int, mention: Mention) -> Bioc:
    infons = {"type": mention.label}
    if mention.concept:
        infons |= {"identifier": mention.concept.curie, "name": mention.concept.name}
    elif mention.name:
        infons |= {"name": mention.name}
    return annotation(number, mention.start, mention.end - mention.start, mention.text, infons)
