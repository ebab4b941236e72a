"""The curated table as a file: tab-separated, one line an atomic row, read and written without loss.

Cells use the escapes of evmir's other tables (docs/output.md); other names of a slot are parted by bars.
Rows keep their order, so that a change shows as the lines that changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extractor.curation.files import digest
from extractor.curation.rows import COLUMNS, DETAILS, PLAIN, SLOTS, Cell, Row
from extractor.writers.tsv import escape, unescape

SHOWN: Final = 20
"""How many problems an error message lists."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file: where (``line`` counts from 1, the header's), which value, and the fix."""

    path: Path
    line: int
    column: str
    value: str
    message: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " + (f"{self.column} " if self.column else "")
        return f"{place}{self.value!r}: {self.message}; {self.fix}"


class TableError(ValueError):
    """A table that cannot be used; the message names every problem (the first twenty in words)."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        more = len(problems) - SHOWN
        lines = [str(p) for p in problems[:SHOWN]] + ([f"... and {more} more"] if more > 0 else [])
        super().__init__("\n".join(lines))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class CuratedTable:
    """Rows in the file's order, the line of each, and the digest of the bytes that were read."""

    path: Path
    rows: tuple[Row, ...]
    lines: tuple[int, ...] = ()
    digest: str = ""

    def row(self, row_id: str) -> Row | None:
        """The row of that id."""
        return next((row for row in self.rows if row.id == row_id), None)


def read_curated(path: Path) -> CuratedTable:
    """A table in the general schema; columns may stand in any order, and details may be missing.

    Raises TableError with all malformed lines at once, OSError when the file cannot be opened. What the
    cells say is checked by :mod:`extractor.curation.validation`.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = data[: error.start].count(b"\n") + 1
        bad = Problem(path, at, "", f"byte {error.start}", "not UTF-8 text", "save the table as UTF-8")
        raise TableError([bad]) from error
    numbered = [(n, line.removesuffix("\r")) for n, line in enumerate(text.split("\n"), start=1)]
    columns, problems = _header(path, numbered[0][1])
    if problems:
        raise TableError(problems)
    rows: list[tuple[int, Row]] = []
    for number, line in numbered[1:]:
        if line.strip():
            _read_line(path, number, line, columns, rows, problems)
    if problems:
        raise TableError(problems)
    return CuratedTable(path, tuple(r for _, r in rows), tuple(n for n, _ in rows), digest(data))


def _header(path: Path, line: str) -> tuple[list[str], list[Problem]]:
    columns = line.split("\t")
    needed = ("id", "donor", "recipient", "mirna", "target")
    problems = [
        Problem(path, 1, name, line[:80], "this column is missing", _FIX_HEADER)
        for name in needed
        if name not in columns
    ]
    for name in dict.fromkeys(columns):
        if name not in COLUMNS:
            fix = f"remove it, or use one of: {', '.join(COLUMNS[:16])}, ..."
            problems.append(Problem(path, 1, name, name, "no column has this name", fix))
        elif columns.count(name) > 1:
            problems.append(Problem(path, 1, name, name, "this column stands twice", "remove one of them"))
    return columns, problems


_FIX_HEADER: Final = "start with `evmir table import`, which makes such a table from a printed one"


def _read_line(
    path: Path,
    number: int,
    line: str,
    columns: list[str],
    rows: list[tuple[int, Row]],
    problems: list[Problem],
) -> None:
    cells = line.split("\t")
    if len(cells) > len(columns):
        found = f"{len(cells)} cells under {len(columns)} columns"
        problems.append(Problem(path, number, "", line[:60], found, "remove the tabs that are too many"))
        return
    values = dict(zip(columns, cells, strict=False))  # spreadsheets leave out empty cells at the end
    bad = [name for name, cell in values.items() if not _readable(cell)]
    for name in bad:
        fix = r"write a backslash as \\, and use \t, \n, \r, \p and \uXXXX only"
        problems.append(Problem(path, number, name, values[name], "an escape that nothing stands for", fix))
    if not bad:
        rows.append((number, row_of(values)))


def _readable(cell: str) -> bool:
    try:
        unescape(cell)
    except KeyError:
        return False
    return True


def row_of(values: dict[str, str]) -> Row:
    """The row of ``{column: cell}``. Raises KeyError for an unknown escape."""
    slots = {slot: _cell(slot, values) for slot in SLOTS}
    plain = {column: unescape(values[column]) for column in PLAIN if column in values}
    return Row(id=unescape(values.get("id", "")), **slots, **plain)  # type: ignore[arg-type]


def _cell(slot: str, values: dict[str, str]) -> Cell:
    text, name, curie, forms = (values.get(c, "") for c in (slot, *(f"{slot}_{d}" for d in DETAILS)))
    listed = tuple(unescape(form) for form in forms.split("|")) if forms else ()
    return Cell(unescape(text), unescape(name), unescape(curie), listed)


def cells_of(row: Row) -> dict[str, str]:
    """``{column: cell}`` of a row; :func:`row_of` reads it back."""
    found = {"id": _escaped(row.id)} | {column: _escaped(row.plain(column)) for column in PLAIN}
    for slot in SLOTS:
        cell = row.cell(slot)
        found |= {slot: _escaped(cell.text), f"{slot}_name": _escaped(cell.name)}
        found |= {f"{slot}_curie": _escaped(cell.curie)}
        found |= {f"{slot}_forms": "|".join(map(escape, cell.forms))}
    return found


def _escaped(text: str) -> str:
    return escape(text) if text else ""


def table_bytes(rows: Iterable[Row]) -> bytes:
    """The whole file, UTF-8, the same bytes for the same rows."""
    lines = ["\t".join(COLUMNS)]
    for row in rows:
        cells = cells_of(row)
        lines.append("\t".join(cells[column] for column in COLUMNS))
    return ("\n".join(lines) + "\n").encode("utf-8")
