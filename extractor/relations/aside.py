"""Names that take no part in what a sentence tells: what is compared with, an origin, a product, a victim.

"Higher than in LO2 cells", "whereas those of hepatocytes did not", "differentiation of monocytes to MDSCs".
The rules mark them (``ASIDE``), and nothing else that they state of them in this place counts. Two names may
also be tied by something else than carriage: "miR-21 slows the release of exosomes" (``UNTIED``).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.relations.surface import RawFact
from extractor.types import Mention

ASIDE = "ASIDE"


def without_asides(facts: Sequence[RawFact]) -> Iterator[RawFact]:
    """The facts without what stands aside; so do cells, where their vesicles do."""
    facts = _unclaimed([*_tied(facts)])
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


_GIVING = frozenset({"CARRIES", "RELEASES"})
APART = frozenset({"UNTIED", "LOWERS"})
"""Kinds of facts that tie vesicles to a miRNA that they change or that changes them: not their cargo."""
_LOOSE = frozenset({"carry.through", "carry.verb", "dep.carry", "dep.carry.via", "vesicle.target"})
"""Rules that look past what stands between vesicles and a miRNA: another RNA that catches it, for one."""


def _tied(facts: Sequence[RawFact]) -> Iterator[RawFact]:
    """The facts without carriage between vesicles and a miRNA of which the sentence tells something else."""
    apart = {frozenset((v, m)) for f in facts if f.kind in APART for v in f.left for m in f.right}
    caught = {m for f in facts if f.kind == "SPONGES" and _rna(f.left) and not f.negated for m in f.right}
    scant = {(x, r) for f in facts if f.kind == "SCANT" for x in f.left for r in f.right}
    for fact in facts:
        if fact.kind == "REACHES" and scant.issuperset(itertools.product(fact.left, fact.right)):
            fact = replace(fact, negated=True)  # "hardly took up the exosomes"
        if fact.kind not in _GIVING or fact.negated:
            yield fact
            continue
        loose = caught if fact.rule in _LOOSE else frozenset[Mention]()
        right = tuple(
            x for x in fact.right if x not in loose and not all(frozenset((v, x)) in apart for v in fact.left)
        )
        if right:
            yield replace(fact, right=right)


def _rna(members: Sequence[Mention]) -> bool:
    return any(m.label == "OTHER_RNA" for m in members)


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
