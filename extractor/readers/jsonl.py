"""JSON Lines (one object a line), and JSON files that hold a list of objects or one object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from extractor.readers.problems import Report
from extractor.readers.records import RecordError, document_of
from extractor.readers.source import Source, decoded
from extractor.types import Document


def read_jsonl(source: Source, report: Report) -> Iterator[Document]:
    """A document a line; a line that is none is a problem, and the next one is read."""
    for number, line in source.lines(report):
        if not line.strip():
            continue
        position = f"line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            report(position, f"not JSON ({_reason(error)}); repair or remove the line")
            continue
        yield from _documents(value, position, f"{source.stem}:{number}", source, report)


def read_json(source: Source, report: Report) -> Iterator[Document]:
    """A list of objects, or one object; where it breaks off, the objects before are kept."""
    if _is_lines(source.head()):
        yield from read_jsonl(source, report)
        return
    data = source.everything(report)
    text = None if data is None else decoded(data, report, "")
    if text is None:
        return
    for value, number in _elements(text.removeprefix("\ufeff"), report):
        yield from _documents(value, f"line {number}", f"{source.stem}:{number}", source, report)


def _is_lines(head: bytes) -> bool:
    """The first line is an object on its own."""
    first, newline, _ = head.strip().partition(b"\n")
    return bool(newline) and first.startswith(b"{") and first.rstrip().endswith(b"}")


def _elements(text: str, report: Report) -> Iterator[tuple[Any, int]]:
    """The values of a list, or that stand one after another, with the lines they begin in."""
    decoder = json.JSONDecoder()
    end, position, line = 0, _skip(text, 0), 1
    listed = text[position : position + 1] == "["
    position = _skip(text, position + 1) if listed else position
    while position < len(text) and not (listed and text[position] == "]"):
        line += text.count("\n", end, position)
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            report(f"line {line}", f"not JSON ({_reason(error)}); repair it, what follows was not read")
            return
        yield value, line
        line += text.count("\n", position, end)
        position = _skip(text, end)
        if listed and text[position : position + 1] == ",":
            position = _skip(text, position + 1)
    if listed and position >= len(text):
        report("", "the list does not end; fetch the file again, what is there was read")


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n":
        position += 1
    return position


def _documents(
    value: Any, position: str, fallback: str, source: Source, report: Report
) -> Iterator[Document]:
    if not isinstance(value, dict):
        report(position, f"a JSON {type(value).__name__}, not an object; write one object a line")
        return
    try:
        yield document_of(value, fallback, source.name)
    except RecordError as error:
        report(position, str(error))


def _reason(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply or a number too long"
