"""The reading order of a printed page: columns one after another, what crosses them in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_FEWEST: Final = 3
_SIDE: Final = 0.2
_ACROSS: Final = 0.4
"""Shares of a page's pieces that a column has at least, and that may stand across a gutter."""
_MOST: Final = 20_000
"""Pieces of a page; no printed page has so many, and looking for columns among more takes too long."""
_NARROWEST: Final = 120
"""Points; what is narrower is not looked at for columns."""
_PLACES: Final = 200
"""Where a gutter is looked for, over the middle three fifths of a page."""
_PARAGRAPH_GAP: Final = 1.5
"""Times the usual distance of lines; wider, and a blank line is seen."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one printed line; in points, from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def beside(self, other: Piece) -> bool:
        """On the same line: at least half as high as the lower of the two in common."""
        common = min(self.top, other.top) - max(self.bottom, other.bottom)
        return common >= 0.5 * min(self.top - self.bottom, other.top - other.bottom)


def page_text(pieces: Sequence[Piece], width: float) -> str:
    """The lines of a page of that width, a blank line between blocks and where one was left in print."""
    blocks = (_block_text(_lines(block)) for block in _blocks(pieces, 0.0, width))
    return "\n\n".join(block for block in blocks if block)


def _blocks(pieces: Sequence[Piece], left: float, right: float) -> Iterator[list[Piece]]:
    """Pieces that are read together: a column, or what stands across columns, from top to bottom."""
    gutter = _gutter(pieces, left, right)
    if gutter is None:
        yield list(pieces)
        return
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    across: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: -p.top):
        crosses = piece.left < gutter < piece.right
        if across and not crosses:
            yield across
            across = []
        if not crosses:
            sides[piece.left >= gutter].append(piece)
            continue
        yield from _columns(sides, left, gutter, right)
        sides = ([], [])
        across.append(piece)
    yield across
    yield from _columns(sides, left, gutter, right)


def _columns(
    sides: tuple[list[Piece], list[Piece]], left: float, gutter: float, right: float
) -> Iterator[list[Piece]]:
    yield from _blocks(sides[0], left, gutter)
    yield from _blocks(sides[1], gutter, right)


def _gutter(pieces: Sequence[Piece], left: float, right: float) -> float | None:
    """Where few pieces cross and many stand on either side; the middle of the widest such gap."""
    enough = max(_FEWEST, _SIDE * len(pieces))
    if not 2 * enough <= len(pieces) <= _MOST or right - left < _NARROWEST:
        return None
    places = [left + (right - left) * (0.2 + 0.6 * k / _PLACES) for k in range(_PLACES + 1)]
    found: dict[int, int] = {}
    for index, x in enumerate(places):
        before = sum(p.right <= x for p in pieces)
        behind = sum(p.left >= x for p in pieces)
        across = len(pieces) - before - behind
        if before >= enough and behind >= enough and across <= _ACROSS * len(pieces):
            found[index] = across
    if not found:
        return None
    fewest = min(found.values())
    widest = max(_runs([index for index, across in found.items() if across == fewest]), key=len)
    return (places[widest[0]] + places[widest[-1]]) / 2


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _lines(block: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces of a block line by line, each from left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(block, key=lambda p: -(p.top + p.bottom)):
        if lines and lines[-1][0].beside(piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda p: p.left) for line in lines]


def _block_text(lines: Sequence[Sequence[Piece]]) -> str:
    if not lines:
        return ""
    middles = [(line[0].top + line[0].bottom) / 2 for line in lines]
    steps = [above - below for above, below in pairwise(middles)]
    usual = sorted(steps)[len(steps) // 4] if steps else 0.0  # most lines of a paragraph are that close
    text = ""
    for line, step in zip(lines, [0.0, *steps], strict=True):
        text += "\n" * (bool(text) + (step > _PARAGRAPH_GAP * usual)) + " ".join(p.text for p in line)
    return text.strip("\n")
