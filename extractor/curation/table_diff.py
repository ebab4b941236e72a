"""What differs between two curated tables, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from extractor.curation.curated import cells_of
from extractor.curation.rows import COLUMNS, Row

Kind = Literal["added", "removed", "changed"]
_STYLES: dict[Kind, str] = {"added": "green", "removed": "red", "changed": "yellow"}


@dataclass(frozen=True, slots=True)
class Change:
    """A row that only one table has (``column`` empty, the row in short), or a cell that differs."""

    kind: Kind
    row: str
    column: str
    old: str
    new: str

    @property
    def style(self) -> str:
        """The colour for a terminal."""
        return _STYLES[self.kind]

    def __str__(self) -> str:
        if self.kind == "changed":
            return f"~ {self.row} {self.column}: {self.old or '(empty)'} → {self.new or '(empty)'}"
        return f"{'+' if self.kind == 'added' else '-'} {self.row}: {self.new or self.old}"

    def to_record(self) -> dict[str, str]:
        """For JSON Lines."""
        return {name: getattr(self, name) for name in ("kind", "row", "column", "old", "new")}


def difference(old: Iterable[Row], new: Iterable[Row]) -> tuple[Change, ...]:
    """Rows are the same when their ids are; removed ones come where they stood, added ones at the end."""
    before, after = {row.id: row for row in old}, {row.id: row for row in new}
    changes: list[Change] = []
    for row_id, row in before.items():
        if row_id not in after:
            changes.append(Change("removed", row_id, "", row.show(), ""))
        else:
            changes += _cells(row, after[row_id])
    changes += [Change("added", i, "", "", row.show()) for i, row in after.items() if i not in before]
    return tuple(changes)


def _cells(old: Row, new: Row) -> list[Change]:
    before, after = cells_of(old), cells_of(new)
    return [
        Change("changed", old.id, column, before[column], after[column])
        for column in COLUMNS
        if before[column] != after[column]
    ]
