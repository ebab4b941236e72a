"""Dependency labels of general English pipelines (CLEAR) -> UD v1, to compare parsers on one scale.

CLEAR hangs a prepositional phrase on its preposition (prep, pobj); UD v1, as in GENIA and
``en_core_sci_*``, on its noun (nmod, case). The rules follow the Stanford-to-UD conversion that made
the treebanks. A sentence is a list of rows (form, tag, head, label); a root is its own head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Row = tuple[str, str, int, str]

BE: Final = frozenset(("be", "is", "are", "was", "were", "been", "being", "'s", "'re", "am"))
NOMINAL: Final = ("NN", "CD", "PRP", "DT", "WP", "FW", "EX")
RENAMED: Final = {
    "agent": "prep", "relcl": "acl:relcl", "poss": "nmod:poss", "prt": "compound:prt", "num": "nummod",
    "predet": "det:predet", "preconj": "cc:preconj", "quantmod": "advmod", "npadvmod": "nmod:npmod",
    "acomp": "xcomp", "attr": "xcomp", "oprd": "xcomp", "dative": "iobj", "intj": "discourse",
    "meta": "dep", "nn": "compound",
}  # fmt: skip


@dataclass
class _Tree:
    forms: list[str]
    tags: list[str]
    heads: list[int]
    labels: list[str]

    def children(self, node: int) -> list[int]:
        return [i for i, h in enumerate(self.heads) if h == node and i != node]

    def depth(self, node: int) -> int:
        steps = 0
        while self.heads[node] != node and steps <= len(self.heads):
            node, steps = self.heads[node], steps + 1
        return steps

    def swap(self, old: int, new: int, label: str) -> None:
        """``new`` takes the place of its head ``old``, which hangs on it as ``label``."""
        self.heads[new] = new if self.heads[old] == old else self.heads[old]
        for child in self.children(old):
            if child != new:
                self.heads[child] = new
        self.heads[old] = new
        self.labels[new], self.labels[old] = self.labels[old], label


def clear_to_ud(rows: Sequence[Row]) -> list[Row]:
    """The same sentence with UD v1 heads and labels."""
    forms, tags, heads, labels = zip(*rows, strict=True)
    tree = _Tree(list(forms), list(tags), list(heads), list(labels))
    _rename(tree)
    _copulas(tree)
    _prepositions(tree)
    _predicative_phrases(tree)
    _clauses(tree)
    return list(zip(tree.forms, tree.tags, tree.heads, tree.labels, strict=True))


def _rename(tree: _Tree) -> None:
    for i, label in enumerate(tree.labels):
        if label == "dative" and tree.tags[i] in ("IN", "TO"):
            label = "prep"
        if label == "aux" and tree.tags[i] == "TO":
            label = "mark"
        if label == "det" and tree.forms[i].lower() == "no":
            label = "neg"
        if label not in ("attr", "acomp"):
            tree.labels[i] = RENAMED.get(label, label)


def _copulas(tree: _Tree) -> None:
    """``is`` hangs on its predicate."""
    for verb, form in enumerate(tree.forms):
        if form.lower() in BE and tree.labels[verb] not in ("aux", "auxpass"):
            predicate = [c for c in tree.children(verb) if tree.labels[c] in ("attr", "acomp")]
            if predicate:
                tree.swap(verb, predicate[0], "cop")
    tree.labels[:] = [RENAMED.get(x, x) for x in tree.labels]


def _prepositions(tree: _Tree) -> None:
    """The object of a preposition takes its place, innermost first."""
    objects = [i for i, label in enumerate(tree.labels) if label in ("pobj", "pcomp")]
    for node in sorted(objects, key=lambda i: (-tree.depth(i), i)):
        preposition = tree.heads[node]
        if preposition == node or tree.labels[node] not in ("pobj", "pcomp"):
            continue
        clause = tree.labels[node] == "pcomp" and tree.tags[node].startswith("VB")
        tree.swap(preposition, node, "mark" if clause else "case")
        if tree.labels[node] == "prep":
            tree.labels[node] = "clause" if clause else "nmod"
    tree.labels[:] = ["nmod" if x == "prep" else "dep" if x == "pobj" else x for x in tree.labels]


def _predicative_phrases(tree: _Tree) -> None:
    """``X is in Y``: the phrase is the predicate."""
    taken = {"xcomp", "dobj", "ccomp", "expl"}
    for verb, form in enumerate(tree.forms):
        if form.lower() not in BE or tree.labels[verb] in ("cop", "aux", "auxpass"):
            continue
        children = tree.children(verb)
        phrases = [c for c in children if tree.labels[c] == "nmod" and c > verb]
        if phrases and not taken & {tree.labels[c] for c in children}:
            tree.swap(verb, phrases[0], "cop")


def _clauses(tree: _Tree) -> None:
    for i, label in enumerate(tree.labels):
        if label in ("clause", "acl"):
            head = tree.tags[tree.heads[i]]
            tree.labels[i] = "acl" if head.startswith((*NOMINAL, "JJ")) else "advcl"
