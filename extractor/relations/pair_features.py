"""What speaks for and against a statement that a miRNA and a gene of one sentence are related.

Four kinds of evidence, each a set of named features between 0 and 1: cues (words between, beside and on
the names, ``rules/regulation.yaml``), neighbours (other names that may be meant instead), facts (what the
rules found), and the path between the names in the parse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import srsly

from extractor.relations.pair_path import path_features
from extractor.relations.pair_view import Pair, PairView, Span
from extractor.relations.surface import RawFact
from extractor.rules.loader import RULES, RuleError

NEAR = 110
"""Characters outside of the pair, and beside a name, in which a cue may stand."""
FAR = 20
"""Words between the names from which on more makes no difference."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words at one place round a pair; some say the miRNA's effect, turn it round, or deny the relation."""

    id: str
    place: str
    pattern: re.Pattern[str]
    denies: bool
    effect: str
    flips: bool
    example: str
    counterexample: str


def _between(text: str, mirna: Span, gene: Span) -> str:
    first, second = sorted((mirna, gene))
    return text[first[1] : second[0]]


def _before(text: str, mirna: Span, gene: Span) -> str:
    start = min(mirna[0], gene[0])
    return text[max(0, start - NEAR) : start]


def _after(text: str, mirna: Span, gene: Span) -> str:
    end = max(mirna[1], gene[1])
    return text[end : end + NEAR]


_PLACES: dict[str, Callable[[str, Span, Span], str]] = {
    "between": _between,
    "before": _before,
    "after": _after,
    "gene_left": lambda text, _, gene: text[max(0, gene[0] - NEAR) : gene[0]],
    "gene_right": lambda text, _, gene: text[gene[1] : gene[1] + NEAR],
    "mirna_left": lambda text, mirna, _: text[max(0, mirna[0] - NEAR) : mirna[0]],
    "mirna_right": lambda text, mirna, _: text[mirna[1] : mirna[1] + NEAR],
}
_ORDERED = frozenset({"between", "before", "after"})
"""Places where it matters which of the two names comes first."""


@cache
def load_cues(name: str = "regulation.yaml") -> tuple[Cue, ...]:
    """The cues in file order. Raises RuleError naming every faulty one."""
    cues, faults = [], []
    for row in srsly.read_yaml(RULES / name)["cues"]:
        try:
            if row["place"] not in _PLACES:
                raise ValueError(f"no place '{row['place']}'; there are {', '.join(_PLACES)}")
            cues.append(
                Cue(
                    row["id"],
                    row["place"],
                    re.compile(row["pattern"], re.I),
                    row.get("denies", False),
                    row.get("effect", ""),
                    row.get("flips", False),
                    row["example"],
                    row["counterexample"],
                )
            )
        except (KeyError, ValueError, re.error) as error:
            faults.append(f"{name}: cue '{row.get('id', row)}': {error!r}")
    if faults:
        raise RuleError("\n".join(faults))
    return tuple(cues)


@cache
def together(name: str = "regulation.yaml") -> tuple[tuple[str, str], ...]:
    """Pairs of cues that make a feature of their own."""
    return tuple((one, other) for one, other in srsly.read_yaml(RULES / name)["together"])


def own_marks(pair: Pair, view: PairView) -> tuple[str, Span, Span]:
    """The text with the pair's own names as ``<m>`` and ``<g>``, and where these stand."""
    places = [(view.places[mention], mark) for mention, mark in zip(pair, ("<m>", "<g>"), strict=True)]
    (first, one), (second, other) = sorted(places)
    between = view.text[first[1] : second[0]]
    text = view.text[: first[0]] + one + between + other + view.text[second[1] :]
    start = first[0] + len(one) + len(between)
    spans = {one: (first[0], first[0] + len(one)), other: (start, start + len(other))}
    return text, spans["<m>"], spans["<g>"]


def cues_of(pair: Pair, view: PairView) -> list[Cue]:
    """The cues that stand round the two names, in file order."""
    text, mirna, gene = own_marks(pair, view)
    texts = {place: cut(text, mirna, gene) for place, cut in _PLACES.items()}
    return [cue for cue in load_cues() if cue.pattern.search(texts[cue.place])]


def cue_features(pair: Pair, view: PairView) -> Iterator[tuple[str, float]]:
    """The cues, alone and together, which name comes first, and how many words stand between."""
    mirna, gene = (view.places[m] for m in pair)
    order = ">" if mirna < gene else "<"
    seen = cues_of(pair, view)
    for cue in seen:
        yield cue.id, 1.0
        if cue.place in _ORDERED:
            yield cue.id + order, 1.0
    ids = {cue.id for cue in seen}
    for one, other in together():
        if one in ids and other in ids:
            yield f"{one} + {other}", 1.0
    yield "mirna first", float(mirna < gene)
    yield "words between", min(len(_between(view.text, mirna, gene).split()), FAR) / FAR


def neighbour_features(pair: Pair, view: PairView) -> Iterator[tuple[str, float]]:
    """Other names of the sentence that stand nearer, and may be the ones that are meant."""
    mirna, gene = pair
    own = view.gap(pair)
    others = [m for m in view.places if view.places[m] not in (view.places[mirna], view.places[gene])]
    mirnas = [m for m in others if m.label == "MIRNA"]
    genes = [m for m in others if m.label == "GENE"]
    near_mirnas = [m for m in mirnas if view.gap((m, gene)) < own]
    near_genes = [g for g in genes if view.gap((mirna, g)) < own]
    twin_mirna = any(m.name == mirna.name for m in near_mirnas)
    twin_gene = any(g.name == gene.name for g in near_genes)
    yield "nearer mirna", float(bool(near_mirnas))
    yield "nearer gene", float(bool(near_genes))
    yield "nearer both", float(bool(near_mirnas and near_genes))
    yield "nearer twin mirna", float(twin_mirna)
    yield "nearer twin gene", float(twin_gene)
    yield "crossed twins", float(twin_mirna and twin_gene)
    yield "lone pair", float(not mirnas and not genes)


def fact_features(pair: Pair, view: PairView) -> Iterator[tuple[str, float]]:
    """What the rules say of the pair, and whether they tie its names to others instead."""
    mirna, gene = pair
    own = facts_of(pair, view)
    stated = [f for f in own if not f.negated]
    for fact in stated:
        yield f"fact {_family(fact)}", 1.0
    yield "facts", min(len({f.rule for f in stated}), 3) / 3
    yield "denied", float(len(own) > len(stated))
    others = [] if stated else [f for f in view.facts if not f.negated and f not in own]
    yield "mirna tied elsewhere", float(any(mirna in f.left for f in others))
    yield "gene tied elsewhere", float(any(gene in f.right for f in others))
    yield "told of other mentions", float(any(_same_names(f, pair) for f in others))


def facts_of(pair: Pair, view: PairView) -> list[RawFact]:
    """The facts that the rules state or deny of this very pair."""
    return [f for f in view.facts if pair[0] in f.left and pair[1] in f.right]


def _family(fact: RawFact) -> str:
    if fact.kind != "TARGETS":
        return fact.kind.lower()
    return fact.rule.split(".")[0]


def _same_names(fact: RawFact, pair: Pair) -> bool:
    mirna, gene = pair
    return any(m.name == mirna.name for m in fact.left) and any(g.name == gene.name for g in fact.right)


def features(pair: Pair, view: PairView) -> dict[str, float]:
    """All features of a pair that are not zero."""
    groups = (cue_features, neighbour_features, fact_features, path_features)
    return {name: value for group in groups for name, value in group(pair, view) if value}
