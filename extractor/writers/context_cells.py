"""The context of a relation as cells of a table, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from extractor.types import CUES, RelationContext

DETAILS: Final = ("curie", "text", "start", "end", "sentence_start", "sentence_end", "rule")
"""What a cue has beside its name, each in a column ``ATTRIBUTE_DETAIL``."""
COLUMNS: Final = (
    "phenotype_direction",
    *CUES,
    *(f"{attribute}_{detail}" for attribute in CUES for detail in DETAILS),
)
_NUMBERS: Final = frozenset({"start", "end", "sentence_start", "sentence_end"})

Record = dict[str, Any]
Values = list[str | None]


def empty() -> Record:
    """The context of a record that was written before contexts were."""
    return RelationContext().to_record()


def context_cells(context: Record | None, join: Callable[[Values], str]) -> dict[str, str]:
    """All columns of a context; ``join`` makes a cell of several values, of which a CURIE may be None."""
    context = context or empty()
    cells = {"phenotype_direction": context["phenotype_direction"] or ""}
    for attribute in CUES:
        cues = context[attribute]
        cells[attribute] = join([cue["name"] for cue in cues])
        for detail in DETAILS:
            values = [cue[detail] for cue in cues]
            cells[f"{attribute}_{detail}"] = join([None if v is None else str(v) for v in values])
    return cells


def context_record(row: Mapping[str, str], split: Callable[[str], Values]) -> Record:
    """The context that :func:`context_cells` made the row of; empty for a row without its columns."""
    context = empty()
    context["phenotype_direction"] = row.get("phenotype_direction") or None
    for attribute in CUES:
        if row.get(attribute):
            columns = [split(row[attribute]), *(split(row[f"{attribute}_{detail}"]) for detail in DETAILS)]
            context[attribute] = [_cue(*values) for values in zip(*columns, strict=True)]
    return context


def _cue(name: str | None, *values: str | None) -> Record:
    details = dict(zip(DETAILS, values, strict=True))
    numbers = {detail: int(value) for detail, value in details.items() if detail in _NUMBERS and value}
    return {"name": name, **details, **numbers}
