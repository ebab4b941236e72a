"""A text on its way to a reading, and the edits that every layout makes to it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from extractor.types import Section

Edit = tuple[int, int, str]
"""Replace ``[start, end)`` by a string, every character of which maps to ``start``."""


@dataclass(frozen=True)
class Draft:
    """A text on its way to a reading; ``sources`` are the document offsets of its characters."""

    text: str
    sources: Sequence[int]
    sections: tuple[Section, ...]


def edit(draft: Draft, edits: Sequence[Edit]) -> Draft:
    """The draft with the edits made, which are in order and do not overlap."""
    if not edits:
        return draft
    pieces, sources, position = [], array("L"), 0
    for start, end, new in edits:
        pieces += [draft.text[position:start], new]
        sources.extend(draft.sources[position:start])
        sources.extend([draft.sources[start]] * len(new))
        position = end
    pieces.append(draft.text[position:])
    sources.extend(draft.sources[position:])
    moved = mover(edits)
    sections = (Section(s.label, moved(s.start), moved(s.end)) for s in draft.sections)
    return Draft("".join(pieces), sources, tuple(s for s in sections if s.start < s.end))


def mover(edits: Sequence[Edit]) -> Callable[[int], int]:
    """From an offset before the edits to the one after; from inside an edit, to its start."""
    starts = [start for start, _, _ in edits]
    shifts = [0, *accumulate(len(new) - (end - start) for start, end, new in edits)]

    def moved(offset: int) -> int:
        before = bisect_left(starts, offset)
        inside = before > 0 and offset < edits[before - 1][1]
        return starts[before - 1] + shifts[before - 1] if inside else offset + shifts[before]

    return moved
