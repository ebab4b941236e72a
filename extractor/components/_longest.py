"""Of overlapping mentions the longest, in time that grows with the text and not with its square."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.types import Mention

Span = tuple[int, int]


def longest(mentions: Iterable[Mention], size: int, taken: Sequence[Span] = ()) -> tuple[Mention, ...]:
    """Mentions that overlap neither each other nor a taken span, longest first to choose, sorted by place.

    ``size`` is the length of the text. Among equals the leftmost, then the one with a concept, then by name.
    """
    used = bytearray(size)
    for start, end in taken:
        used[start:end] = b"\1" * (end - start)
    kept: list[Mention] = []
    order = sorted(mentions, key=lambda m: (m.start - m.end, m.start, m.concept is None, m.name))
    for found in order:
        if not any(used[found.start : found.end]):
            used[found.start : found.end] = b"\1" * (found.end - found.start)
            kept.append(found)
    return tuple(sorted(kept, key=lambda m: m.start))
