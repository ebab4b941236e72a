"""Members of a set: where vesicles carry "miRNAs", they carry those that the sentence names among them.

"58 miRNAs were found in exosomes, among which miR-21 was the most abundant".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.relations.surface import RawFact
from extractor.types import Mention

MEMBER = "MEMBER"
_SHARED = frozenset({"CARRIES", "RELEASES"})
"""What is said of the set and then holds of its members."""


def with_members(facts: Sequence[RawFact]) -> Iterator[RawFact]:
    """The facts of a sentence; what is said of a set, of its members too."""
    members = _members(facts)
    for fact in facts:
        yield fact
        if fact.kind in _SHARED and (named := _named(fact.right, members)):
            yield replace(fact, right=named)


def _members(facts: Sequence[RawFact]) -> dict[Mention, list[Mention]]:
    members: dict[Mention, list[Mention]] = defaultdict(list)
    for fact in facts:
        if fact.kind == MEMBER and not fact.negated:
            for whole in fact.left:
                if whole.label == "MIRNA_SET":
                    members[whole] += fact.right
    return members


def _named(said: Sequence[Mention], members: dict[Mention, list[Mention]]) -> tuple[Mention, ...]:
    """The members of sets that are said; a fact that names them itself needs no other."""
    named = (m for whole in said for m in members.get(whole, ()))
    return tuple(m for m in dict.fromkeys(named) if m not in said)
