"""The nearest real names to a misprint: fewest edits first, then the nearest keys."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_ROWS: Final = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHIFT: Final = (0.0, 0.5, 0.75, 1.25)
_PLACE: Final = {
    key: (column + _SHIFT[row], float(row))
    for row, keys in enumerate(_ROWS)
    for column, key in enumerate(keys)
}
FAR: Final = 9.0
GAP: Final = 2.0
"""What a missing or an extra letter counts in key widths."""
SWAP: Final = 1.5
"""What two keys in the wrong order count: more than one key beside the right one."""


@dataclass(frozen=True, slots=True, order=True)
class Near:
    """A real name, how many edits away, and how far the fingers were off (in key widths)."""

    edits: int
    keys: float
    name: str

    @property
    def cost(self) -> tuple[int, float]:
        """What names are ranked by."""
        return self.edits, self.keys


def nearest(name: str, known: Iterable[str], limit: int = 3, furthest: int = 2) -> tuple[Near, ...]:
    """Up to ``limit`` known names within ``furthest`` edits, best first; case does not count.

    >>> [n.name for n in nearest("miR-233", ["miR-433", "miR-223", "miR-21"])]
    ['miR-223', 'miR-433']
    """
    wanted = name.casefold()
    costs = ((known_name, _distance(wanted, known_name.casefold(), furthest)) for known_name in known)
    ranked = sorted(Near(*cost, known_name) for known_name, cost in costs if cost is not None)
    return tuple(ranked[:limit])


def key_distance(left: str, right: str) -> float:
    """The distance of two keys on a QWERTY keyboard in key widths; ``FAR`` for keys not on it."""
    if left == right:
        return 0.0
    if left not in _PLACE or right not in _PLACE:
        return FAR
    (x1, y1), (x2, y2) = _PLACE[left], _PLACE[right]
    return round(math.hypot(x1 - x2, y1 - y2), 3)


def _distance(left: str, right: str, furthest: int) -> tuple[int, float] | None:
    """(edits, keys) of the cheapest way, swapped neighbours counting one edit; None beyond ``furthest``."""
    if abs(len(left) - len(right)) > furthest:
        return None
    previous: list[tuple[int, float]] = []
    row = [(j, GAP * j) for j in range(len(right) + 1)]
    for i, a in enumerate(left, 1):
        before, previous, row = previous, row, [(i, GAP * i)]
        for j, b in enumerate(right, 1):
            options = [
                _plus(previous[j], 1, GAP),
                _plus(row[j - 1], 1, GAP),
                _plus(previous[j - 1], int(a != b), key_distance(a, b)),
            ]
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                options.append(_plus(before[j - 2], 1, SWAP))
            row.append(min(options))
        if min(row)[0] > furthest:
            return None
    return (row[-1][0], round(row[-1][1], 3)) if row[-1][0] <= furthest else None


def _plus(cost: tuple[int, float], edits: int, keys: float) -> tuple[int, float]:
    return cost[0] + edits, cost[1] + keys
