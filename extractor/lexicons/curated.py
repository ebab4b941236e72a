"""The curated overrides in ``extractor/rules/lexicon``: small reviewed TSV files.

Every file has a header line, ``#`` comments and a ``reason`` column that no row may leave empty.
All problems of a file are reported at once.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent.parent / "rules" / "lexicon"

Row = dict[str, str]


@cache
def rows(name: str, folder: Path = FOLDER) -> tuple[Row, ...]:
    """The rows of ``<folder>/<name>.tsv`` as dictionaries of its header.

    Raises ValueError that lists every broken line with file, line number and the fix.
    """
    path = folder / f"{name}.tsv"
    numbered = [
        (i, line)
        for i, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    header = numbered[0][1].split("\t")
    parsed = [(i, line.split("\t")) for i, line in numbered[1:]]
    problems = [f"{path.name}:{i}: {text}" for i, cells in parsed if (text := _problem(header, cells))]
    if problems:
        raise ValueError("; ".join(problems))
    return tuple(dict(zip(header, (c.strip() for c in cells), strict=True)) for _, cells in parsed)


def _problem(header: list[str], cells: list[str]) -> str:
    if len(cells) != len(header):
        return f"{len(cells)} cells, the header has {len(header)} ({', '.join(header)})"
    if "reason" in header and not cells[header.index("reason")].strip():
        return "the reason is empty; say why, or name the source"
    return ""


def listed(cell: str) -> tuple[str, ...]:
    """A '; ' separated cell."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())
