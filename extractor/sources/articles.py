"""PubMed's XML taken apart into records, and put together again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from extractor.sources.errors import BadAnswer
from extractor.sources.http import readable
from extractor.sources.identifiers import identifier
from extractor.sources.store import Record

RECORDS: Final = ("PubmedArticle", "PubmedBookArticle")
_HEAD: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n'
_TAIL: Final = b"</PubmedArticleSet>\n"


def split_articles(body: bytes) -> list[Record]:
    """The records of an answer, each with its own XML. Raises BadAnswer where it is no set of articles."""
    root = parsed(body)
    if root.tag not in ("PubmedArticleSet", "PubmedBookArticleSet"):
        raise BadAnswer(f"no PubMed records but {readable(body) or 'nothing'}")
    return [article(element) for element in root if element.tag in RECORDS]


def article(element: Any) -> Record:
    """The record of a ``PubmedArticle`` element. Raises BadAnswer where it has no PMID."""
    from lxml import etree

    pmid = (element.findtext("MedlineCitation/PMID") or element.findtext("BookDocument/PMID") or "").strip()
    if not pmid.isdecimal():
        raise BadAnswer("a record without PMID")
    content = etree.tostring(element, encoding="utf-8", xml_declaration=False, with_tail=False)
    return Record(pmid, content, tuple(_aliases(element)))


def article_set(contents: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of one file of PubMed XML."""
    yield _HEAD
    for content in contents:
        yield content + b"\n"
    yield _TAIL


def parsed(body: bytes) -> Any:
    """The root of an answer in XML; nothing is loaded, no entity expanded.

    Raises BadAnswer with what came instead.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        reason = (
            f"an error: {error_in(body)}" if error_in(body) else f"malformed XML: {readable(body[-80:])!r}"
        )
        raise BadAnswer(reason) from None


def json_object(body: bytes) -> dict[str, Any]:
    """An answer in JSON. Raises BadAnswer where it is no object, or tells an error.

    NCBI puts control characters into its error messages, which strict JSON forbids.
    """
    try:
        value = json.loads(body, strict=False)
    except (ValueError, RecursionError):
        raise BadAnswer(f"no JSON but {readable(body) or 'nothing'}") from None
    if not isinstance(value, dict):
        raise BadAnswer("JSON of an unknown kind")
    if reason := _error(value):
        raise BadAnswer(f"an error: {reason}")
    return value


def error_in(body: bytes) -> str:
    """The error that a body of JSON tells; empty where it is no JSON or tells none."""
    try:
        value = json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return ""
    return _error(value) if isinstance(value, dict) else ""


def _error(value: dict[str, Any]) -> str:
    inner = [value, *(part for part in value.values() if isinstance(part, dict))]
    found = next((part[key] for part in inner for key in ("error", "ERROR") if part.get(key)), "")
    return readable(str(found).encode("utf-8", "replace"))


def _aliases(element: Any) -> Iterator[str]:
    """The article's own DOI and PMCID; those in its list of references are other articles'."""
    for place in ("PubmedData/ArticleIdList/ArticleId", "PubmedBookData/ArticleIdList/ArticleId"):
        for found in element.iterfind(place):
            if found.get("IdType") in ("doi", "pmc") and found.text:
                try:
                    yield identifier(found.text).alias
                except ValueError:
                    continue  # publishers also deposit what is no DOI
