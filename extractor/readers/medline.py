"""MEDLINE / NBIB: tagged lines, continuation lines indented, a blank line between records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extractor.readers.problems import Report
from extractor.readers.records import Facts, RecordError, abstract_document
from extractor.readers.source import Source
from extractor.types import Document

SNIFF: Final = re.compile(rb"\s*PMID- *\d")
_FIELD: Final = re.compile(r"([A-Z][A-Z0-9]{1,3}) *- ?(.*)")
_TITLES: Final = ("TI", "BTI", "TT", "CTI")

Fields = dict[str, list[str]]


def read_medline(source: Source, report: Report) -> Iterator[Document]:
    """A document a record; broken lines are joined by a space."""
    for line, fields in _records(source, report):
        pmid = " ".join(fields.get("PMID", [])).strip()
        try:
            if not pmid.isdecimal():
                raise RecordError("a record without PMID; add it or remove the record")
            title = next((_joined(fields[tag]) for tag in _TITLES if tag in fields), "")
            yield abstract_document(pmid, title, [("abstract", _joined(fields.get("AB", [])))], Facts(source.name))
        except RecordError as error:
            report(f"line {line}", str(error))


def _records(source: Source, report: Report) -> Iterator[tuple[int, Fields]]:
    """The fields of each record with the line that it begins in; the first of a repeated tag counts."""
    fields: Fields = {}
    begin, current = 1, []  # type: int, list[str]
    for number, line in source.lines(report):
        field = _FIELD.match(line)
        tag = field.group(1) if field else ""
        if not line.strip() or (tag == "PMID" and "PMID" in fields):
            if fields:
                yield begin, fields
            fields, current = {}, []
        if field:
            begin = begin if fields else number
            current = [field.group(2)]
            fields.setdefault(tag, current)
        elif line[:1].isspace():
            current.append(line)
        elif line.strip():
            report(
                f"line {number}",
                "no tag such as 'TI  - ' and no indentation; left out, indent what continues",
            )
    if fields and not source.failure:
        yield begin, fields


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
