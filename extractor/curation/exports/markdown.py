"""The printed table as Markdown (the pipe tables of GitHub)."""

from __future__ import annotations

import re
from typing import Final

from extractor.curation.exports.view import HEADINGS, View

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|#~&])")


def export(view: View) -> bytes:
    """A heading, the table, and what its symbols mean."""
    lines = [f"# {escaped(view.title)}", "", _line(HEADINGS), _line(["---"] * len(HEADINGS))]
    for line in view.lines:
        *cells, reference = map(escaped, line.cells)
        lines.append(_line([*cells, f"[{reference}]({line.link})" if line.link else reference]))
    if view.legend:
        lines += ["", view.legend]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
