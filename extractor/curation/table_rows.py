"""The rows of a curated table by their id, as a page shows them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from extractor.writers.tsv import unescape

SHOWN: Final = ("phenotype", "donor", "mirna", "recipient", "target", "effect", "species", "reference")
ID_COLUMNS: Final = ("id", "row_id", "row")

TableRows = Mapping[str, tuple[Mapping[str, str], ...]]


def read_rows_by_id(path: Path) -> TableRows:
    """``{id: lines}`` of a tab-separated table with a header; a row may have several atomic lines.

    Raises ValueError, naming file and remedy, for a table without an id column or not in UTF-8; OSError.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
            column = next((c for c in ID_COLUMNS if c in (reader.fieldnames or ())), None)
            if column is None:
                raise ValueError(f"{path}:1: no column {' or '.join(ID_COLUMNS)}: not a curated table")
            found: dict[str, list[Mapping[str, str]]] = {}
            for row in reader:
                shown = {name: _cell(row.get(name)) for name in SHOWN}
                found.setdefault(_cell(row[column]), []).append(shown)
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 text; save the table as UTF-8") from error
    return {key: tuple(rows) for key, rows in found.items()}


def _cell(value: str | None) -> str:
    try:
        return unescape(value or "")
    except KeyError:
        return value or ""  # a printed table has no escapes: its backslashes are backslashes
