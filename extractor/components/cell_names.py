"""What a cell name says: its canonical form, and when two names of one document mean the same cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractor.rules.loader import read_rows

_GENERIC = {
    "cell",
    "line",
    "subline",
    "strain",
    "population",
    "tissue",
    "type",
    "like",
    "subset",
    "derived",
    "origin",
}
_WEAK = {
    "human",
    "mouse",
    "murine",
    "rat",
    "primary",
    "cultured",
    "normal",
    "adult",
    "the",
    "of",
    "and",
    "from",
    "in",
}
_SPELLING = {
    "tumour": "tumor",
    "tumoral": "tumor",
    "tumorous": "tumor",
    "leukaemia": "leukemia",
    "stromal": "stem",
    "colon": "colorectal",
    "hepatocellular": "liver",
    "hepatoma": "liver cancer",
    "carcinoma": "cancer",
    "adenocarcinoma": "cancer",
    "neuronal": "neuron",
    "neurone": "neuron",
    "microglial": "microglia",
    "macrophagic": "macrophage",
    "fibroblastic": "fibroblast",
    "cardiac": "heart",
    "myocardial": "heart",
    "marrow": "marrow",
    "endothelium": "endothelial",
    "ec": "endothelial",
    "renal": "kidney",
    "hepatic": "liver",
    "pulmonary": "lung",
    "adipocytic": "adipocyte",
    "carcinomas": "cancer",
}


@cache
def curated_abbreviations() -> Mapping[str, tuple[str, str]]:
    """Short form -> (long form, kind); kind is ``cell``, ``disease`` or ``ambiguous``."""
    table: dict[str, tuple[str, str]] = {}
    for row in _abbreviation_rows():
        if row["kind"] != "other":
            known = table.get(row["short"])
            table[row["short"]] = (row["long"], "ambiguous" if known else row["kind"])
    return table


def _abbreviation_rows() -> tuple[Mapping[str, str], ...]:
    return tuple(read_rows("cell_abbreviations.tsv", ("short", "long", "kind", "reason")))


@cache
def readings() -> Mapping[str, Mapping[str, str]]:
    """Short forms of several readings -> what they may stand for, and its kind; ``other`` is no cell."""
    table: dict[str, dict[str, str]] = {}
    for row in _abbreviation_rows():
        table.setdefault(row["short"], {})[row["long"]] = row["kind"]
    return {s: longs for s, longs in table.items() if curated_abbreviations()[s][1] == "ambiguous"}


@cache
def cell_lines() -> Mapping[str, str]:
    """Cell line name -> the tumour or cell type it stands for.

    The grounding lexicon's lines with a disease, and ``cell_lines.tsv`` for normal cells and printings.
    """
    lines: dict[str, str] = {}
    for row in read_rows("lexicon/cell_lines.tsv", ("name", "curie")):
        if row["disease"]:
            lines |= {
                n.strip(): row["disease"] for n in (row["name"], *row["synonyms"].split(";")) if n.strip()
            }
    return lines | {row["line"]: row["type"] for row in read_rows("cell_lines.tsv", ("line", "type"))}


def singular(word: str) -> str:
    """A word without its plural s; short forms too (``CAFs`` -> ``CAF``).

    >>> [singular(w) for w in ("macrophages", "bodies", "pancreas", "MSCs", "tubules", "glass")]
    ['macrophage', 'body', 'pancreas', 'MSC', 'tubule', 'glass']
    """
    if len(word) < 3 or not word.endswith("s") or word.lower().endswith(("ss", "us", "is", "as")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1]


def expand(name: str, abbreviations: Mapping[str, str]) -> str:
    """The name with short forms written out: the document's own first, then the field's."""
    words: list[str] = []
    for word in re.findall(r"[^\s/()]+", name):
        words.extend(_expand_word(word, abbreviations).split())
    return " ".join(words)


def _expand_word(word: str, abbreviations: Mapping[str, str]) -> str:
    for form in (word, singular(word), word + "s"):
        if form in abbreviations:
            return abbreviations[form]
    for form in (word, singular(word)):
        if form in curated_abbreviations():
            return curated_abbreviations()[form][0]
        if form in cell_lines():
            return form
    if "-" in word:
        head, _, tail = word.rpartition("-")
        expanded = _expand_word(tail, abbreviations)
        if expanded != tail:
            return f"{_expand_word(head, abbreviations)} {expanded}"
    return word


def key_words(name: str, abbreviations: Mapping[str, str]) -> frozenset[str]:
    """The content words of a cell name, order dropped: what two names must share to be one cell.

    >>> sorted(key_words("human BM-MSCs", {}))
    ['bone', 'marrow', 'mesenchymal', 'stem']
    >>> key_words("HCC cells", {}) == key_words("hepatocellular carcinoma cell lines", {})
    True
    """
    found: set[str] = set()
    for raw in re.findall(r"[\w+.]+", expand(name, abbreviations).replace("'s", "")):
        word = singular(raw)
        word = word if any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word) else word.lower()
        word = singular(word)
        for part in _SPELLING.get(word, word).split():
            found.add(part)
    content = {w for w in found if w.lower() not in _GENERIC}
    return frozenset({w for w in content if w.lower() not in _WEAK} or content or found)
