"""RIS, which reference managers export: tagged lines from ``TY`` to ``ER``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extractor.readers.problems import Report
from extractor.readers.records import Facts, RecordError, abstract_document, other_ids
from extractor.readers.source import Source
from extractor.readers.tagged import Fields, Tags, records
from extractor.types import Document

SNIFF: Final = re.compile(rb"\s*TY {1,2}- ?[A-Z]")
_TAGS: Final = Tags(re.compile(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)"), first="TY", last="ER")
_TITLES: Final = ("TI", "T1", "CT", "BT")
_ABSTRACTS: Final = ("AB", "N2")
_PMID: Final = re.compile(r"(?i)\bPMID:? ?(\d{1,9})\b|\bpubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d{1,9})\b")
_DATABASE: Final = re.compile(r"(?i)pubmed|medline|\bnlm\b")
_MAY_NAME_PMID: Final = ("AN", "ID", "N1", "UR", "L1", "L2", "LK")


def read_ris(source: Source, report: Report) -> Iterator[Document]:
    """A document a reference; its id is the PMID where one is told, else its DOI, its ``ID``, its place."""
    for line, fields in records(source, report, _TAGS):
        try:
            yield _document(fields, f"{source.stem}:{line}", source.name)
        except RecordError as error:
            report(f"line {line}", str(error))


def _document(fields: Fields, fallback: str, name: str) -> Document:
    ids = other_ids(_first(fields, ("DO", "DI")), _first(fields, ("C2",)))
    dois = [curie for curie in ids if curie.startswith("doi:")]
    doc_id = _pmid(fields) or _first(fields, ("ID",)) or "".join(dois) or fallback
    facts = Facts(name, ids, tuple(fields.get("LA", [])), tuple(fields.get("M3", [])))
    title, abstract = _first(fields, _TITLES), _first(fields, _ABSTRACTS)
    return abstract_document(doc_id, title, [("abstract", abstract)], facts)


def _first(fields: Fields, tags: tuple[str, ...]) -> str:
    return next((value for tag in tags for value in fields.get(tag, []) if value), "")


def _pmid(fields: Fields) -> str:
    """Named as such in a note or link; or the accession number, where the database is PubMed."""
    accession = _first(fields, ("AN",))
    if accession.isdecimal() and _DATABASE.search(" ".join(fields.get("DB", []) + fields.get("DP", []))):
        return accession
    values = (value for tag in _MAY_NAME_PMID for value in fields.get(tag, []))
    match = next((match for value in values if (match := _PMID.search(value))), None)
    return match.group(match.lastindex or 0) if match else ""
