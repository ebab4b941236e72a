"""Tables of an article's markup (JATS or HTML) as rows: spanning cells repeated, headings joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final

from extractor.types import Reference, Table

_MOST_CELLS: Final = 200_000
"""Cells of one table: a spreadsheet in print; what spans more is cut there."""
_WIDEST: Final = 1_000

Cell = tuple[str, tuple[Reference, ...]]
"""Its text and the references in it."""
ReadCell = Callable[[Any], Cell]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows of equal length and how many of them are headings."""

    rows: list[list[Cell]]
    headings: int


def table_of(element: Any, label: str, caption: str, read: ReadCell) -> Table | None:
    """The table of a ``<table>`` element, or None where it has no row under its headings."""
    grid = _grid(element, read)
    body = grid.rows[grid.headings :]
    if not body:
        return None
    width = len(grid.rows[0])
    columns = [_heading([row[index][0] for row in grid.rows[: grid.headings]]) for index in range(width)]
    return Table(
        label,
        caption,
        _distinct(columns),
        tuple(tuple(text for text, _ in row) for row in body),
        tuple(_cited(row) for row in body),
    )


def _grid(element: Any, read: ReadCell) -> _Grid:
    lines = [line for line in element.iter("tr") if next(line.iterancestors("table")) is element]
    headed = {index for index, line in enumerate(lines) if line.getparent().tag == "thead"}
    headings = len(headed) or len(list(takewhile(_all_headings, lines)))
    rows = _spread(lines, read)
    width = max(map(len, rows), default=0)
    return _Grid([[row.get(i, ("", ())) for i in range(width)] for row in rows], headings) if width else _NONE


def _all_headings(line: Any) -> bool:
    cells = [cell for cell in line if cell.tag in ("td", "th")]
    return bool(cells) and all(cell.tag == "th" for cell in cells)


def _spread(lines: list[Any], read: ReadCell) -> list[dict[int, Cell]]:
    """For each row its cells by column, each cell in all places that it spans."""
    rows: list[dict[int, Cell]] = [{} for _ in lines]
    count = 0
    for number, line in enumerate(lines):
        column = 0
        for element in line:
            if element.tag not in ("td", "th"):
                continue
            cell = read(element)
            while column in rows[number]:
                column += 1
            across, down = _span(element, "colspan"), _span(element, "rowspan")
            count += across * min(down, len(rows) - number)
            if count > _MOST_CELLS or column + across > _WIDEST:
                return rows
            for row in rows[number : number + down]:
                row.update(dict.fromkeys(range(column, column + across), cell))
    return rows


def _span(element: Any, name: str) -> int:
    printed = (element.get(name) or "1").strip()
    return min(max(int(printed), 1), _MOST_CELLS) if printed.isdecimal() and len(printed) < 9 else 1


def _heading(parts: Iterable[str]) -> str:
    """The headings above a column from top to bottom, those that span rows once."""
    return " / ".join(dict.fromkeys(part for part in parts if part))


def _distinct(columns: Iterable[str]) -> tuple[str, ...]:
    """Names that are told apart: an empty one by its place, a repeated one by a number."""
    names: list[str] = []
    for index, column in enumerate(columns, 1):
        name, number = column or f"column {index}", 2
        while name in names:
            name, number = f"{column or f'column {index}'} ({number})", number + 1
        names.append(name)
    return tuple(names)


def _cited(row: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for _, references in row for r in references for c in r.curies))


_NONE: Final = _Grid([], 0)
