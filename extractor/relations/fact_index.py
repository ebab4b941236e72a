"""The facts of one finding, indexed: what the reading of roles asks for again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extractor.relations.discourse import Populations
from extractor.relations.entities import Entities
from extractor.relations.roles import Roles
from extractor.relations.surface import RawFact
from extractor.types import Mention

SHORT = 3
"""A finding of so few sentences (one report in a review) has nothing that is far."""
UNSAID = frozenset({"LOWERS", "ASKED"})
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
        released = [f for f in facts if f.kind == "RELEASES" and not f.negated]
        given = {(f.sentence, x, c) for f in released for c in f.left for x in f.right}
        self.facts = [
            f
            for f in facts
            if not f.negated
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
        self.entities = entities
        self.populations = populations
        self.roles = Roles()
        self.named_in: dict[int, set[str]] = defaultdict(set)
        for fact in self.facts:
            self.named_in[fact.sentence] |= {self.key(m) for m in mirnas((*fact.left, *fact.right))}
        self.carried_in = {(f.sentence, self.key(m)) for f in self.of("CARRIES") for m in mirnas(f.right)}
        self.short = sum(1 for s in by_sentence if s) <= SHORT
        self.made = {v for f in self.of("MAKING") for v in f.left}
        self.linked: set[str] = set()
        self.mimics = {(f.sentence, m) for f in self.of("MIMIC") for m in f.left}
        self.hosts = self._hosts()

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
        for index, mentions in enumerate(self.sentences):
            self.roles.cells_in[index] |= {k for m in mentions if (k := self.key(m)).startswith("CELL:")}
            if any(m.label == "VESICLE" for m in mentions):
                self.roles.vesicles_in.add(index)

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
