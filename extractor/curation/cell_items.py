"""The names inside a table cell: 'miR-21, −278e, and − 143' holds three miRNAs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

EMPTY: Final = frozenset({"", "-", "–", "—", "−", "n/a", "na", "none", "nd", "unknown", "?"})
_SPLIT: Final = re.compile(r"\s*(?:[,;|]|(?<![\w-])and(?!\w)|&)\s*")
_SHORT: Final = re.compile(r"^[-–—−]\s*(?=\d)|^(?=\d)")
_STEM: Final = re.compile(r"^(?:\w{3,4}-)?(?:miR|let|microRNA|miRNA)s?-?", re.IGNORECASE)
_DASH: Final = re.compile(r"\s*[–—−]\s*")


@dataclass(frozen=True, slots=True)
class Item:
    """One name: as printed, its place in the cell, and the full name that it stands for."""

    text: str
    start: int
    name: str


def items(cell: str, label: str) -> Iterator[Item]:
    """The names of a cell in order; placeholders for 'nothing' are left out.

    >>> [i.name for i in items("miR-21 and -29a", "MIRNA")]
    ['miR-21', 'miR-29a']
    """
    start = 0
    stem = ""
    for part in _SPLIT.split(cell):
        start = cell.index(part, start)
        if part.strip().casefold() not in EMPTY:
            name, stem = _full_name(part.strip(), stem) if label == "MIRNA" else (part.strip(), "")
            yield Item(part, start, name)
        start += len(part)


def _full_name(part: str, stem: str) -> tuple[str, str]:
    """A miRNA's whole name and the stem that the next short one takes over."""
    own = _STEM.match(part)
    if own:
        return _DASH.sub("-", part), own.group().rstrip("-") + "-"
    if stem and _SHORT.match(part):
        return stem + _DASH.sub("-", _SHORT.sub("", part)), stem
    return _DASH.sub("-", part), stem


def replaced(cell: str, item: Item, name: str) -> str:
    """The cell with an item renamed; a short printing ('−278e') stays short."""
    if item.text.strip() == item.name:
        new = name
    else:
        new = item.text.replace(_STEM.sub("", item.name), _STEM.sub("", name))
    return cell[: item.start] + new + cell[item.start + len(item.text) :]
