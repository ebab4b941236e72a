"""A document's text cut into stretches, each with the roles it plays in a relation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from extractor.curation.proposals import ROLES

SHORTEST: Final = 2
"""Letters that a name must have for its other places in the text to be marked."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text from ``start`` on; ``roles`` in the order of ``ROLES``; ``evidence``: the sentences that
    say it; ``main``: the mention that fills the slot, not another one of the same thing."""

    start: int
    text: str
    roles: tuple[str, ...] = ()
    evidence: bool = False
    main: bool = False


Span = tuple[int, int, str]
Edges = Mapping[int, list[Span]]
EVIDENCE: Final = "evidence"


def stretches(text: str, record: Mapping[str, Any]) -> tuple[Stretch, ...]:
    """The whole text in order. Offsets of the record that lie outside of it are cut off.

    >>> slot = {"text": "miR-21", "start": 0, "end": 6, "name": None, "curie": None, "forms": []}
    >>> [(s.text, s.roles) for s in stretches("miR-21, then miR-21", {"mirna": slot, "evidence": []})]
    [('miR-21', ('mirna',)), (', then ', ()), ('miR-21', ('mirna',))]
    """
    main = {(s["start"], s["end"], role) for role in ROLES if (s := record.get(role))}
    spans = [*main, *(span for span in _others(text, record) if not any(_overlap(span, m) for m in main))]
    spans += [(e["start"], e["end"], EVIDENCE) for e in record["evidence"]]
    opening: dict[int, list[Span]] = {}
    closing: dict[int, list[Span]] = {}
    for span in spans:
        start, end = (min(max(edge, 0), len(text)) for edge in span[:2])
        if start < end:
            opening.setdefault(start, []).append(span)
            closing.setdefault(end, []).append(span)
    return tuple(_between(text, sorted({0, len(text), *opening, *closing}), opening, closing, main))


def _between(
    text: str, cuts: list[int], opening: Edges, closing: Edges, main: set[Span]
) -> Iterator[Stretch]:
    over: list[Span] = []
    for start, end in pairwise(cuts):
        for span in closing.get(start, ()):
            over.remove(span)
        over += opening.get(start, ())
        kinds = {kind for *_, kind in over}
        roles = tuple(role for role in ROLES if role in kinds)
        yield Stretch(start, text[start:end], roles, EVIDENCE in kinds, any(s in main for s in over))


def _overlap(one: Span, other: Span) -> bool:
    return one[2] == other[2] and one[0] < other[1] and other[0] < one[1]


def _others(text: str, record: Mapping[str, Any]) -> Iterator[Span]:
    """Where else the text has a slot's name or another form of it, as whole words."""
    for role in ROLES:
        slot = record.get(role)
        names = {slot["text"], *slot.get("forms", ())} if slot else ()
        long_first = sorted((n for n in names if len(n) >= SHORTEST), key=lambda n: (-len(n), n))
        if long_first:
            any_of = "|".join(map(re.escape, long_first))
            for match in re.finditer(rf"(?<!\w)(?:{any_of})(?!\w)", text):
                yield match.start(), match.end(), role
