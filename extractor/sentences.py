"""Sentence boundaries for abstracts: quick, and aware that a sentence may start with ``miR-21``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from extractor.types import Section

_END = re.compile(r"[.!?][\"'”’)\]]*(?:\s+|(?=[A-Z][a-z]+[\s,]))|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:et al|e\.g|i\.e|vs|cf|Fig|Figs|No|Dr|Prof|approx|ca|resp|viz|sp|spp|subsp|var|Ref|Refs|Eq|St|"
    r"Mt|Inc|Ltd|Co|max|min|conc|temp|wt|vol|p|n|h|s|d|mo|yr|i\.p|i\.v|s\.c|E|S|C|U\.S)|\b[A-Z])\.$"
)
_STARTS = re.compile(
    r"[\"'“‘(\[]?(?:[A-Z0-9Α-Ωα-ω]|mi-?R|micro|let-7|lin-4|m[A-Z]|i[A-Z]|h[A-Z]|pre-|ex[- ]|c-[A-Z]|si?RNA|"
    r"p\d\d|lnc|circ|sh?RNA|cells? )"
)

_INITIAL = re.compile(r"\b[A-Z]\.$")
_OPENS = re.compile(
    r"(?:In|The|We|This|These|Those|Here|However|Moreover|Furthermore|Additionally|Finally|Next|It|They|Both|By|When"
    r"|While|After|Our|Thus|Then|Hence|As|For|To|On|At|From|With|Conversely|Similarly|Therefore|Consistently)"
    r"(?:,? [\w(]|, )"
)
"""Words that open a sentence behind "RNase A." or "vitamin C."; a name follows an initial: "J. Smith"."""


def split_sentences(text: str, sections: Iterable[Section] = ()) -> tuple[tuple[int, int], ...]:
    """Spans ``(start, end)`` of the sentences, white space trimmed; none crosses a section's edge.

    >>> [t[a:b] for t in ["It rose. miR-21 fell (p. 3)."] for a, b in split_sentences(t)]
    ['It rose.', 'miR-21 fell (p. 3).']
    """
    edges = sorted({0, len(text), *(s.start for s in sections), *(s.end for s in sections)})
    spans: list[tuple[int, int]] = []
    for left, right in pairwise(edges):
        spans.extend(_split_block(text, left, right))
    return tuple(spans)


def _split_block(text: str, left: int, right: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = depth_from = left
    for match in _END.finditer(text, left, right):
        before, after = text[start : match.end()].rstrip(), text[match.end() : right]
        if "\n" not in match.group():
            opens = _INITIAL.search(before) and _OPENS.match(after)
            if (_ABBREVIATION.search(before) and not opens) or (after and not _STARTS.match(after)):
                continue
            inside = text[depth_from : match.start()]
            if inside.count("(") > inside.count(")") and inside.rfind("(") > len(inside) - 200:
                continue
        _append(spans, text, start, match.end())
        start = depth_from = match.end()
    _append(spans, text, start, right)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if piece.strip():
        spans.append((start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())))
