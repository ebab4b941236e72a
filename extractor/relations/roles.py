"""Who plays which role for each miRNA of a document: the support that the facts give, feature by feature."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from extractor.relations.surface import RawFact
from extractor.types import Mention


@dataclass
class Support:
    """Why an entity fills a role: named features with counts, and the sentences and rules behind them."""

    features: Counter[str] = field(default_factory=Counter)
    sentences: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    mentions: list[Mention] = field(default_factory=list)
    effects: Counter[str] = field(default_factory=Counter)

    def add(self, feature: str, fact: RawFact, mention: Mention) -> None:
        self.features[feature] += 1
        self.note(fact)
        self.mentions.append(mention)
        if fact.effect:
            self.effects[fact.effect] += 1

    def copy(self) -> Support:
        """A copy that can be joined with others without changing what was read."""
        sentences: dict[int, list[str]] = defaultdict(list, {k: [*v] for k, v in self.sentences.items()})
        return Support(Counter(self.features), sentences, [*self.mentions], Counter(self.effects))

    def note(self, fact: RawFact) -> None:
        """A fact that the feature rests on: evidence to show, without weight of its own."""
        if fact.rule not in self.sentences[fact.sentence]:
            self.sentences[fact.sentence].append(fact.rule)


Table = dict[str, dict[str, Support]]


def _table() -> Table:
    return defaultdict(lambda: defaultdict(Support))


@dataclass
class Roles:
    """Support by miRNA key, then by entity key. ``vesicles`` is keyed by kind of link."""

    carried: dict[str, Support] = field(default_factory=lambda: defaultdict(Support))
    donors: Table = field(default_factory=_table)
    recipients: Table = field(default_factory=_table)
    targets: Table = field(default_factory=_table)
    outcomes: Table = field(default_factory=_table)
    sponged: dict[str, Support] = field(default_factory=lambda: defaultdict(Support))
    carriers: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    same: set[frozenset[str]] = field(default_factory=set)
    gene_hosts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Cells in which a gene is said to stand: with several recipients they tell whose target it is."""
    cells_in: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    vesicles_in: set[int] = field(default_factory=set)
