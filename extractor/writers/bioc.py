"""BioC XML (the DTD of BioCreative): documents, passages and annotations with code point offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from extractor.types import Document, Mention, Section
from extractor.writers.values import Annotated

HEAD: Final = (
    b"<?xml version='1.0' encoding='UTF-8'?>\n"
    b'<!DOCTYPE collection SYSTEM "BioC.dtd">\n'
    b"<collection><source>evmir</source><date></date><key>evmir.key</key>\n"
)
TAIL: Final = b"</collection>\n"
# What XML 1.0 cannot hold, not even escaped; replaced one for one, so that no offset moves.
ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def collection(documents: Iterable[Annotated]) -> Iterator[bytes]:
    """One collection with every document, its text whole, in passages by section."""
    yield HEAD
    for document, mentions in documents:
        yield etree.tostring(_document(document, mentions), encoding="utf-8") + b"\n"
    yield TAIL


def _document(document: Document, mentions: tuple[Mention, ...]) -> etree._Element:
    root = etree.Element("document")
    _leaf(root, "id", document.doc_id)
    numbered = list(enumerate(mentions))
    for section in _passages(document, mentions):
        passage = etree.SubElement(root, "passage")
        _leaf(passage, "infon", section.label, key="type")
        _leaf(passage, "offset", str(section.start))
        _leaf(passage, "text", document.text[section.start : section.end])
        for number, mention in numbered:
            if section.start <= mention.start and mention.end <= section.end:
                passage.append(_annotation(number, mention))
    return root


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


def _annotation(number: int, mention: Mention) -> etree._Element:
    annotation = etree.Element("annotation", id=str(number))
    _leaf(annotation, "infon", mention.label, key="type")
    if mention.concept:
        _leaf(annotation, "infon", mention.concept.curie, key="identifier")
        _leaf(annotation, "infon", mention.concept.name, key="name")
    elif mention.name:
        _leaf(annotation, "infon", mention.name, key="name")
    etree.SubElement(
        annotation, "location", offset=str(mention.start), length=str(mention.end - mention.start)
    )
    _leaf(annotation, "text", mention.text)
    return annotation


def _leaf(parent: etree._Element, tag: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, tag, **attributes).text = ILLEGAL.sub("\ufffd", text)
