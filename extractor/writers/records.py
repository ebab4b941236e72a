"""Reading back what ``evmir extract`` wrote, from either of its file formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from extractor.writers import choose, context_cells, tsv

Record = dict[str, Any]
SHOWN: Final = 10


class RecordError(ValueError):
    """Lines that hold no relation record; the message names file, line, problem and remedy."""


def read_records(path: str | Path) -> list[Record]:
    """The records of a ``.jsonl`` or ``.tsv`` file of relations, equal whichever of the two it is.

    Raises RecordError with all bad lines at once, UnknownFormat for another suffix, OSError when the
    file cannot be opened.
    """
    path = Path(path)
    read = choose(path, READERS)
    records, problems = [], []
    for number, parse in read(path):
        try:
            records.append(parse())
        except (ValueError, KeyError, TypeError) as error:
            problems.append(f"{path}:{number}: {_reason(error)}")
    if problems:
        more = f"\n... and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise RecordError("\n".join(problems[:SHOWN]) + more)
    return records


Lines = Iterator[tuple[int, Callable[[], Record]]]


def _jsonl(path: Path) -> Lines:
    for number, line in _numbered(path):
        if line.strip():
            yield number, lambda line=line: _checked(json.loads(line))  # type: ignore[misc]


def _tsv(path: Path) -> Lines:
    lines = _numbered(path)
    _, header = next(lines, (1, ""))
    columns = header.split("\t")
    missing = [column for column in tsv.REQUIRED if column not in columns]
    if missing:
        raise RecordError(f"{path}:1: no column {', '.join(missing)}: not a table that `evmir extract` wrote")
    for number, line in lines:
        if line:
            cells = line.split("\t")
            yield number, lambda cells=cells: tsv.unflatten(_row(columns, cells))  # type: ignore[misc]


def _numbered(path: Path) -> Iterator[tuple[int, str]]:
    """Lines from 1 without their end; a byte-order mark and DOS line ends, as spreadsheets leave, go."""
    with path.open(encoding="utf-8-sig", newline="\n") as stream:
        try:
            for number, line in enumerate(stream, start=1):
                yield number, line.rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise RecordError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from error


def _row(columns: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(columns):
        raise ValueError(f"{len(cells)} cells under {len(columns)} columns")
    return dict(zip(columns, cells, strict=True))


def _checked(value: Any) -> Record:
    """A JSON object that has every required key; the optional ones filled with what their absence means."""
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    missing = sorted(tsv.KEYS - {"vesicle"} - value.keys())
    if missing:
        raise ValueError(f"no {', '.join(missing)}: not a relation record")
    absent: Record = {"vesicle": None, "citations": [], "context": context_cells.empty()}
    return {**value, **{key: value.get(key) or default for key, default in absent.items()}}


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg} at column {error.colno})"
    if isinstance(error, KeyError):
        return f"cannot read {error.args[0]!r}"
    return str(error)


READERS: Final[Mapping[str, Callable[[Path], Lines]]] = {".jsonl": _jsonl, ".tsv": _tsv}
