"""BioC documents in both spellings, XML (the DTD of BioCreative) and JSON, from and to the same structure.

The structure is that of BioC JSON, without the keys that evmir has no use for; a document is a dictionary
with ``id``, ``passages`` (``infons``, ``offset``, ``text``, ``annotations``) and ``relations``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree

from extractor.writers.jsonl import encode
from extractor.writers.values import RecordError, xml_text

Bioc = dict[str, Any]

XML_HEAD: Final = (
    b"<?xml version='1.0' encoding='UTF-8'?>\n"
    b'<!DOCTYPE collection SYSTEM "BioC.dtd">\n'
    b"<collection><source>evmir</source><date></date><key>evmir.key</key>\n"
)
XML_TAIL: Final = b"</collection>\n"
JSON_HEAD: Final = b'{"source": "evmir", "date": "", "key": "evmir.key", "infons": {}, "documents": [\n'
JSON_TAIL: Final = b"]}\n"


def passage(offset: int, text: str, infons: dict[str, str], annotations: list[Bioc]) -> Bioc:
    """A passage, ``offset`` counted in code points of the document."""
    return {"offset": offset, "infons": infons, "text": text, "annotations": annotations}


def annotation(number: int, start: int, length: int, text: str, infons: dict[str, str]) -> Bioc:
    """An annotation, ``start`` counted from the document's start."""
    locations = [{"offset": start, "length": length}]
    return {"id": str(number), "infons": infons, "text": text, "locations": locations}


def to_xml(documents: Iterable[Bioc]) -> Iterator[bytes]:
    """One collection. A character that XML cannot hold becomes U+FFFD, so that no offset moves."""
    yield XML_HEAD
    for document in documents:
        yield etree.tostring(_document(document), encoding="utf-8") + b"\n"
    yield XML_TAIL


def to_json(documents: Iterable[Bioc]) -> Iterator[bytes]:
    """One collection, a document a line, with every key that readers of BioC JSON ask for."""
    yield JSON_HEAD
    separator = b""
    for document in documents:
        yield separator + encode(_complete(document)).rstrip(b"\n")
        separator = b",\n"
    yield b"\n" * bool(separator) + JSON_TAIL


def _complete(document: Bioc) -> Bioc:
    passages = [{**one, "sentences": [], "relations": []} for one in document["passages"]]
    rest = {"annotations": [], "relations": document["relations"]}
    return {"id": document["id"], "infons": {}, "passages": passages, **rest}


def _document(document: Bioc) -> etree._Element:
    root = etree.Element("document")
    _leaf(root, "id", document["id"])
    for one in document["passages"]:
        element = etree.SubElement(root, "passage")
        _infons(element, one["infons"])
        _leaf(element, "offset", str(one["offset"]))
        _leaf(element, "text", one["text"])
        element.extend(_annotation(item) for item in one["annotations"])
    root.extend(_relation(relation) for relation in document["relations"])
    return root


def _annotation(item: Bioc) -> etree._Element:
    element = etree.Element("annotation", id=item["id"])
    _infons(element, item["infons"])
    for location in item["locations"]:
        etree.SubElement(element, "location", {key: str(location[key]) for key in ("offset", "length")})
    _leaf(element, "text", item["text"])
    return element


def _relation(relation: Bioc) -> etree._Element:
    element = etree.Element("relation", id=relation["id"])
    _infons(element, relation["infons"])
    for node in relation["nodes"]:
        etree.SubElement(element, "node", refid=node["refid"], role=node["role"])
    return element


def _infons(parent: etree._Element, infons: dict[str, str]) -> None:
    for key, value in infons.items():
        _leaf(parent, "infon", value, key=key)


def _leaf(parent: etree._Element, tag: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, tag, **attributes).text = xml_text(text)


def from_xml(path: Path) -> Iterator[Bioc]:
    """The documents, one in memory at a time. Raises RecordError where the XML breaks, OSError."""
    try:
        with path.open("rb") as stream:
            safe = {"resolve_entities": False, "load_dtd": False, "no_network": True}
            for _, element in etree.iterparse(stream, tag="document", **safe):
                yield _read_document(element)
                element.clear()
    except etree.XMLSyntaxError as error:
        raise RecordError(f"{path}:{error.lineno}: not XML ({error.msg})") from error
    except ValueError as error:
        raise RecordError(f"{path}: not BioC, where offsets are numbers ({error})") from error


def from_json(path: Path) -> Iterator[Bioc]:
    """The documents. Raises RecordError when the file is no BioC JSON, OSError."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise RecordError(f"{path}: not JSON ({error})") from error
    documents = content.get("documents") if isinstance(content, dict) else None
    if not isinstance(documents, list):
        raise RecordError(f"{path}: no list of documents: not BioC JSON")
    yield from documents


def _read_document(element: etree._Element) -> Bioc:
    return {
        "id": element.findtext("id") or "",
        "passages": [_read_passage(one) for one in element.findall("passage")],
        "relations": [_read_relation(one) for one in element.findall("relation")],
    }


def _read_passage(element: etree._Element) -> Bioc:
    annotations = [_read_annotation(one) for one in element.findall("annotation")]
    offset, text = int(element.findtext("offset") or 0), element.findtext("text") or ""
    return {"offset": offset, "infons": _read_infons(element), "text": text, "annotations": annotations}


def _read_annotation(element: etree._Element) -> Bioc:
    places = [
        {k: int(place.get(k, 0)) for k in ("offset", "length")} for place in element.findall("location")
    ]
    text = element.findtext("text") or ""
    return {"id": element.get("id"), "infons": _read_infons(element), "text": text, "locations": places}


def _read_relation(element: etree._Element) -> Bioc:
    nodes = [dict(node.attrib) for node in element.findall("node")]
    return {"id": element.get("id"), "infons": _read_infons(element), "nodes": nodes}


def _read_infons(element: etree._Element) -> dict[str, str]:
    return {str(infon.get("key")): infon.text or "" for infon in element.findall("infon")}
