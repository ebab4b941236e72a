"""Reading back what ``evmir extract`` wrote, from every format that holds all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from extractor.writers import bioc_relations, brat_relations, context_cells, csv_table, parquet, tsv, xlsx
from extractor.writers.rows import records_of_rows
from extractor.writers.suffixes import choose
from extractor.writers.values import Parsed, Record, RecordError, RecordReader

__all__ = ["READERS", "Record", "RecordError", "read_records"]

SHOWN: Final = 10


def read_records(path: str | Path) -> list[Record]:
    """The records of a file of relations, equal whichever of the formats in ``READERS`` it has.

    Raises RecordError with all bad lines at once, UnknownFormat for another suffix, OSError when the
    file cannot be opened.
    """
    path = Path(path)
    read = choose(path, READERS)
    records, problems = [], []
    for place, parse in read(path):
        try:
            records.append(parse())
        except (ValueError, KeyError, TypeError) as error:
            problems.append(f"{path}:{place}: {_reason(error)}")
    if problems:
        more = f"\n... and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise RecordError("\n".join(problems[:SHOWN]) + more)
    return records


def _jsonl(path: Path) -> Parsed:
    for number, line in _numbered(path):
        if line.strip():
            yield number, partial(_parsed, line)


def _tsv(path: Path) -> Parsed:
    return records_of_rows(path, ((number, line.split("\t")) for number, line in _numbered(path)))


def _numbered(path: Path) -> Iterator[tuple[int, str]]:
    """Lines from 1 without their end; a byte-order mark and DOS line ends, as spreadsheets leave, go."""
    with path.open(encoding="utf-8-sig", newline="\n") as stream:
        try:
            for number, line in enumerate(stream, start=1):
                yield number, line.rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise RecordError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from error


def _parsed(line: str) -> Record:
    """A JSON object that has every required key; the optional ones filled with what their absence means."""
    value: Any = json.loads(line)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    missing = sorted(tsv.KEYS - {"vesicle"} - value.keys())
    if missing:
        raise ValueError(f"no {', '.join(missing)}: not a relation record")
    absent: Record = {"vesicle": None, "citations": [], "flags": [], "context": context_cells.empty()}
    return {**value, **{key: value.get(key) or default for key, default in absent.items()}}


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg} at column {error.colno})"
    if isinstance(error, KeyError):
        return f"cannot read {error.args[0]!r}"
    return str(error)


READERS: Final[Mapping[str, RecordReader]] = {
    ".jsonl": _jsonl,
    ".tsv": _tsv,
    ".csv": csv_table.read,
    ".parquet": parquet.read,
    ".xlsx": xlsx.read,
    ".bioc.xml": bioc_relations.read_xml,
    ".bioc.json": bioc_relations.read_json,
    ".brat.zip": brat_relations.read,
}
