"""Cells of a list that prints their common head once: "M1 and M2 macrophages", "T and B cells"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from extractor.rules.loader import word_class
from extractor.types import Mention

_JOINED = re.compile(
    r"(?P<last>,?\s(?:and|or|as well as|and/or|but not(?: from)?|rather than|to|versus|vs\.?)\s|\s?/\s?)"
    r"|(?P<comma>,\s)"
)
_BEFORE = re.compile(r"(?<![\w/)-])(?:\w[\w+/'’−-]*\s){0,3}\w[\w+/'’−-]*$")
_FROM = re.compile(r"\bfrom\s(?:the\s)?\S+(?:\s\S+)?$", re.I)
_MARKER = re.compile(r"CD\d+\w?[+−-]?|M[012][a-c]?|N[12]|Th\d+|[TB]|NK|Ly6[CG]\w*|(?i:FOXP3)[+−-]?")
_LAYERS = frozenset(
    ["epithelial", "endothelial", "mesenchymal", "stromal", "immune", "tumor", "tumour", "cancer"]
)
"""Cells of one place differ in these: "tumor and immune cells", but "the lung and endothelial cells"."""
_ARTICLE = re.compile(r"\b(?:the|an?)\s$", re.I)
_KINDS = ("tissue", "disease", "modifier")


def shared_heads(text: str, cells: Sequence[Mention]) -> Iterator[Mention]:
    """The earlier members of such lists; ``name`` is what each would be called alone.

    >>> from extractor.components.cells import find_cells
    >>> [m.name for m in find_cells("We grew M1 and M2 macrophages.")]
    ['M1 macrophages', 'M2 macrophages']
    """
    named = [c for c in cells if c.label == "CELL"]
    taken = {i for c in named for i in range(c.start, c.end)}
    for cell in named:
        member = _before(text, cell.start, cell, last=True)
        while member and taken.isdisjoint(range(member.start, member.end)):
            yield member
            member = _before(text, member.start, cell, last=False)


def _before(text: str, at: int, cell: Mention, last: bool) -> Mention | None:
    """The member in front of ``at``: joined by "and" or a slash, those before it by commas."""
    joined = next((m for m in _JOINED.finditer(text, max(at - 16, 0), at) if m.end() == at), None)
    if joined is None or (joined["last"] is None) == last:
        return None
    words = _BEFORE.search(text[max(joined.start() - 60, 0) : joined.start()])
    if words and joined.group().strip() == "to" and not _FROM.search(words.group()):
        return None
    return _member(text, words.group(), joined.start(), cell) if words else None


def _member(text: str, before: str, end: int, cell: Mention) -> Mention | None:
    """The modifiers that end at ``end``, where the last is of one kind with a modifier of the cell."""
    own, words = cell.text.split(), before.split()
    if words[-1].endswith("-"):
        rest = own[0].partition("-")[2]
        short = " ".join(words[-2:])
        short = short if short[:-1].lower() in _known() else words[-1]  # bone marrow-
        return _named(text, end - len(short), end, "", [rest, *own[1:]]) if rest else None
    kinds = _kinds(words[-1])
    same = [i for i, word in enumerate(own[:-1]) if kinds & _kinds(word)]
    if not same:
        return None
    if words[-1].lower() in cell.text.lower().split():
        return None  # "cancer and cancer stem cells"
    while not all(map(_kinds, words)):
        words = words[1:]
    start = end - len(" ".join(words))
    if len(words) == 1 and "tissue" in kinds and _ARTICLE.search(text, 0, start):
        return None  # "in the heart and cardiac fibroblasts"
    return _named(text, start, end, " ", own[same[0] + 1 :])


def _named(text: str, start: int, end: int, joint: str, rest: Sequence[str]) -> Mention:
    return Mention("CELL", start, end, text[start:end], f"{text[start:end]}{joint}{' '.join(rest)}")


@cache
def _known() -> Mapping[str, str]:
    return {word.lower(): kind for kind in reversed(_KINDS) for word in word_class("cell_words.tsv", kind)}


def _kinds(word: str) -> frozenset[str]:
    """What a modifier tells: place, tumour, layer, marker or state; empty for words that are no modifier."""
    if _MARKER.fullmatch(word):
        return frozenset({"marker"})
    if "-" in word and word.rpartition("-")[2] in word_class("cell_words.tsv", "state"):
        return frozenset({"modifier"})
    layer = {"layer"} if word.lower() in _LAYERS else set()
    known = {_known().get(word.lower(), "")} - {"", *({"tissue", "modifier"} if layer else ())}
    return frozenset(known | layer)
