"""Which miRNAs vesicles carry: stated, named beside them, or tied to vesicles of the sentences before."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.relations.fact_index import FactIndex, mirnas
from extractor.relations.surface import RawFact
from extractor.types import Mention

THROUGH = frozenset({"carry.through", "dep.carry.via", "vesicle.target"})
"""Rules that say: the vesicles act by this miRNA."""


class Carrying(FactIndex):
    """Fills ``roles.carried`` and ``roles.carriers``, and the donors that follow from a weak tie."""

    def read_carries(self) -> None:
        for fact in self.of("CARRIES"):
            for mirna in mirnas(fact.right):
                for vesicle in fact.left:
                    population = self.populations.get(vesicle)
                    feature = "fluid" if population.fluid and not population.donors else "vesicle"
                    if fact.rule in THROUGH:
                        feature = "through"
                    self.roles.carried[self.key(mirna)].add(feature, fact, vesicle)
                    self.roles.carriers[self.key(mirna)].append(vesicle)

    def read_topic(self) -> None:
        """miRNAs that no sentence puts into vesicles, where the text is about the miRNAs of vesicles.

        Two weaker links: a vesicle is named in the same sentence; or "exosomal miRNAs" were the
        subject of an earlier sentence and this one lists what was found.
        """
        generic = [f for f in self.of("CARRIES") if any(m.label == "MIRNA_SET" for m in f.right)]
        for index, mentions in enumerate(self.sentences):
            unlinked = [
                m
                for m in mirnas(mentions)
                if self.key(m) not in self.linked and (index, self.key(m)) not in self.denied
            ]
            vesicles = [m for m in mentions if m.label == "VESICLE" and m not in self.made]
            earlier = [f for f in generic if f.sentence <= index]
            for mirna in unlinked:
                if vesicles:
                    self._weak_carry(
                        "cooccur", RawFact("CARRIES", (vesicles[-1],), (mirna,), index, "topic.sentence")
                    )
                elif earlier:
                    last = earlier[-1]
                    self._weak_carry("topic", RawFact("CARRIES", last.left, (mirna,), index, "topic.set"))

    def read_links(self) -> None:
        """miRNAs that a sentence ties to vesicles named before it: "This effect was mediated by miR-21"."""
        for fact in self.of("LINK"):
            vesicle = self._spoken_of(fact.sentence)
            for mirna in mirnas(fact.left):
                self._tie(vesicle, mirna, fact)
        for fact in self.of("LOADED"):
            for mirna in mirnas(fact.right):
                self._load(fact, mirna)

    def _load(self, fact: RawFact, mirna: Mention) -> None:
        """ "MSCs were transfected with miR-21. Exosomes from these cells": they are its vesicles."""
        cells = {self.key(c) for c in fact.left}
        next_ones = [
            v for s in self.sentences[fact.sentence : fact.sentence + 3] for v in s if v.label == "VESICLE"
        ]
        own = next((v for v in next_ones if cells & set(self.populations.get(v).donors)), None)
        unsaid = (v for v in next_ones[:1] if not (of := self.populations.get(v)).donors and not of.fluid)
        vague = next(unsaid, None)
        if self._tie(own or vague, mirna, fact) and not own:
            self.add_donors(fact, mirna, fact.left, "inherited")

    def _tie(self, vesicle: Mention | None, mirna: Mention, fact: RawFact) -> bool:
        free = self.key(mirna) not in self.linked and (fact.sentence, self.key(mirna)) not in self.denied
        given = fact.kind == "LINK" and (fact.sentence, mirna) in self.mimics
        if vesicle is None or not free or given:
            return False
        self._weak_carry("cooccur", RawFact("CARRIES", (vesicle,), (mirna,), fact.sentence, fact.rule))
        return True

    def _spoken_of(self, index: int) -> Mention | None:
        """The last vesicles of some cell that the two sentences before one name."""
        before = [v for s in self.sentences[max(index - 2, 0) : index] for v in s if v.label == "VESICLE"]
        return next(
            (v for v in reversed(before) if self.populations.get(v).donors and v not in self.made), None
        )

    def _weak_carry(self, feature: str, fact: RawFact) -> None:
        released = [
            c
            for f in self.of("RELEASES")
            if any(m.label == "MIRNA_SET" for m in f.right)
            for c in f.left
            if self.key(c)
        ]
        for vesicle in fact.left:
            population = self.populations.get(vesicle)
            nearest = self.populations.nearest.get(vesicle, population)
            kind = "fluid" if nearest.fluid and not nearest.donors else feature
            if (key := self.key(fact.right[0])) in self.refuted:
                continue
            self.roles.carried[key].add(kind, fact, vesicle)
            self.roles.carriers[key].append(vesicle)
            for cell in released if kind != "fluid" else ():
                self.add_donors(fact, fact.right[0], (cell,), feature)
            for donor in population.donors if kind != "fluid" else ():
                if (key, donor) in self.lacking:
                    continue
                mention = self.entities.by_key[donor].mentions[0]
                self.roles.donors[key][donor].add(feature, fact, mention)

    def add_donors(self, fact: RawFact, mirna: Mention, cells: Iterable[Mention], feature: str) -> None:
        for cell in cells:
            if (key := self.key(cell)) and "recipient" not in cell.text.lower():
                self.roles.donors[self.key(mirna)][key].add(feature, fact, cell)
