"""Lists that are meant one by one: "miR-21 and miR-155 target PTEN and SOCS1, respectively"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractor.relations.masking import MaskedSentence
from extractor.relations.surface import RawFact

_THERE = r"(?: (?:in|of|to|into|from|within|by) (?:[\w-]+ ){0,3}(?P<there><[A-Z]\d+>))?"
_IN_ORDER = re.compile(
    rf"(?P<before><[A-Z]\d+>){_THERE}[^<;]{{0,15}}? respectively\b"
    r"|\brespectively (?:[\w-]+ ){1,3}(?P<after><[A-Z]\d+>)",
    re.I,
)
"""The names before the word, and where it all happens; "after 2 and 4 h, respectively" is of no names."""


def in_order(facts: Iterable[RawFact], text: str, sentence: MaskedSentence) -> Iterator[RawFact]:
    """The facts of a sentence; one between two lists of one length becomes a fact for each pair.

    ``text`` is the sentence before rules shortened it.
    """
    marks = [mark for match in _IN_ORDER.finditer(text) for mark in match.groups() if mark]
    last = set(sentence.members("".join(marks)))
    for fact in facts:
        if len(fact.left) == len(fact.right) > 1 and last & {*fact.left, *fact.right}:
            for left, right in zip(fact.left, fact.right, strict=True):
                yield replace(fact, left=(left,), right=(right,))
        else:
            yield fact
