"""Records of tagged lines, as MEDLINE and RIS have them: ``TI  - A title``, continued in the next line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.readers.problems import Report
from extractor.readers.source import Source

Fields = dict[str, list[str]]
"""The values of each tag in their order, broken lines joined by a space."""


@dataclass(frozen=True, slots=True)
class Tags:
    """How a format writes a field (groups: tag, value), and where its records begin and end."""

    field: re.Pattern[str]
    first: str
    last: str = ""
    """The tag that ends a record; none: a blank line does."""
    indented: bool = False
    """Only indented lines continue the one before."""


def records(source: Source, report: Report, tags: Tags) -> Iterator[tuple[int, Fields]]:
    """The fields of each record with the line that it begins in; a record that the stream cuts is left out."""
    lines: list[tuple[str, list[str]]] = []
    begin = 1
    for number, line in source.lines(report):
        field = tags.field.match(line)
        tag = field.group(1) if field else ""
        if lines and _new_record(tag, line, lines, tags):
            yield begin, _fields(lines)
            lines = []
        if field:
            begin = begin if lines else number
            lines += [(tag, [field.group(2)])] * (tag != tags.last)
        elif line.strip() and lines and (line[0].isspace() or not tags.indented):
            lines[-1][1].append(line)
        elif line.strip():
            report(
                f"line {number}",
                "no tag such as 'TI  - ' and no indentation; left out, indent what continues",
            )
    if lines and not source.failure:
        yield begin, _fields(lines)


def _new_record(tag: str, line: str, lines: list[tuple[str, list[str]]], tags: Tags) -> bool:
    if not line.strip():
        return not tags.last
    if tag == tags.first:
        return any(known == tag for known, _ in lines)
    return bool(tag) and tag == tags.last


def _fields(lines: list[tuple[str, list[str]]]) -> Fields:
    fields: Fields = {}
    for tag, pieces in lines:
        fields.setdefault(tag, []).append(" ".join(" ".join(pieces).split()))
    return fields
