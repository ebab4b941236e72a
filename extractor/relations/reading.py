"""Reads the facts of one finding into roles: who is said to give, carry, receive, and what is hit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from extractor.relations.carrying import Carrying
from extractor.relations.discourse import DIRECT, Populations
from extractor.relations.entities import Entities, is_generic, same_cell
from extractor.relations.fact_index import mirnas
from extractor.relations.roles import Roles
from extractor.relations.surface import RawFact
from extractor.rules.loader import read_rows
from extractor.types import Mention

STATED_TARGET = frozenset(
    {
        "target.is",
        "target.apposed",
        "target.of",
        "target.noun",
        "target.utr",
        "target.utr.after",
        "receptor",
        "target.as",
        "target.by",
        "target.verb",
        "vesicle.target",
    }
)
"""Rules that call the gene a target outright; below them a pathway's name is no target."""
MEANS = frozenset(
    {"target.by", "target.by.repress", "target.via.nominal", "target.via.compound", "target.induced"}
)
"""Rules that say how something is done: "by targeting"."""


@cache
def pathways() -> frozenset[str]:
    """Names that stand for a pathway or a read-out rather than for one target gene."""
    return frozenset(row["name"] for row in read_rows("pathways.tsv", ("name", "reason")))


class _Reader(Carrying):
    """Fills the roles; the order of the methods is the order of dependence."""

    def read_sponges(self) -> None:
        for fact in self.of("SPONGES"):
            for mirna in mirnas(fact.right):
                self.roles.sponged[self.key(mirna)].add("sponge", fact, mirna)

    # --- donors
    def read_donors(self) -> None:
        for fact in self.of("RELEASES"):
            for mirna in mirnas(fact.right):
                self.add_donors(fact, mirna, fact.left, "direct")
        for fact in self.of("CARRIES"):
            for mirna in mirnas(fact.right):
                for vesicle in fact.left:
                    self._donors_of_vesicle(fact, mirna, vesicle)

    def read_home(self) -> None:
        """ "In both cells and exosomes": the donor is the one cell that the text is about."""
        cells = [e for e in self.entities.all("CELL") if not is_generic(e)]
        if not cells or any(not same_cell(cells[0], e) and e is not cells[0] for e in cells):
            return
        for fact in self.of("HOME"):
            for mirna in mirnas(fact.right):
                self.add_donors(fact, mirna, cells[0].mentions[:1], "inherited")

    def _donors_of_vesicle(self, fact: RawFact, mirna: Mention, vesicle: Mention) -> None:
        """The donors of the vesicles that carry a miRNA: stated of this mention, or taken over."""
        population = self.populations.get(vesicle)
        stated = [r for r in population.sources if vesicle in r.right]
        cells = [c for r in stated for c in r.left if self.key(c) in population.donors]
        if cells:
            self.add_donors(fact, mirna, cells, "vesicle")
        else:
            feature = "short" if population.how == DIRECT else "inherited"
            for key in (d for d in population.donors if (self.key(mirna), d) not in self.lacking):
                first = self.entities.by_key[key].mentions[0]
                self.roles.donors[self.key(mirna)][key].add(feature, fact, first)
        for source in population.sources:
            for cell in source.left:
                if self.key(cell) in population.donors:
                    self.roles.donors[self.key(mirna)][self.key(cell)].note(source)

    # --- recipients
    def read_recipients(self) -> None:
        readers: dict[str, Callable[[RawFact], None]] = {
            "REACHES": self._reaches,
            "AFFECTS": self._reaches,
            "OUTCOME": self._outcomes,
            "TARGETS": self._target_hosts,
            "MOVES": self._gene_hosts,
            "FROMTO": self._from_to,
            "RECIPIENT": self._named,
        }
        for fact in self.facts:
            if fact.kind in readers:
                readers[fact.kind](fact)

    def _reaches(self, fact: RawFact) -> None:
        for x in fact.left:
            self._reach(fact, x, fact.right, fact.kind.lower())

    def _outcomes(self, fact: RawFact) -> None:
        for x in fact.left:
            for phenotype in fact.right:
                self._outcome(fact, x, phenotype)

    def _hosted(self, fact: RawFact) -> list[Mention]:
        """The cells in which the genes of a fact are said to stand."""
        return [cell for gene in fact.right for cell, _ in self.hosts.get(gene, ())]

    def _target_hosts(self, fact: RawFact) -> None:
        for cell in self._hosted(fact):
            for mirna in mirnas(fact.left):
                self._recipient(fact, self.key(mirna), cell, "target_host")

    def _gene_hosts(self, fact: RawFact) -> None:
        for x in fact.left:
            self._reach(fact, x, self._hosted(fact), "affects")

    def _named(self, fact: RawFact) -> None:
        for mirna in list(self.roles.carriers):
            self._recipient(fact, mirna, fact.left[0], "named_as")

    def _outcome(self, fact: RawFact, x: Mention, phenotype: Mention) -> None:
        for cell, host in self.hosts.get(phenotype, ()):
            self._reach(fact, x, (cell,), "outcome")
            for mirna in self._reached_by(x):
                if key := self.key(cell):
                    self.roles.recipients[mirna][key].note(host)
        for mirna in self._reached_by(x):
            level = "mirna" if x.label == "MIRNA" else "vesicle"
            self.roles.outcomes[mirna][self.key(phenotype)].add(level, fact, phenotype)

    def _reach(self, fact: RawFact, x: Mention, cells: Iterable[Mention], feature: str) -> None:
        """``x`` (a miRNA or vesicles) reaches or changes cells; the feature says how directly."""
        vesicle = self.populations.get(x)
        for mirna in self._reached_by(x):
            name = self._feature(fact, x, mirna, feature)
            for cell in cells:
                self._recipient(fact, mirna, cell, name)
                if vesicle.how == DIRECT:
                    self.roles.pairs[mirna] |= {(donor, self.key(cell)) for donor in vesicle.donors}

    def _feature(self, fact: RawFact, x: Mention, mirna: str, feature: str) -> str:
        if x.label != "MIRNA":
            near = self.short or mirna in self.named_in[fact.sentence]
            return f"{feature}_vesicle" + ("" if near else "_far")
        if (fact.sentence, x) in self.mimics:
            return "mimic_mirna"
        carried = feature != "reaches" and (fact.sentence, mirna) in self.carried_in
        return f"carried_{feature}_mirna" if carried else f"{feature}_mirna"

    def _recipient(self, fact: RawFact, mirna: str, cell: Mention, feature: str) -> None:
        if key := self.key(cell):
            kind = "_tissue" if cell.label == "TISSUE" else ""
            self.roles.recipients[mirna][key].add(feature + kind, fact, cell)
            if "recipient" in cell.text.lower():
                self.roles.recipients[mirna][key].features["named_recipient"] = 1

    def _reached_by(self, x: Mention) -> list[str]:
        """The miRNA itself, or the miRNAs that vesicles of the same donors carry."""
        if x.label == "MIRNA":
            return [self.key(x)]
        mine = set(self.populations.get(x).donors)  # none for "miRNAs" in general
        found = []
        for mirna, vesicles in self.roles.carriers.items():
            donors = {d for v in vesicles for d in self.populations.get(v).donors}
            fluid = not donors and any(self.populations.get(v).fluid for v in vesicles)
            if not mine or (not donors and not fluid) or self._share(mine, donors):
                found.append(mirna)
        return found

    def _share(self, some: set[str], others: set[str]) -> bool:
        """One donor stands in both, under whatever name: the vesicles of 4T1 are those of breast cancer."""
        cells = self.entities.by_key
        return bool(some & others) or any(same_cell(cells[a], cells[b]) for a in some for b in others)

    def _from_to(self, fact: RawFact) -> None:
        here = self.named_in[fact.sentence]
        near = bool(here)
        if fact.rule in ("release.interaction", "release.crosstalk") and self._from_outside(fact, here):
            return
        for mirna in here or set(self.roles.carriers):
            for donor in fact.left:
                for cell in fact.right:
                    if not self.key(donor) or not self.key(cell):
                        continue
                    if near:
                        self.roles.donors[mirna][self.key(donor)].add("fromto", fact, donor)
                    self._recipient(fact, mirna, cell, "fromto" if near else "fromto_far")
                    self.roles.pairs[mirna].add((self.key(donor), self.key(cell)))

    def _from_outside(self, fact: RawFact, mirnas_here: Iterable[str]) -> bool:
        """A third cell gives the miRNA: then both sides of the exchange that it changes take it."""
        pair = {self.key(c) for c in (*fact.left, *fact.right)}
        outside = [
            m for m in mirnas_here if (givers := self.roles.donors.get(m)) and not pair & givers.keys()
        ]
        for mirna in outside:
            for cell in (*fact.left, *fact.right):
                self._recipient(fact, mirna, cell, "affects_mirna")
        return bool(outside)

    # --- targets
    def read_vesicle_targets(self) -> None:
        """Genes that the vesicles repress, where they carry a single named miRNA."""
        for fact in self.of("VTARGETS"):
            beside = [f for f in self.of("CARRIES") if f.sentence == fact.sentence]
            here = [self.key(m) for f in beside if set(f.left) & set(fact.left) for m in mirnas(f.right)]
            if not here and len(found := {self.key(m) for f in beside for m in mirnas(f.right)}) == 1:
                here = [*found]  # "exosomes with miR-21; these exosomes repress PTEN"
            for mirna in here or self._carried_alone(fact):
                for gene in fact.right:
                    if key := self.key(gene):
                        feature = "vesicle_here" if here else "vesicle"
                        if {gene.name, gene.text} & pathways():
                            feature = "pathway"
                        self.roles.targets[mirna][key].add(feature, fact, gene)

    def _carried_alone(self, fact: RawFact) -> list[str]:
        """The one miRNA that is carried, or all of them where the sentence before lists them as carried."""
        carried = list(self.roles.carriers)
        before = [f for f in self.of("CARRIES") if f.sentence == fact.sentence - 1]
        listed = any({self.key(m) for m in f.right} == set(carried) for f in before)
        return carried if len(carried) == 1 or listed else []

    def outcomes_of(self, fact: RawFact, mirna: Mention) -> set[Mention]:
        """Genes that change because another is hit: "reduced CD86 in macrophages by targeting SOCS5"."""
        means = [
            gene
            for f in self.of("TARGETS")
            if f.rule in MEANS and f.sentence == fact.sentence and mirna in f.left
            for gene in f.right
        ]
        first = min((gene.start for gene in means), default=0)
        return {g for g in fact.right if mirna.start < g.start < first and g not in means}

    def read_targets(self) -> None:
        for fact in self.facts:
            if fact.kind in ("TARGETS", "VIA", "SUPPORTS", "CHANGES"):
                for mirna in mirnas(fact.left):
                    for gene in fact.right:
                        if key := self.key(gene):
                            feature = fact.rule if fact.kind == "TARGETS" else fact.kind.lower()
                            if gene in self.outcomes_of(fact, mirna):
                                feature = "changes"
                            if feature not in STATED_TARGET and {gene.name, gene.text} & pathways():
                                feature = "pathway"
                            self.roles.targets[self.key(mirna)][key].add(feature, fact, gene)

    def leave_families(self) -> None:
        """Beside ROCK1 and ROCK2 the bare ROCK is no target of its own."""
        for targets in self.roles.targets.values():
            for family in [k for k in targets if any(_member(k, other) for other in targets)]:
                del targets[family]


def _member(family: str, gene: str) -> bool:
    """ROCK1 is one of ROCK."""
    return len(family) > len("GENE:") + 2 and gene[: len(family)] == family and gene[len(family) :].isdigit()


def read_roles(
    facts: Sequence[RawFact],
    entities: Entities,
    populations: Populations,
    by_sentence: Sequence[Sequence[Mention]] = (),
) -> Roles:
    """The support for every role of every miRNA; ``by_sentence`` holds the mentions of each sentence."""
    reader = _Reader(facts, entities, populations, by_sentence)
    reader.read_same()
    reader.read_places()
    reader.read_carries()
    reader.linked = set(reader.roles.carried) | reader.otherwise
    reader.read_topic()
    reader.read_links()
    reader.read_sponges()
    reader.read_donors()
    reader.read_home()
    reader.read_recipients()
    reader.read_targets()
    reader.read_vesicle_targets()
    reader.leave_families()
    return reader.roles
