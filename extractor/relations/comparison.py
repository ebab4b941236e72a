"""What a finding is compared with: "higher than in LO2 cells", "whereas exosomes of hepatocytes did not".

The rules mark it (``COMPARED``); nothing else that they state of it counts: it is said to lack what is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.relations.surface import RawFact
from extractor.types import Mention

COMPARED = "COMPARED"


def without_compared(facts: Sequence[RawFact]) -> Iterator[RawFact]:
    """The facts without what is only compared with; cells of which the vesicles are, are so themselves."""
    out = compared(facts)
    if not out:
        yield from facts
        return
    for fact in facts:
        if fact.kind == COMPARED or fact.negated:
            yield fact
            continue
        if fact.kind == "RELEASES" and out.issuperset(fact.right):
            yield RawFact(COMPARED, fact.left, fact.left, fact.sentence, fact.rule)
        left, right = _others(fact.left, out), _others(fact.right, out)
        if left and right:
            yield replace(fact, left=left, right=right)


def compared(facts: Iterable[RawFact]) -> frozenset[Mention]:
    """The names that some fact marks."""
    return frozenset(m for f in facts if f.kind == COMPARED for m in f.left)


def _others(members: Sequence[Mention], out: frozenset[Mention]) -> tuple[Mention, ...]:
    return tuple(m for m in members if m not in out)
