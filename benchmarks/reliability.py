"""A reliability diagram as SVG: how often relations of a confidence are right."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

SIDE, MARGIN, BINS = 320, 56, 10
_STYLE = "font:12px sans-serif;background:#fff"


def bins(predicted: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float, int]]:
    """Mean confidence, share that is right, and count of each tenth that has anything in it.

    >>> bins([0.25, 0.15, 0.95], [True, False, True])
    [(0.15, 0.0, 1), (0.25, 1.0, 1), (0.95, 1.0, 1)]
    """
    found = []
    for tenth in range(BINS):
        inside = [
            (p, r) for p, r in zip(predicted, right, strict=True) if min(int(p * BINS), BINS - 1) == tenth
        ]
        if inside:
            count = len(inside)
            found.append((sum(p for p, _ in inside) / count, sum(r for _, r in inside) / count, count))
    return found


def diagram(title: str, predicted: Sequence[float], right: Sequence[bool]) -> str:
    """The diagram; a dot's area grows with the relations behind it, which are counted beside it."""

    def x(value: float) -> float:
        return round(MARGIN + value * SIDE, 1)

    def y(value: float) -> float:
        return round(MARGIN + (1 - value) * SIDE, 1)

    middle = 'text-anchor="middle"'
    parts = [
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#888" stroke-dasharray="4"/>',
        f'<text x="{x(0.5)}" y="{MARGIN - 24}" {middle} font-weight="bold">{escape(title)}</text>',
        f'<text x="{x(0.5)}" y="{y(0) + 40}" {middle}>confidence</text>',
        f'<text transform="rotate(-90 16 {y(0.5)})" x="16" y="{y(0.5)}" {middle}>share right</text>',
    ]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(f'<text x="{x(tick)}" y="{y(0) + 18}" {middle}>{tick:g}</text>')
        parts.append(f'<text x="{MARGIN - 8}" y="{y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    for mean, share, count in bins(predicted, right):
        radius = round(3 + count**0.5 / 2, 1)
        parts.append(
            f'<circle cx="{x(mean)}" cy="{y(share)}" r="{radius}" fill="#1f6feb" fill-opacity="0.7"/>'
        )
        parts.append(f'<text x="{x(mean) + radius + 2}" y="{y(share) + 4}" fill="#333">{count}</text>')
    size = SIDE + 2 * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" style="{_STYLE}">'
        + "".join(parts)
        + "</svg>\n"
    )
