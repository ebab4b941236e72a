"""CSV and TSV with a header: a document a row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Final

from extractor.readers.problems import Report
from extractor.readers.rows import Rows, row_documents
from extractor.readers.source import MAX_RECORD, Source
from extractor.types import Document

SNIFF: Final = re.compile(
    rb'(?i)"?(?:pmid|pubmed[ _]?id|doc_?id|id|title)"?[,;\t][^\n]*(?<=[,;\t"])(?:title|abstract|text)\b'
)


def read_table(source: Source, report: Report) -> Iterator[Document]:
    """Rows as documents; columns by their usual names in any case, the separator as the header shows it."""
    yield from row_documents(_rows(source, report), "line", source, report)


def _rows(source: Source, report: Report) -> Rows:
    """Rows that are not blank, each with the number of its first line."""
    separator = _separator(source.head())
    number = 0

    def fed() -> Iterator[str]:
        nonlocal number
        for number, line in source.lines(report):  # noqa: B007 - the rows below want to know it
            yield line.replace("\0", " ") + "\n"

    csv.field_size_limit(MAX_RECORD)
    reader = csv.reader(fed(), delimiter=separator, strict=True)
    while True:
        begin = number + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            report(f"line {begin}", f"no row of a table up to line {number} ({error}); check its quotes")
            continue
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield begin, row


def _separator(head: bytes) -> str:
    first = head.lstrip().partition(b"\n")[0].decode("utf-8", "replace")
    return max("\t,;", key=first.count)
