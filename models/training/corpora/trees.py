"""Corpora -> one Penn tree a line, without traces and function tags, for the Stanford converter.

``python trees.py genia XML_FOLDER PMIDS OUT`` or ``python trees.py craft PENN_FOLDER OUT``. A file OUT.ids
tells which article each line is from.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

GENIA_TAGS: Final = {
    "PERIOD": ".", "COMMA": ",", "COLON": ":", "LRB": "-LRB-", "RRB": "-RRB-", "LSB": "-LRB-", "RSB": "-RRB-",
    "LQT": "``", "RQT": "''", "N/A": "NN", "XT": "DT", "PRPP": "PRP$", "WPP": "WP$", "": "NN",
}  # fmt: skip
CRAFT_NODES: Final = {
    "CIT": "NP", "CAPTION": "FRAG", "HEADING": "FRAG", "TITLE": "FRAG", "AFX": "JJ", "META": "NP",
    "EMBED": "S", "EDITED": "NP",
}  # fmt: skip
BRACKETS: Final = {"(": "-LRB-", ")": "-RRB-", "[": "-LSB-", "]": "-RSB-", "{": "-LCB-", "}": "-RCB-"}
EMPTY: Final = "(S1 (NP (NN EMPTY)))"
_TOKEN: Final = re.compile(r"\(|\)|[^\s()]+")


def genia_tree(node: ET.Element) -> str | None:
    """The tree below a <sentence>, <cons> or <tok>; None when it holds no word."""
    if node.tag == "tok":
        word = "".join("".join(node.itertext()).split())
        tag = GENIA_TAGS.get(node.attrib["cat"], node.attrib["cat"]).split("|")[0]
        return f"({tag} {_escaped(word)})" if word else None
    children = [t for t in (genia_tree(c) for c in node if c.tag in ("cons", "tok", "cap")) if t]
    if not children:
        return None
    inner = " ".join(children)
    if node.tag == "sentence":
        return f"(S1 (S {inner}))"
    return f"({node.attrib.get('cat', 'X').split('-')[0] or 'X'} {inner})"


def _escaped(word: str) -> str:
    return BRACKETS.get(word, word.replace("(", "-LRB-").replace(")", "-RRB-"))


def bracketed(text: str) -> list[Any]:
    """The trees of a file in Penn brackets, as nested lists."""
    stack: list[list[Any]] = [[]]
    for token in _TOKEN.findall(text):
        if token == "(":
            stack.append([])
        elif token == ")":
            closed = stack.pop()
            stack[-1].append(closed)
        else:
            stack[-1].append(token)
    return stack[0]


def craft_tree(node: list[Any]) -> str | None:
    """A nested list without traces, with the node names that the converter knows."""
    if not isinstance(node[0], str):
        children = _kept(node)
        return f"(S1 {' '.join(children)})" if children else None
    label = node[0]
    if label == "-NONE-":
        return None
    if len(node) == 2 and isinstance(node[1], str):
        return f"({'JJ' if label == 'AFX' else label} {node[1]})"
    if not label.startswith("-"):
        label = re.split(r"[-=]", label)[0]
    children = _kept(node[1:])
    return f"({CRAFT_NODES.get(label, label)} {' '.join(children)})" if children else None


def _kept(nodes: Iterable[list[Any]]) -> list[str]:
    return [tree for tree in map(craft_tree, nodes) if tree]


def genia(folder: Path, pmids: Path) -> Iterator[tuple[str, str]]:
    """(PMID, tree) of each sentence, articles in the order of the list."""
    for line in pmids.read_text(encoding="utf-8").split():
        pmid = str(int(line))
        for sentence in ET.parse(folder / f"{pmid}.xml").getroot().iter("sentence"):
            tree = genia_tree(sentence)
            if tree:
                yield pmid, tree


def craft(folder: Path) -> Iterator[tuple[str, str]]:
    """(article, tree) of each sentence; a sentence of traces only keeps its line."""
    for path in sorted(folder.iterdir()):
        for tree in bracketed(path.read_text(encoding="utf-8")):
            yield path.stem, craft_tree(tree) or EMPTY


def main() -> None:
    kind, *paths, out = sys.argv[1:]
    found = list({"genia": genia, "craft": craft}[kind](*map(Path, paths)))
    Path(out).write_text("".join(f"{tree}\n" for _, tree in found), encoding="utf-8")
    Path(f"{out}.ids").write_text("".join(f"{name}\n" for name, _ in found), encoding="utf-8")


if __name__ == "__main__":
    main()
