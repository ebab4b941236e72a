"""Mentions that somebody else has found, in place of our own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.components.mirna import find_mirnas
from extractor.text import Reading
from extractor.types import Mention

GIVEN = frozenset({"MIRNA", "GENE"})


def with_given(reading: Reading, found: Sequence[Mention], given: Sequence[Mention]) -> tuple[Mention, ...]:
    """The given miRNAs and genes (document offsets) in the reading, with whatever else was found beside them.

    A miRNA without a name gets the normal one. Raises ValueError where a mention has another label, overlaps
    the next one, or stands in what is not read.
    """
    placed = sorted((_placed(reading, m) for m in given), key=lambda m: m.start)
    for one, other in pairwise(placed):
        if one.end > other.start:
            raise ValueError(f"given mentions overlap: '{one.text}' and '{other.text}' at {other.start}")
    free = [
        m for m in found if m.label not in GIVEN and all(m.end <= g.start or m.start >= g.end for g in placed)
    ]
    return tuple(sorted([*placed, *free], key=lambda m: m.start))


def _placed(reading: Reading, mention: Mention) -> Mention:
    if mention.label not in GIVEN:
        raise ValueError(f"a given mention must be MIRNA or GENE, not {mention.label}: '{mention.text}'")
    start = bisect_left(reading.sources, mention.start)
    end = bisect_left(reading.sources, mention.end)
    if start >= end:
        raise ValueError(f"'{mention.text}' at {mention.start} stands in what is not read")
    text = reading.text[start:end]
    return replace(mention, start=start, end=end, text=text, name=mention.name or _name(mention.label, text))


def _name(label: str, text: str) -> str:
    """The normal name of a miRNA; a gene's in lower case: enough to tell the same name from another."""
    if label == "MIRNA":
        found = find_mirnas(text)
        return found[0].name if found else text.strip()
    return text.strip().lower()
