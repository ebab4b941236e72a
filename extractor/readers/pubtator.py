"""PubTator: ``PMID|t|title``, ``PMID|a|abstract``, then annotations in columns, which are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extractor.readers.problems import Report
from extractor.readers.records import Facts, RecordError, abstract_document
from extractor.readers.source import Source
from extractor.types import Document

SNIFF: Final = re.compile(rb"\s*[^\s|]{1,64}\|t\|")
_TEXT: Final = re.compile(r"([^\s|]{1,64})\|([a-z]{1,2})\|(.*)")
_ANNOTATION: Final = re.compile(r"[^\t]*\t[^\t]+")

Record = dict[str, str]
"""``t`` and ``a``: the lines of a record by their kind, ``id`` and the ``line`` it begins in."""


def read_pubtator(source: Source, report: Report) -> Iterator[Document]:
    """A document a record; offsets count as PubTator counts them: title, one character, abstract."""
    for line, record in _records(source, report):
        try:
            yield abstract_document(
                *(record["id"], record.get("t", ""), [("abstract", record.get("a", ""))]), Facts(source.name)
            )
        except RecordError as error:
            report(f"line {line}", str(error))


def _records(source: Source, report: Report) -> Iterator[tuple[int, Record]]:
    record: Record = {}
    begin = 1
    for number, line in source.lines(report):
        text = _TEXT.match(line)
        if text and (text.group(1) != record.get("id") or text.group(2) in record):
            if record:
                yield begin, record
            begin, record = number, {"id": text.group(1)}
        if text:
            record[text.group(2)] = text.group(3)
        elif line.strip() and not _ANNOTATION.match(line):
            report(f"line {number}", "neither 'PMID|t|title' nor an annotation; left out, mend the line")
    if record and not source.failure:
        yield begin, record
