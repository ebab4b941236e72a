"""MEDLINE / NBIB: tagged lines, continuation lines indented, a blank line between records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extractor.readers.problems import Report
from extractor.readers.records import Facts, RecordError, abstract_document, other_ids
from extractor.readers.source import Source
from extractor.readers.tagged import Fields, Tags, records
from extractor.types import Document

SNIFF: Final = re.compile(rb"\s*PMID- *\d")
_TAGS: Final = Tags(re.compile(r"([A-Z][A-Z0-9]{1,3}) *- ?(.*)"), first="PMID", indented=True)
_TITLES: Final = ("TI", "BTI", "TT", "CTI")
_LINKS: Final = ("RIN", "PRIN", "RRI", "ECI", "EIN", "CRI")
_DOI: Final = " [doi]"


def read_medline(source: Source, report: Report) -> Iterator[Document]:
    """A document a record, with its DOI, PMCID, languages, types and corrections."""
    for line, fields in records(source, report, _TAGS):
        try:
            yield _document(fields, source.name)
        except RecordError as error:
            report(f"line {line}", str(error))


def _document(fields: Fields, name: str) -> Document:
    pmid = fields.get("PMID", [""])[0]
    if not pmid.isdecimal():
        raise RecordError("a record without PMID; add it or remove the record")
    dois = [i.removesuffix(_DOI) for tag in ("AID", "LID") for i in fields.get(tag, []) if i.endswith(_DOI)]
    facts = Facts(
        name,
        other_ids((dois or [""])[0], fields.get("PMC", [""])[0]),
        tuple(fields.get("LA", [])),
        tuple(fields.get("PT", [])),
        tuple(tag for tag in _LINKS if tag in fields),
    )
    title = next((fields[tag][0] for tag in _TITLES if tag in fields), "")
    return abstract_document(pmid, title, [("abstract", fields.get("AB", [""])[0])], facts)
