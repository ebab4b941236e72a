"""BioC, as XML or JSON: documents of passages; annotations and relations are passed over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from extractor.readers.labels import label_of
from extractor.readers.passages import Passage, passage_document
from extractor.readers.problems import Report
from extractor.readers.records import Facts, RecordError, other_ids
from extractor.readers.source import Source, decoded
from extractor.readers.xml import children, elements, sniff
from extractor.types import Document

SNIFF: Final = sniff("collection")
SNIFF_JSON: Final = re.compile(rb'\s*[\[{](?s:.{0,2000}?)"(?:bioctype|documents|passages)"\s*:')
_PMCID: Final = re.compile(r"PMC\d+", re.IGNORECASE)
_WIDEST_GAP: Final = 64
"""Characters between two passages; more, and their offsets are not trusted."""
_TYPES: Final[Mapping[str, str]] = {
    "fig_caption": "fig",
    "fig_title_caption": "fig",
    "table_caption": "table caption",
    "table_title_caption": "table caption",
    "table_footnote": "table caption",
    "table": "table",
    "ref": "REF",
}

Raw = tuple[Mapping[str, str], int, str]
"""Infons, offset and text of a passage."""


def read_bioc(source: Source, report: Report) -> Iterator[Document]:
    """A document for each ``<document>`` of a collection."""
    for element in elements(source, report, ("document",), "BioC"):
        fields = children(element)
        doc_id = _text(fields.get("id"))
        try:
            yield _document(doc_id, map(_passage, fields.get("passage", ())), source)
        except RecordError as error:
            report(f"line {element.sourceline}", str(error))


def _passage(element: Any) -> Raw:
    fields = children(element)
    infons = {i.get("key") or "": i.text or "" for i in fields.get("infon", ())}
    sentences = [children(s) for s in fields.get("sentence", ())]
    parts = [_text(place.get("text")) for place in (fields, *sentences)]
    return infons, _offset(_text(fields.get("offset"))), " ".join(part for part in parts if part)


def _text(found: list[Any] | None) -> str:
    return "".join(found[0].itertext()) if found else ""


def read_bioc_json(source: Source, report: Report) -> Iterator[Document]:
    """The documents of a collection, of a list of collections, or of lines with a document each."""
    data = source.everything(report)
    text = None if data is None else decoded(data, report, "")
    if text is None:
        return
    try:
        found = list(_json_documents(_loaded(text)))
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        report("", f"not JSON ({reason}); fetch it again")
        return
    for number, value in enumerate(found, 1):
        try:
            yield _json_document(value, source)
        except (RecordError, TypeError, ValueError, AttributeError) as error:
            told = str(error) if isinstance(error, RecordError) else "not as BioC has it; fetch it again"
            report(f"document {number}", told)


def _loaded(text: str) -> Any:
    text = text.removeprefix("\ufeff").strip()
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def _json_documents(value: Any) -> Iterator[Any]:
    """Whatever has passages, however deep in lists and collections."""
    if isinstance(value, list):
        for item in value:
            yield from _json_documents(item)
    elif isinstance(value, dict) and "passages" not in value and isinstance(value.get("documents"), list):
        yield from _json_documents(value["documents"])
    else:
        yield value


def _json_document(value: Any, source: Source) -> Document:
    return _document(str(value.get("id") or ""), map(_json_passage, value["passages"]), source)


def _json_passage(value: Any) -> Raw:
    infons = {str(k): str(v) for k, v in dict(value.get("infons") or {}).items()}
    texts = [value.get("text"), *(s.get("text") for s in value.get("sentences") or ())]
    return infons, _offset(str(value.get("offset", ""))), " ".join(str(t) for t in texts if t)


def _offset(printed: str) -> int:
    return int(printed) if printed.isdecimal() and len(printed) < 12 else -1


def _document(doc_id: str, passages: Iterable[Raw], source: Source) -> Document:
    """Raises RecordError. Where the offsets fit the texts they hold in the document too."""
    raws = [raw for raw in passages if raw[2].strip()]
    infons: dict[str, str] = {}
    for raw in reversed(raws):
        infons |= raw[0]
    pmid, pmcid = (infons.get(f"article-id_{kind}", "") for kind in ("pmid", "pmc"))
    pmcid = pmcid or doc_id * bool(_PMCID.fullmatch(doc_id))
    ids = other_ids(infons.get("article-id_doi", ""), pmcid)
    name = pmid.strip() or doc_id.strip() or source.stem
    return passage_document(name, _placed(raws), Facts(source.name, ids))


def _placed(raws: list[Raw]) -> Iterator[Passage]:
    """With the gaps that the offsets ask for; if any is impossible, a line end between all."""
    ends = [0, *(offset + len(text) for _, offset, text in raws)]
    gaps = [offset - end for (_, offset, _), end in zip(raws, ends, strict=False)]
    trusted = all(0 <= gap <= _WIDEST_GAP for gap in gaps)
    before = ""
    for (infons, _, text), gap in zip(raws, gaps, strict=True):
        label = _label(infons)
        filled = ("\n" if before in ("", "title") else " ").ljust(gap)[:gap]
        yield Passage(label, text, gap=filled if trusted else None)
        before = label


def _label(infons: Mapping[str, str]) -> str:
    kind = infons.get("type", "")
    section = infons.get("section_type", "").removesuffix("_caption")
    if kind in _TYPES:
        return _TYPES[kind]
    return label_of(section) if section else kind or "paragraph"
