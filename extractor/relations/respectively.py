"""Lists that are meant one by one: "miR-21 and miR-155 target PTEN and SOCS1, respectively"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractor.relations.surface import RawFact

_IN_ORDER = re.compile(r"\brespectively\b", re.I)


def in_order(facts: Iterable[RawFact], text: str) -> Iterator[RawFact]:
    """The facts of a sentence; one between two lists of one length becomes a fact for each pair."""
    one_by_one = bool(_IN_ORDER.search(text))
    for fact in facts:
        if one_by_one and len(fact.left) == len(fact.right) > 1:
            for left, right in zip(fact.left, fact.right, strict=True):
                yield replace(fact, left=(left,), right=(right,))
        else:
            yield fact
