"""Corpus conversion: small trees worked out by hand."""

from __future__ import annotations

import importlib
import xml.etree.ElementTree as ET
from types import ModuleType

import pytest
import spacy

from extractor.resources import resource


@pytest.fixture
def corpora(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(resource("models") / "training" / "corpora"))


@pytest.fixture
def trees(corpora: None) -> ModuleType:
    return importlib.import_module("trees")


@pytest.fixture
def stanford2ud(corpora: None) -> ModuleType:
    return importlib.import_module("stanford2ud")


@pytest.fixture
def treebanks(corpora: None) -> ModuleType:
    return importlib.import_module("treebanks")


def test_genia_xml_becomes_a_penn_tree(trees: ModuleType) -> None:
    xml = """<sentence><cons cat="NP-SBJ"><tok cat="NN">IL-2</tok> <tok cat="LRB">(</tok></cons>
        <cons cat="VP"><tok cat="VBZ|NNS">rises</tok></cons><tok cat="PERIOD">.</tok><cons cat="NP"/>
        </sentence>"""
    expected = "(S1 (S (NP (NN IL-2) (-LRB- -LRB-)) (VP (VBZ rises)) (. .)))"
    assert trees.genia_tree(ET.fromstring(xml)) == expected


def test_craft_trees_lose_traces_and_function_tags(trees: ModuleType) -> None:
    text = "((S (NP-SBJ-1 (NN mice)) (VP (VBD died) (NP (-NONE- *T*-1)) (CIT (CD 3)))))"
    expected = "(S1 (S (NP (NN mice)) (VP (VBD died) (NP (CD 3)))))"
    assert [trees.craft_tree(tree) for tree in trees.bracketed(text)] == [expected]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (  # loss of cells: prep and pobj become case and nmod
            [("loss", "NN", 0, "root"), ("of", "IN", 1, "prep"), ("cells", "NNS", 2, "pobj")],
            [(0, "root"), (3, "case"), (1, "nmod")],
        ),
        (  # cells such as mast cells
            [("cells", "NNS", 0, "root"), ("such", "JJ", 3, "mwe"), ("as", "IN", 1, "prep"),
             ("mast", "NN", 5, "nn"), ("cells", "NNS", 3, "pobj")],
            [(0, "root"), (5, "case"), (2, "mwe"), (5, "compound"), (1, "nmod")],
        ),
        (  # it is in cells: the phrase becomes the root
            [("it", "PRP", 2, "nsubj"), ("is", "VBZ", 0, "root"), ("in", "IN", 2, "prep"),
             ("cells", "NNS", 3, "pobj")],
            [(4, "nsubj"), (4, "cop"), (4, "case"), (0, "root")],
        ),
        (  # by binding DNA: a clause with a mark
            [("acts", "VBZ", 0, "root"), ("by", "IN", 1, "prep"), ("binding", "VBG", 2, "pcomp"),
             ("DNA", "NN", 3, "dobj")],
            [(0, "root"), (3, "mark"), (1, "advcl"), (3, "dobj")],
        ),
    ],
)  # fmt: skip
def test_stanford_dependencies_become_ud(
    stanford2ud: ModuleType, rows: list[tuple[str, str, int, str]], expected: list[tuple[int, str]]
) -> None:
    assert [(head, label) for _, _, head, label in stanford2ud.convert(rows)] == expected


def test_gold_tokens_within_one_token_are_joined(treebanks: ModuleType) -> None:
    # IL-2 / - / induced / cells: the tokenizer of a blank pipeline is told to keep the first three together
    nlp = spacy.blank("en")
    nlp.tokenizer.token_match = lambda text: text == "IL-2-induced"  # type: ignore[attr-defined]
    gold = treebanks.Parsed(
        ["IL-2", "-", "induced", "cells"], [False, False, True, True], ["NN", "HYPH", "VBN", "NNS"],
        [2, 2, 3, 3], ["dep", "punct", "amod", "ROOT"],
    )  # fmt: skip
    joined = treebanks.merged(gold, nlp)
    assert (joined.words, joined.tags) == (["IL-2-induced", "cells"], ["JJ", "NNS"])
    assert (joined.heads, joined.labels, joined.spaces) == ([1, 1], ["amod", "ROOT"], [True, True])


def test_cycles_and_second_roots_are_no_trees(treebanks: ModuleType) -> None:
    assert treebanks.is_tree([1, 1, 0])
    assert not treebanks.is_tree([1, 0, 2])
    assert not treebanks.is_tree([0, 1])
