"""The table of formats: which suffixes they have, and what their first bytes look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from extractor.readers import bioc, jats, medline, pubmed, pubtator, ris, tables
from extractor.readers.bioc import read_bioc, read_bioc_json
from extractor.readers.jats import read_jats
from extractor.readers.jsonl import read_json, read_jsonl
from extractor.readers.medline import read_medline
from extractor.readers.plain import read_plain
from extractor.readers.problems import Problem, Report
from extractor.readers.pubmed import read_pubmed
from extractor.readers.pubtator import read_pubtator
from extractor.readers.ris import read_ris
from extractor.readers.source import HEAD, Source
from extractor.readers.tables import read_table
from extractor.types import Document


@dataclass(frozen=True, slots=True)
class Format:
    """A reader with the suffixes that stand for it, and a pattern that its first bytes match for sure."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Source, Report], Iterator[Document]]
    sniff: re.Pattern[bytes] | None = None


FORMATS: Final = (
    Format("PubMed XML", (".xml",), read_pubmed, pubmed.SNIFF),
    Format("JATS", (".nxml",), read_jats, jats.SNIFF),
    Format("BioC XML", (), read_bioc, bioc.SNIFF),
    Format("MEDLINE", (".nbib", ".medline"), read_medline, medline.SNIFF),
    Format("RIS", (".ris",), read_ris, ris.SNIFF),
    Format("PubTator", (".pubtator",), read_pubtator, pubtator.SNIFF),
    Format("BioC JSON", (), read_bioc_json, bioc.SNIFF_JSON),
    Format("JSON Lines", (".jsonl", ".ndjson"), read_jsonl, re.compile(rb'\s*\{\s*"')),
    Format("JSON list", (".json",), read_json, re.compile(rb'\s*\[\s*\{\s*"')),
    Format("CSV", (".csv", ".tsv", ".tab"), read_table, tables.SNIFF),
    Format("plain text", (".txt", ".text"), read_plain),
)
"""Contents decide before suffixes, in this order; what neither tells is read as plain text."""

# What people hand over instead of text, by its first bytes.
_NOT_TEXT: Final = (
    (b"%PDF", "a PDF; extract its text first (pdftotext does)"),
    (b"PK\x03\x04", "a ZIP archive or office file; unpack it, or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office file; save it as plain text"),
    (b"BZh", "packed with bzip2; unpack it or pack it with gzip"),
    (b"\xfd7zXZ", "packed with xz; unpack it or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd; unpack it or pack it with gzip"),
    (b"\x1f\x8b", "packed with gzip twice; unpack it"),
)
_MARKUP: Final = re.compile(rb"(?i)\s*<(?:\?xml|!doctype|[a-z]+[ >])")


def known_suffix(suffix: str) -> bool:
    """Whether a folder's file with that suffix is read."""
    return any(suffix in known.suffixes for known in FORMATS)


def format_of(source: Source) -> Format:
    """By its first bytes, else by its suffix, else plain text."""
    head = source.head()
    by_suffix = next((f for f in FORMATS if source.suffix in f.suffixes), None)
    by_content = next((f for f in FORMATS if f.sniff and f.sniff.match(head)), None)
    if by_suffix and by_suffix.read is read_json and by_content and by_content.read is read_jsonl:
        return by_suffix  # a list or lines: the reader of .json tells them apart itself
    return by_content or by_suffix or FORMATS[-1]


def read_source(source: Source, tell: Callable[[Problem], None]) -> Iterator[Document]:
    """The documents of one source, then the failure that cut it short, if there was one."""

    count = 0

    def report(position: str, message: str) -> None:
        nonlocal count
        count += 1
        tell(Problem(source.name, position, message))

    refusal = _refusal(source.head())
    if not refusal:
        for document in format_of(source).read(source, report):
            count += 1
            yield document
    if source.failure:
        report(source.failed_at, source.failure)
    elif refusal or not count:
        report("", refusal or "holds no record; remove it or fill it")


def _refusal(head: bytes) -> str | None:
    """Why nothing in it can be read, as its first bytes tell."""
    if not head.strip():
        return "an empty file; remove it or fill it" if len(head) < HEAD else None
    if _MARKUP.match(head) and not any(f.sniff and f.sniff.match(head) for f in FORMATS):
        return "XML or HTML of a kind that is not read; PubMed XML is, or save it as plain text"
    return next((message for magic, message in _NOT_TEXT if head.startswith(magic)), None)
