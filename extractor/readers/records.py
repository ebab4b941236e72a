"""Documents out of named fields, the same for every format that has fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from extractor.readers.plain import layout_of
from extractor.types import Document, Section

_PMID: Final = re.compile(r"(?:pmid[: ]*)?0*(\d{1,9})(?:\.0)?", re.IGNORECASE)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class RecordError(ValueError):
    """A record that is no document: what is wrong with it, and what to do."""


def document_of(record: Mapping[str, Any], fallback_id: str, source: str) -> Document:
    """The document of a record with ``doc_id`` or ``pmid``, and ``text`` or ``title`` and ``abstract``.

    Raises RecordError where there is no text, or a field is no string. A missing id becomes the fallback.
    """
    doc_id = _doc_id(record) or fallback_id
    text = _string(record, "text")
    if text.strip():
        return Document(doc_id, text, layout=layout_of(text), source=source)
    title, abstract = _string(record, "title"), _string(record, "abstract")
    return abstract_document(doc_id, title, [("abstract", abstract)], source)


def abstract_document(doc_id: str, title: str, parts: Sequence[tuple[str, str]], source: str) -> Document:
    """``title + "\\n" + abstract`` with sections; the abstract is its labelled parts, a space between.

    Raises RecordError where nothing of it holds a character.
    """
    parts = [(label, text) for label, text in parts if text]
    sections, text = [Section("title", 0, len(title))] if title else [], title + "\n"
    for index, (label, part) in enumerate(parts):
        text += " " if index else ""
        sections.append(Section(label, len(text), len(text) + len(part)))
        text += part
    if not text.strip():
        raise RecordError(f"record {doc_id} has no title, abstract or text; add one or remove it")
    return Document(doc_id, text, tuple(sections), source=source)


def _doc_id(record: Mapping[str, Any]) -> str:
    pmid = _identifier(record, "pmid")
    if match := _PMID.fullmatch(pmid):
        return match.group(1)
    return _identifier(record, "doc_id") or pmid or _identifier(record, "id")


def _identifier(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a column of numbers with a gap in it comes out of tables as 123.0
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return " ".join(_string(record, key).split())


def _string(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordError(f"{key!r} is {type(value).__name__}, not a string; write it as one string")
    return _SURROGATE.sub("\ufffd", value)  # half a character, which no file can hold
