"""Names that take no part in what a sentence tells: what is compared with, an origin, a product, a victim.

"Higher than in LO2 cells", "whereas those of hepatocytes did not", "differentiation of monocytes to MDSCs".
The rules mark them (``ASIDE``), and nothing else that they state of them in this place counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.relations.surface import RawFact
from extractor.types import Mention

ASIDE = "ASIDE"


def without_asides(facts: Sequence[RawFact]) -> Iterator[RawFact]:
    """The facts without what stands aside; so do cells, where their vesicles do."""
    facts = _unclaimed(facts)
    told = asides(facts)
    facts += [
        RawFact(ASIDE, f.left, f.left, f.sentence, f.rule)
        for f in facts
        if f.kind == "RELEASES" and not f.negated and told.issuperset(f.right)
    ]
    out = asides(facts)
    for fact in facts:
        if fact.kind == ASIDE or fact.negated:
            yield fact
        elif (left := _others(fact.left, out)) and (right := _others(fact.right, out)):
            yield replace(fact, left=left, right=right)


_WEAK = frozenset({"release.collected", "release.raised.and"})


def _unclaimed(facts: Sequence[RawFact]) -> list[RawFact]:
    """Without what a loose rule says of givers, where the sentence itself names whose vesicles they are."""
    named = any(f.kind == "RELEASES" and f.rule not in _WEAK for f in facts)
    return [f for f in facts if not (named and f.rule in _WEAK)]


def asides(facts: Iterable[RawFact]) -> frozenset[Mention]:
    """The names that some fact marks."""
    return frozenset(m for f in facts if f.kind == ASIDE for m in f.left)


def _others(members: Sequence[Mention], out: frozenset[Mention]) -> tuple[Mention, ...]:
    return tuple(m for m in members if m not in out)
