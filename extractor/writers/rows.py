"""Tables with the columns of the TSV, whatever they are written in: their rows as records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from extractor.writers import tsv
from extractor.writers.values import Parsed, Place, Record, RecordError


def records_of_rows(path: Path, rows: Iterator[tuple[Place, list[str]]]) -> Parsed:
    """The records of ``rows``, the first of which names the columns. Raises RecordError without those."""
    place, columns = next(rows, (1, []))
    missing = [column for column in tsv.COLUMNS if column not in (*columns, *tsv.LATER)]
    if missing:
        raise RecordError(
            f"{path}:{place}: no column {', '.join(missing)}: not a table that `evmir extract` wrote"
        )
    for place, cells in rows:
        if any(cells):
            yield place, partial(_record, columns, cells)


def is_ours(columns: Iterable[str]) -> bool:
    """Whether a table with these columns is one that evmir wrote, maybe before some columns existed."""
    return set(tsv.COLUMNS) - tsv.LATER <= set(columns)


def _record(columns: list[str], cells: list[str]) -> Record:
    if len(cells) != len(columns):
        raise ValueError(f"{len(cells)} cells under {len(columns)} columns")
    return tsv.unflatten(dict(zip(columns, cells, strict=True)))
