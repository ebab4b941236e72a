"""Documents out of named fields, the same for every format that has fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from extractor.readers.flags import flags_of
from extractor.readers.plain import layout_of
from extractor.types import Document, Section

_PMID: Final = re.compile(r"(?:pmid[: ]*)?0*(\d{1,9})(?:\.0)?", re.IGNORECASE)
_PMCID: Final = re.compile(r"(?:pmc(?:id)?[: ]*)*0*(\d{1,9})(?:\.\d+)?", re.IGNORECASE)
_DOI: Final = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi: ?)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LISTS: Final = ("flags", "languages", "publication_types")


class RecordError(ValueError):
    """A record that is no document: what is wrong with it, and what to do."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a record says beside its text: see the fields of the same name of :class:`Document`."""

    source: str
    other_ids: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """What other articles are to this one, e.g. ``RetractionIn``."""
    flags: tuple[str, ...] = ()
    """Flags that the record states outright."""


def document_of(record: Mapping[str, Any], fallback_id: str, source: str) -> Document:
    """The document of a record with ``doc_id`` or ``pmid``, and ``text`` or ``title`` and ``abstract``.

    Optional are ``doi``, ``pmcid`` and the lists ``flags``, ``languages`` and ``publication_types``.
    Raises RecordError where there is no text, or a field is of the wrong type. A missing id becomes the
    fallback.
    """
    doc_id = _doc_id(record) or fallback_id
    text = _string(record, "text")
    ids = other_ids(_identifier(record, "doi"), _identifier(record, "pmcid"))
    given, languages, types = (_strings(record, key) for key in _LISTS)
    if text.strip():
        flags = flags_of(said=types, languages=languages, given=given)
        return Document(
            *(doc_id, text, (), layout_of(text), source, flags, ids),
            languages=languages,
            publication_types=types,
        )
    title, abstract = _string(record, "title"), _string(record, "abstract")
    facts = Facts(source, ids, languages, types, flags=given)
    return abstract_document(doc_id, title, [("abstract", abstract)], facts)


def abstract_document(doc_id: str, title: str, parts: Sequence[tuple[str, str]], facts: Facts) -> Document:
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
    flags = flags_of(
        title,
        said=(*facts.publication_types, *facts.links),
        languages=facts.languages,
        abstract=bool(parts),
        given=facts.flags,
    )
    return Document(
        *(doc_id, text, tuple(sections), "prose", facts.source, flags),
        *(facts.other_ids, facts.languages, facts.publication_types),
    )


def other_ids(doi: str = "", pmcid: str = "", pmid: str = "") -> tuple[str, ...]:
    """CURIEs of identifiers in any of their usual forms; what is none of them is left out.

    >>> other_ids("https://doi.org/10.1000/ABC", "PMC123.2")
    ('doi:10.1000/abc', 'pmcid:PMC123')
    """
    found = (("pmid:", _PMID, pmid), ("doi:", _DOI, doi), ("pmcid:PMC", _PMCID, pmcid))
    return tuple(
        prefix + match.group(1).lower()
        for prefix, pattern, value in found
        if (match := pattern.fullmatch(value.strip()))
    )


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


def _strings(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of strings; a cell of a table has them in one string, ``;`` or ``|`` between them."""
    value = record.get(key)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(_SURROGATE.sub("\ufffd", item) for item in value)
    if isinstance(value, list):
        raise RecordError(f"{key!r} holds what is no string; write it as a list of strings")
    return tuple(item.strip() for item in re.split("[;|]", _string(record, key)) if item.strip())
