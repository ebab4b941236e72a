"""What one relation is about: the stretch of the document that reports it, and the mentions of its slots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from extractor.context.conditions import Condition, find_conditions
from extractor.context.cue_rules import Hit, find_cues, find_sorters
from extractor.context.species import Named, find_named
from extractor.context.view import Span, View
from extractor.relations.analysis import Analysis, Finding
from extractor.text import Reading
from extractor.types import Cue, Document, Mention, Relation, Slot

_CELLS = ("CELL", "TISSUE")
_ENDS = re.compile(r"(?<=\d)[a-z](?:-[35]p)?$|-[35]p$")
"""The letter and the arm of a miRNA's name, which authors sometimes leave out."""
_GENERIC = re.compile(r"(?:^|-\w+ |donor |parental |treated )cells?$", re.I)
"""A cell without a name of its own: "ceramide-treated cells"."""


class Source:
    """One analysed document, for all of its relations: what is looked for is looked for once."""

    def __init__(self, document: Document, reading: Reading, analysis: Analysis) -> None:
        self.document, self.reading, self.analysis = document, reading, analysis
        self._by_span = {reading.original(m.start, m.end): m for m in analysis.mentions}
        self._finding = {m: f for f in analysis.findings for m in f.mentions}

    @cached_property
    def view(self) -> View:
        """The text with all names; of a gene that is a sorting protein the latter is what counts."""
        sorters = find_sorters(self.analysis.text)
        names = sorted([*self.analysis.mentions, *sorters], key=lambda m: m.start)
        return View(self.analysis.text, (Span(s.start, s.end) for s in self.analysis.sentences), names)

    @cached_property
    def hits(self) -> Mapping[int, list[Hit]]:
        """The matches of rules in each sentence."""
        return _by_sentence((hit.sentence, hit) for hit in find_cues(self.view))

    @cached_property
    def conditions(self) -> Mapping[int, list[Condition]]:
        """The conditions that each sentence states."""
        return _by_sentence((self.view.sentence_at(c.start), c) for c in find_conditions(self.view))

    @cached_property
    def species(self) -> Mapping[int, list[Named]]:
        """What tells a species in each sentence."""
        return _by_sentence((self.view.sentence_at(n.start), n) for n in find_named(self.view))

    @cached_property
    def releasing(self) -> frozenset[Mention]:
        """Cells that are said to release vesicles."""
        return frozenset(
            m for f in self.analysis.facts if f.kind == "RELEASES" and not f.negated for m in f.left
        )

    def mention(self, slot: Slot | None) -> Mention | None:
        """The mention that a slot was filled with."""
        return None if slot is None else self._by_span.get((slot.start, slot.end))

    def finding(self, mention: Mention | None) -> Finding | None:
        return None if mention is None else self._finding.get(mention)

    @cached_property
    def _firsts(self) -> list[int]:
        """The number of the first sentence of each finding; one without names has that of the next."""
        firsts, following = [], len(self.view.sentences)
        for finding in reversed(self.analysis.findings):
            if finding.mentions:
                following = max(self.view.sentence_at(finding.mentions[0].start), 0)
            firsts.append(following)
        return [0, *reversed(firsts[:-1])]

    def inside(self, finding: Finding) -> range:
        """The numbers of the sentences from a finding's first up to the next finding's."""
        edges = [*self._firsts, len(self.view.sentences)]
        number = next(n for n, one in enumerate(self.analysis.findings) if one is finding)
        return range(edges[number], edges[number + 1])

    def cue(self, start: int, end: int, name: str, rule: str, curie: str | None = None) -> Cue:
        """A stretch of the reading as a cue of the document."""
        sentence = self.view.sentences[max(self.view.sentence_at(start), 0)]
        first, last = self.reading.original(start, end)
        around = self.reading.original(*sentence)
        return Cue(name, self.document.text[first:last], first, last, *around, rule, curie)


Found = TypeVar("Found")


def _by_sentence(found: Iterable[tuple[int, Found]]) -> Mapping[int, list[Found]]:
    groups: dict[int, list[Found]] = {}
    for number, one in found:
        groups.setdefault(number, []).append(one)
    return groups


@dataclass(frozen=True)
class Scope:
    """One relation in its source. ``inside`` are the numbers of the sentences that report it."""

    relation: Relation
    source: Source
    finding: Finding
    mirna: frozenset[Mention]
    donor: tuple[Mention, ...]
    recipient: tuple[Mention, ...]
    giving: frozenset[Mention]
    """Further names of the donor: its vesicles, and generic cells that release vesicles."""
    inside: range

    @property
    def view(self) -> View:
        return self.source.view

    def within(self, found: Mapping[int, list[Found]]) -> list[Found]:
        """What was found in the sentences of the relation's finding, in their order."""
        return [one for number in self.inside for one in found.get(number, ())]

    def names_mirna(self, sentence: int) -> bool:
        """Whether a sentence names the relation's miRNA."""
        first, last = self.view.sentences[sentence]
        return any(first <= m.start < last for m in self.mirna)

    def names_other(self, sentence: int) -> bool:
        """Whether a sentence names only other miRNAs."""
        found = self.view.names_in(*self.view.sentences[sentence], "MIRNA")
        return bool(found) and not self.mirna.intersection(found)

    def states(self, sentence: int) -> bool:
        """Whether a sentence is evidence of the relation, or names its miRNA."""
        first, _ = self.source.reading.original(*self.view.sentences[sentence])
        return self.names_mirna(sentence) or any(e.start == first for e in self.relation.evidence)


def scope_of(relation: Relation, source: Source) -> Scope | None:
    """The scope of a relation; None for one whose miRNA is not among the document's mentions."""
    mention = source.mention(relation.mirna)
    finding = source.finding(mention)
    if mention is None or finding is None:
        return None
    donor = _cells(relation.donor, finding, source)
    recipient = _cells(relation.recipient, finding, source)
    shared = set(donor) & set(recipient)
    if shared:  # one name for both: those whose vesicles are spoken of are donors
        donor = tuple(m for m in donor if m in source.releasing or m not in shared)
        recipient = tuple(m for m in recipient if m not in source.releasing or m not in shared)
    giving = _giving(donor, finding, source)
    return Scope(
        relation,
        source,
        finding,
        _same_mirna(mention, finding),
        donor,
        recipient,
        giving,
        source.inside(finding),
    )


def _giving(donor: tuple[Mention, ...], finding: Finding, source: Source) -> frozenset[Mention]:
    """The vesicles of the donor, and cells that release vesicles under no name of their own."""
    keys = {finding.entities.of.get(m, "") for m in donor}
    vesicles = {v for v, p in finding.populations.of.items() if keys & set(p.donors)}
    return frozenset(vesicles | {m for m in source.releasing if _GENERIC.search(m.text)})


def _same_mirna(mention: Mention, finding: Finding) -> frozenset[Mention]:
    """All mentions of a miRNA, also those that leave out its letter or arm: "miR-146" for miR-146a."""
    entity = finding.entities.get(mention)
    own = entity.mentions if entity else [mention]
    names = {m.name for m in own}
    shorter = {short for name in names for end in _ENDS.finditer(name) if (short := name[: end.start()])}
    return frozenset(m for m in finding.mentions if m in own or (m.label == "MIRNA" and m.name in shorter))


def _cells(slot: Slot | None, finding: Finding, source: Source) -> tuple[Mention, ...]:
    """All mentions of the finding that bear a name of the slot."""
    own = source.mention(slot)
    if slot is None:
        return ()
    names = {slot.text, *slot.forms, own.text if own else slot.text}
    return tuple(m for m in finding.mentions if m.label in _CELLS and m.text in names)
