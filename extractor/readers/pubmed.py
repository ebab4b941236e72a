"""PubMed XML: streamed record by record, nothing fetched, no entity of a document's own expanded."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from lxml import etree

from extractor.readers.problems import Report
from extractor.readers.records import RecordError, abstract_document
from extractor.readers.source import Source
from extractor.types import Document

SNIFF: Final = re.compile(
    rb"\s*(?=<)(?s:.{0,8000}?)<(?:Pubmed(?:Book)?Article(?:Set)?|MedlineCitation(?:Set)?|DeleteCitation)\b"
)
MAX_RECORD: Final = 16 * 1024 * 1024
"""Bytes between the ends of two records: a bound for the memory that a file can ask for."""
_RECORDS: Final = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")
_TITLES: Final = ("Article/ArticleTitle", "Article/VernacularTitle", "ArticleTitle", "Book/BookTitle")
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_ENTITY: Final = re.compile(r"&[A-Za-z][A-Za-z0-9]*;")
_NO_CATEGORY: Final = ("", "UNASSIGNED", "UNLABELLED")
_WHERE_IN_MESSAGE: Final = re.compile(r",? ?line \d+, column \d+.*$", re.DOTALL)


class _TooLong(Exception):
    """No record ends within MAX_RECORD bytes."""


class _Bounded:
    """Counts the bytes since the last record, so that no tree can grow without end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.since_record = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.since_record += len(data)
        if self.since_record > MAX_RECORD:
            raise _TooLong
        return data


def read_pubmed(source: Source, report: Report) -> Iterator[Document]:
    """Articles and book chapters, also those without abstract; deletions are passed over."""
    if b"<!ENTITY" in source.head():
        report("", "declares entities of its own, which real PubMed files never do; refused, fetch it again")
        return
    count = 0
    try:
        for element in _records(source):
            count += 1
            try:
                yield _document(element, source.name)
            except RecordError as error:
                report(f"line {element.sourceline}", str(error))
    except _TooLong:
        report(
            "", f"no record ends within {MAX_RECORD >> 20} MiB; is it PubMed XML? What came before was read"
        )
        return
    except etree.XMLSyntaxError as error:
        if not source.failure:
            line, column = error.position
            message = _WHERE_IN_MESSAGE.sub("", error.msg or "no XML")
            report(
                f"line {line}:{column}",
                f"malformed XML ({message}); fetch it again, what came before was read",
            )
        return
    if not count and not source.failure:
        report("", "holds no PubMed record; is it another kind of XML?")


def _records(source: Source) -> Iterator[Any]:
    stream = _Bounded(source.stream)
    parser = etree.iterparse(
        stream,
        tag=_RECORDS,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in parser:
        parent = element.getparent()
        if parent is not None and parent.tag == "PubmedArticle":
            continue  # the citation inside a record, which follows whole
        yield element
        stream.since_record = 0
        element.clear(keep_tail=False)
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _document(element: Any, name: str) -> Document:
    citation = element if element.tag == "MedlineCitation" else element[0] if len(element) else element
    article = citation if citation.find("Article") is None else citation.find("Article")
    pmid = _text(citation.find("PMID"))
    title = next((text for path in _TITLES if (text := _text(citation.find(path)))), "")
    parts = [_part(part) for part in article.iterfind("Abstract/AbstractText")]
    if not pmid:
        raise RecordError("a record without PMID; add it or remove the record")
    return abstract_document(pmid, title, parts, name)


def _part(part: Any) -> tuple[str, str]:
    """Its section label and its text, which begins with the printed label."""
    text, printed = _text(part), (part.get("Label") or "").strip()
    category = (part.get("NlmCategory") or "").upper()
    label = category if category not in _NO_CATEGORY else printed.upper() or "abstract"
    return label, f"{printed}: {text}" if printed and text else text


def _text(element: Any) -> str:
    """All text below an element, tags dropped, white space as in print."""
    if element is None:
        return ""
    pieces = (html.unescape(p) if _ENTITY.fullmatch(p) else p for p in element.itertext())
    return _SPACE.sub(" ", "".join(pieces)).strip()
