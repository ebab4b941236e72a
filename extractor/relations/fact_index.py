"""The facts of one finding, indexed: what the reading of roles asks for again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractor.relations.aside import APART
from extractor.relations.discourse import DIRECT, Populations
from extractor.relations.entities import Entities
from extractor.relations.roles import Roles
from extractor.relations.surface import RawFact
from extractor.types import Mention

SHORT = 3
"""A finding of so few sentences (one report in a review) has nothing that is far."""
HINTS = frozenset({"carry.through", "dep.carry.via", "vesicle.target", "dep.carry.subj"})
"""Rules that are no proof that vesicles carry the miRNA."""
RISES = ("raise.", "raised.")
"""How the rules begin by which vesicles carry what rises in the cells they reach: it may be made there."""
UNSAID = APART | {"ASKED"}
"""Facts after which a sentence does not tie their miRNA to vesicles by naming both."""


def mirnas(mentions: Iterable[Mention]) -> list[Mention]:
    return [m for m in mentions if m.label == "MIRNA"]


class FactIndex:
    """The facts of one finding by what they are asked for: kind, sentence, host; and the roles to fill."""

    def __init__(
        self,
        facts: Sequence[RawFact],
        entities: Entities,
        populations: Populations,
        by_sentence: Sequence[Sequence[Mention]] = (),
    ) -> None:
        self.entities = entities
        self.populations = populations
        self.made = {v for f in facts if f.kind == "MAKING" and not f.negated for v in f.left}
        self.refuted = self._refuted(facts)
        of = entities.of
        self.lacking = {
            (of.get(m, ""), donor)
            for f in facts
            if f.kind == "LACKS"
            for v in f.left
            if populations.get(v).how == DIRECT
            for donor in populations.get(v).donors
            for m in mirnas(f.right)
        }
        """Whose vesicles are told to lack a miRNA: no mere neighbour makes them its donor."""
        facts = [kept for f in facts if (kept := self._but_hints(f)) is not None]
        apart = {of.get(m, "") for f in facts if f.kind in APART for m in mirnas(f.right)}
        released = [f for f in facts if f.kind == "RELEASES" and not f.negated]
        given = {(f.sentence, x, c) for f in released for c in f.left for x in f.right}
        self.facts = [
            f
            for f in facts
            if not f.negated
            and not (
                f.kind == "CARRIES" and f.rule.startswith(RISES) and all(of.get(m) in apart for m in f.right)
            )
            # "effects of MSCs, mediated by their exosomes": what a cell gives does not act on it there
            and not (
                f.kind == "AFFECTS" and all((f.sentence, x, c) in given for x in f.left for c in f.right)
            )
        ]
        self.denied = {
            (f.sentence, entities.of.get(m, ""))
            for f in facts
            if (f.negated and f.kind == "CARRIES") or f.kind in UNSAID
            for m in f.right
        }
        self.sentences = by_sentence
        self.by_kind: dict[str, list[RawFact]] = defaultdict(list)
        for fact in self.facts:
            self.by_kind[fact.kind].append(fact)
        self.roles = Roles()
        self.named_in: dict[int, set[str]] = defaultdict(set)
        for fact in self.facts:
            self.named_in[fact.sentence] |= {self.key(m) for m in mirnas((*fact.left, *fact.right))}
        self.carried_in = {(f.sentence, self.key(m)) for f in self.of("CARRIES") for m in mirnas(f.right)}
        self.short = sum(1 for s in by_sentence if s) <= SHORT
        self.linked: set[str] = set()
        self.otherwise = apart
        """What some sentence ties to vesicles in another way: naming both does not tell of carriage."""
        self.mimics = {(f.sentence, m) for f in self.of("MIMIC") for m in f.left}
        self.hosts = self._hosts()

    def _refuted(self, facts: Sequence[RawFact]) -> set[str]:
        """miRNAs that a sentence denies to the vesicles, where no other one states more than a hint."""
        self.aims = {f.sentence for f in facts if f.kind == "AIM"}
        stated = {
            self.key(m)
            for f in facts
            if f.kind == "CARRIES" and not f.negated and not self._is_hint(f)
            for m in f.right
        }
        lacks = [f for f in facts if f.kind == "LACKS" and not self._of_some(f)]
        return {self.key(m) for f in lacks for m in f.right} - stated - {""}

    def _of_some(self, fact: RawFact) -> bool:
        """Said of the vesicles of one cell, where the text has those of others too."""
        own = {d for v in fact.left for d in self.populations.get(v).donors}
        stated = any(self.populations.get(v).how == DIRECT for v in fact.left)
        all_of_them = {d for vesicle in self.populations.of.values() for d in vesicle.donors}
        return stated and bool(own) and not all_of_them <= own

    def _is_hint(self, fact: RawFact) -> bool:
        """It may rise where vesicles go, be looked for in them, or act on how many there are."""
        hints = fact.rule in HINTS or fact.rule.startswith(RISES)
        return hints or fact.sentence in self.aims or self.made.issuperset(fact.left)

    def _but_hints(self, fact: RawFact) -> RawFact | None:
        """A fact without the miRNAs that it only hints at and that are refuted."""
        if fact.kind != "CARRIES" or fact.negated or not self.refuted:
            return fact
        right = tuple(m for m in fact.right if self.key(m) not in self.refuted)
        return replace(fact, right=right) if right else None

    def _hosts(self) -> Mapping[Mention, list[tuple[Mention, RawFact]]]:
        hosts: dict[Mention, list[tuple[Mention, RawFact]]] = defaultdict(list)
        for fact in self.facts:
            if fact.kind == "HOST":
                for guest in fact.right:
                    if "metast" in guest.text.lower() and fact.rule == "host.compound":
                        continue  # the lung of "lung metastasis" is a place, not a recipient
                    hosts[guest] += [(cell, fact) for cell in fact.left]
        return hosts

    def read_places(self) -> None:
        """Where genes, cells and vesicles stand; needed to tell the donor's own targets apart."""
        for guest, hosts in self.hosts.items():
            if guest.label == "GENE":
                self.roles.gene_hosts[self.key(guest)] |= {self.key(cell) for cell, _ in hosts}
        self._share_places()
        for index, mentions in enumerate(self.sentences):
            self.roles.cells_in[index] |= {k for m in mentions if (k := self.key(m)).startswith("CELL:")}
            if any(m.label == "VESICLE" for m in mentions):
                self.roles.vesicles_in.add(index)

    def _share_places(self) -> None:
        """A gene hit in one of the cells reached side by side is hit in those of which none is told."""
        told = {cell for cells in self.roles.gene_hosts.values() for cell in cells}
        reached = [{self.key(c) for c in f.right} - {""} for f in (*self.of("REACHES"), *self.of("AFFECTS"))]
        for cells in self.roles.gene_hosts.values():
            beside = [group - told for group in reached if group & cells]
            cells.update(*beside)

    def read_same(self) -> None:
        """Cells that the text itself sets equal: "colorectal cancer cell lines (HCT-15, SW480)"."""
        for fact in self.of("SAME"):
            for one in fact.left:
                for number, other in enumerate(fact.right):
                    if number and fact.rule == "line.before.type" and self._of_own_type(other):
                        continue  # "the hepatoma HepG2 and lung cancer A549 cells"
                    self.roles.same.add(frozenset((self.key(one), self.key(other))))

    def _of_own_type(self, mention: Mention) -> bool:
        """A line that is named with its type: "lung cancer A549 cells", not "T47D cells"."""
        entity = self.entities.get(mention)
        return entity is not None and any(word.islower() for word in entity.words)

    def of(self, kind: str) -> list[RawFact]:
        return self.by_kind[kind]

    def key(self, mention: Mention) -> str:
        return self.entities.of.get(mention, "")
