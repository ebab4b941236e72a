"""The network that relations make: donor -> miRNA -> recipient, miRNA -> target and phenotype.

Names with the same identifier are one node, whatever each document prints. An edge counts what states it;
what texts deny is an edge of its own, for it is no weaker form of the statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from extractor.types import Relation, Slot
from extractor.writers.roles import LABELS, filled

ACTIONS: Final = frozenset({"decreases", "increases", "binds"})
REACHED: Final = {"recipient": "reaches", "target": "acts on", "phenotype": "affects"}

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Node:
    """A cell, miRNA, gene or phenotype; ``curie`` is empty where the texts' name has no identifier."""

    key: str
    label: str
    name: str
    curie: str

    def data(self) -> dict[str, Value]:
        return {"name": self.name, "label": self.label, "curie": self.curie}


@dataclass(frozen=True, slots=True)
class Edge:
    """What is stated between two nodes, and by how much."""

    source: str
    target: str
    interaction: str
    negated: bool
    relations: int
    """Records that state it."""
    sentences: int
    """Different sentences in their evidence."""
    confidence: float
    """The highest of a record."""
    doc_ids: tuple[str, ...]
    flags: tuple[str, ...]
    """What is known against or about these documents, such as ``retracted``."""

    def data(self) -> dict[str, Value]:
        return {
            "interaction": self.interaction,
            "negated": self.negated,
            "relations": self.relations,
            "documents": len(self.doc_ids),
            "sentences": self.sentences,
            "confidence": round(self.confidence, 4),
            "doc_ids": " | ".join(self.doc_ids),
            "flags": " | ".join(self.flags),
        }


def network(relations: Iterable[Relation]) -> tuple[list[Node], list[Edge]]:
    """Nodes and edges in the order in which they are first stated."""
    nodes: dict[str, Node] = {}
    stating: dict[tuple[str, str, str, bool], list[Relation]] = {}
    for relation in relations:
        for role, slot in filled(relation):
            if role != "vesicle":
                node = _node(LABELS[role], slot)
                nodes.setdefault(node.key, node)
        for source, target, interaction in _steps(relation):
            stating.setdefault((source, target, interaction, relation.negated), []).append(relation)
    return list(nodes.values()), [_edge(*key, stated) for key, stated in stating.items()]


def _node(label: str, slot: Slot) -> Node:
    name = slot.name or slot.text
    return Node(slot.curie or f"{label}:{name.casefold()}", label, name, slot.curie or "")


def _steps(relation: Relation) -> Iterator[tuple[str, str, str]]:
    """(source, target, interaction) of each pair that the relation states."""
    keys = {role: _node(LABELS[role], slot).key for role, slot in filled(relation)}
    if "donor" in keys:
        yield keys["donor"], keys["mirna"], "releases"
    for role, interaction in REACHED.items():
        if role in keys:
            known = role == "target" and relation.effect in ACTIONS
            yield keys["mirna"], keys[role], relation.effect if known and relation.effect else interaction


def _edge(source: str, target: str, interaction: str, negated: bool, stating: list[Relation]) -> Edge:
    return Edge(
        source,
        target,
        interaction,
        negated,
        relations=len(stating),
        sentences=len({(r.doc_id, e.start, e.end) for r in stating for e in r.evidence}),
        confidence=max(r.confidence for r in stating),
        doc_ids=tuple(dict.fromkeys(r.doc_id for r in stating)),
        flags=tuple(dict.fromkeys(flag for r in stating for flag in r.flags)),
    )
