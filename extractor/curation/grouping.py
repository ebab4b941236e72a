"""The table as a review prints it: one line for each finding of a paper, its miRNAs and targets listed.

Nothing is lost: a finding lists exactly the combinations that its atomic rows state, and knows those rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from extractor.curation.rows import Cell, Row


@dataclass(frozen=True, slots=True)
class Finding:
    """Atomic rows that differ in miRNA and target alone: every one of its miRNAs with every target."""

    rows: tuple[Row, ...]

    @property
    def shared(self) -> Row:
        """What all rows say: the first one without id, miRNA, target, effect and note."""
        return _shared(self.rows[0])

    @property
    def mirnas(self) -> tuple[Cell, ...]:
        """In the order in which the rows name them."""
        return tuple(dict.fromkeys(row.mirna for row in self.rows))

    @property
    def targets(self) -> tuple[tuple[Cell, str], ...]:
        """Each target with the effect on it; empty where the rows name none."""
        return tuple(dict.fromkeys((row.target, row.effect) for row in self.rows if row.target != Cell()))

    @property
    def notes(self) -> tuple[str, ...]:
        """The rows' notes, each once."""
        return tuple(dict.fromkeys(row.note for row in self.rows if row.note))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the atomic rows."""
        return tuple(row.id for row in self.rows)

    @property
    def label(self) -> str:
        """A short name: the one id, or the stem that all ids share (``7`` for 7.1 and 7.2)."""
        stems = {row.id.rpartition(".")[0] for row in self.rows}
        return (
            stems.pop() if len(stems) == 1 and len(self.rows) > 1 and "" not in stems else ", ".join(self.ids)
        )


def findings(rows: Iterable[Row]) -> tuple[Finding, ...]:
    """The rows as findings, in the order of each finding's first row.

    Rows belong together when they agree in all but id, miRNA, target, effect and note; of those, the miRNAs
    that act on the same targets in the same way stand on one line.
    """
    groups: dict[tuple[Row, str | None], list[Row]] = {}
    for row in rows:
        # What names no target is no part of a list of targets.
        untargeted = row.effect if row.target == Cell() else None
        groups.setdefault((_shared(row), untargeted), []).append(row)
    found = [finding for members in groups.values() for finding in _products(members)]
    return tuple(found)


def ungrouped(grouped: Iterable[Finding]) -> tuple[Row, ...]:
    """The atomic rows again, finding by finding."""
    return tuple(row for finding in grouped for row in finding.rows)


def _shared(row: Row) -> Row:
    return replace(row, id="", mirna=Cell(), target=Cell(), effect="", note="")


def _products(rows: list[Row]) -> list[Finding]:
    """The rows parted so that each part is all miRNAs times all targets; a row stated twice stands alone."""
    by_mirna: dict[Cell, dict[tuple[Cell, str], Row]] = {}
    alone: list[Row] = []
    for row in rows:
        known = by_mirna.setdefault(row.mirna, {})
        if (row.target, row.effect) in known:
            alone.append(row)
        else:
            known[row.target, row.effect] = row
    parts: dict[frozenset[tuple[Cell, str]], list[Row]] = {}
    for targets in by_mirna.values():
        parts.setdefault(frozenset(targets), []).extend(targets.values())
    return [Finding(tuple(part)) for part in parts.values()] + [Finding((row,)) for row in alone]
