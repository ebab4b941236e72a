"""Maximum one-to-one matching of two small lists (augmenting paths, not greedy)."""

from __future__ import annotations

from collections.abc import Sequence


def match(edges: Sequence[Sequence[int]], n_right: int) -> dict[int, int]:
    """A largest matching of left to right.

    ``edges[i]`` holds the right indices that left ``i`` may take, best first; the result maps left to right.
    Lefts are served in order, and one that has a partner keeps having one: so among the largest matchings
    the result serves early lefts first.
    """
    partner: dict[int, int] = {}
    for left in range(len(edges)):
        _augment(left, edges, partner, set())
    if any(not 0 <= right < n_right for right in partner):
        raise ValueError(f"an edge points outside the {n_right} right items")
    return {left: right for right, left in sorted(partner.items(), key=lambda pair: pair[1])}


def _augment(left: int, edges: Sequence[Sequence[int]], partner: dict[int, int], seen: set[int]) -> bool:
    for right in edges[left]:
        if right in seen:
            continue
        seen.add(right)
        if right not in partner or _augment(partner[right], edges, partner, seen):
            partner[right] = left
            return True
    return False
