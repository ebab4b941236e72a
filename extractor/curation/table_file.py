"""A curated table as it lies in a file: cells with their place, so that a change touches nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from extractor.writers import READERS, read_records
from extractor.writers.rows import is_ours

WRITTEN: Final = tuple(READERS.keys() - {".jsonl", ".tsv", ".csv"})
"""Suffixes of evmir's own files that are no table."""
KINDS: Final = {"mirna": "MIRNA", "target": "GENE", "donor": "CELL", "recipient": "CELL"}
KEY_COLUMNS: Final = ("phenotype", "donor", "recipient", "mirna", "target", "reference")
# Headings as tables print them; the first column that matches is the one.
_HEADINGS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("donor", re.compile(r"^(?:donor|source)(?:[ _]?(?:cells?|name|text))?$")),
    ("recipient", re.compile(r"^(?:recipient|target cells?)(?:[ _]?(?:cells?|name|text))?$")),
    ("mirna", re.compile(r"^(?:mirnas?|micrornas?)(?:[ _]?(?:name|text))?$")),
    ("target", re.compile(r"^(?:targets?|target genes?(?: of mirna)?)(?:[ _]?(?:name|text))?$")),
    ("phenotype", re.compile(r"^phenotypes?(?:[ _]?(?:name|text))?$")),
    ("reference", re.compile(r"^(?:reference|pmid|doc[ _]?id|ref)$")),
    ("species", re.compile(r"^species$")),
)


@dataclass(frozen=True, slots=True)
class Table:
    """Header, rows of raw cells, and which column holds which role."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: dict[str, int]
    delimiter: str

    def cell(self, row: int, role: str) -> str:
        """The cell of a role, empty where the table has no such column."""
        column = self.columns.get(role)
        return "" if column is None or column >= len(self.rows[row]) else self.rows[row][column]


def read_table(path: Path) -> Table:
    """A ``.tsv``, ``.csv`` or ``.jsonl`` table, or another file of relations that evmir wrote.

    Raises ValueError (with the file's name and what to do) for another suffix, an empty file, or one
    without any of the columns miRNA, donor, recipient, target.
    """
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        return _from_lines(path)
    if path.name.lower().endswith(WRITTEN):
        return _from_records(path, read_records(path))
    if suffix not in (".tsv", ".csv", ".txt"):
        raise ValueError(
            f"{path}: cannot lint {suffix or 'a file without suffix'}; save the table as .tsv or .csv"
        )
    text = path.read_text(encoding="utf-8-sig")
    delimiter = "," if suffix == ".csv" else "\t"
    lines = _csv_rows(text) if delimiter == "," else _tsv_rows(text)
    if not lines:
        raise ValueError(f"{path}: empty; the first line must name the columns")
    header = tuple(lines[0])
    if delimiter == "," and is_ours(header):  # whose cells have guards against formulas
        return _from_records(path, read_records(path))
    return _checked(Table(path, header, tuple(tuple(r) for r in lines[1:]), _columns(header), delimiter))


def _tsv_rows(text: str) -> list[list[str]]:
    """Cells as they are: evmir's own TSV knows no quoting."""
    return [line.removesuffix("\r").split("\t") for line in text.split("\n") if line.strip("\r")]


def _csv_rows(text: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text, newline="")) if row]


def write_table(table: Table, path: Path) -> None:
    """Write a table that came from TSV (cells as they are) or CSV (quoted where needed)."""
    lines = [table.header, *table.rows]
    if table.delimiter == "\t":
        text = "".join("\t".join(line) + "\n" for line in lines)
    else:
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerows(lines)
        text = buffer.getvalue()
    path.write_text(text, encoding="utf-8", newline="\n")


def _columns(header: tuple[str, ...]) -> dict[str, int]:
    names = [h.strip().casefold() for h in header]
    found: dict[str, int] = {}
    for role, pattern in _HEADINGS:
        place = next((i for i, n in enumerate(names) if pattern.match(n)), None)
        if place is not None:
            found[role] = place
    return found


def _checked(table: Table) -> Table:
    if not table.columns.keys() & KINDS.keys():
        shown = ", ".join(table.header[:8])
        raise ValueError(f"{table.path}: no column donor, recipient, mirna or target among: {shown}")
    return table


def _from_lines(path: Path) -> Table:
    """Extraction output as JSON Lines; blank lines are passed over."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return _from_records(path, [_record(path, i, line) for i, line in enumerate(lines, 1) if line.strip()])


def _record(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"{path}:{number}: not JSON ({error.msg})") from error
    if not isinstance(record, dict):
        raise ValueError(f"{path}:{number}: a record must be an object, not {type(record).__name__}")
    return record


def _from_records(path: Path, records: Iterable[dict[str, Any]]) -> Table:
    """The slots' printed texts, a row a record."""
    roles = ("phenotype", "donor", "recipient", "mirna", "target")
    rows = tuple((*(_slot_text(r.get(role)) for role in roles), str(r.get("doc_id", ""))) for r in records)
    header = (*roles, "reference")
    return Table(path, header, rows, {name: i for i, name in enumerate(header)}, "")


def _slot_text(slot: Any) -> str:
    return str(slot.get("text") or "") if isinstance(slot, dict) else ""
