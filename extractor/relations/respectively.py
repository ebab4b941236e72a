"""Lists that are meant one by one: "miR-21 and miR-155 target PTEN and SOCS1, respectively"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractor.relations.masking import MaskedSentence
from extractor.relations.surface import RawFact

_IN_ORDER = re.compile(r"(<[A-Z]\d+>)[^<;]{0,15}? respectively\b", re.I)
"""The last name before the word; "after 2 and 4 h, respectively" is of no names."""


def in_order(facts: Iterable[RawFact], text: str, sentence: MaskedSentence) -> Iterator[RawFact]:
    """The facts of a sentence; one between two lists of one length becomes a fact for each pair.

    ``text`` is the sentence before rules shortened it.
    """
    last = {m for match in _IN_ORDER.finditer(text) for m in sentence.members(match.group(1))}
    for fact in facts:
        if len(fact.left) == len(fact.right) > 1 and last & {*fact.left, *fact.right}:
            for left, right in zip(fact.left, fact.right, strict=True):
                yield replace(fact, left=(left,), right=(right,))
        else:
            yield fact
