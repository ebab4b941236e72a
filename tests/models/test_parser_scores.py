"""The benchmark's arithmetic and the label mapping, counted by hand."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
import spacy
from spacy.tokens import Doc

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def clear2ud() -> ModuleType:
    return load("clear2ud")


@pytest.fixture(scope="module")
def scores(clear2ud: ModuleType) -> ModuleType:
    return load("parser_scores")


def doc(words: list[str], spaces: list[bool], tags: list[str], heads: list[int], deps: list[str]) -> Doc:
    return Doc(spacy.blank("en").vocab, words, spaces=spaces, tags=tags, heads=heads, deps=deps)


def test_scores_counted_by_hand(scores: ModuleType) -> None:
    # gold: CAFs(nsubj) secrete(ROOT) miR-21(dobj) .(punct); one tag, one head, one token wrong
    spaces = [True, True, False, False]
    gold = doc(["CAFs", "secrete", "miR-21", "."], spaces, ["NNS", "VBP", "NN", "."], [1, 1, 1, 1],
               ["nsubj", "ROOT", "dobj", "punct"])  # fmt: skip
    right = scores.score([(gold, gold)], clear=False)
    assert (right.tag, right.uas, right.las, right.sentences) == (1, 1, 1, 1)
    wrong = doc(["CAFs", "secrete", "miR-", "21", "."], [True, True, False, False, False],
                ["NNS", "NN", "NN", "CD", "."], [1, 1, 1, 1, 1],
                ["compound", "ROOT", "dobj", "nummod", "punct"])  # fmt: skip
    found = scores.score([(wrong, gold)], clear=False)
    assert found.tag == 2 / 4  # CAFs and the full stop
    assert found.uas == 2 / 3  # CAFs and secrete; miR-21 is no token
    assert found.las == 1 / 3  # secrete
    assert found.per_label == {"nsubj": 1, "dobj": 0}
    assert found.sentences == 1


def test_sentence_f_counts_both_ends(scores: ModuleType) -> None:
    gold = doc(["a", "b", "c"], [True] * 3, ["NN"] * 3, [0, 1, 2], ["ROOT"] * 3)
    joined = doc(["a", "b", "c"], [True] * 3, ["NN"] * 3, [0, 1, 1], ["ROOT", "ROOT", "dep"])
    # 2 found, 3 gold, 1 right
    assert scores.score([(joined, gold)], clear=False).sentences == 2 * 1 / 5


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (  # EVs released by CAFs: the agent becomes nmod with case
            [("EVs", "NNS", 0, "ROOT"), ("released", "VBN", 0, "acl"), ("by", "IN", 1, "agent"),
             ("CAFs", "NNS", 2, "pobj")],
            [("EVs", 0, "ROOT"), ("released", 0, "acl"), ("by", 3, "case"), ("CAFs", 1, "nmod")],
        ),
        (  # miR-21 is oncogenic: the predicate becomes the root
            [("miR-21", "NN", 1, "nsubj"), ("is", "VBZ", 1, "ROOT"), ("oncogenic", "JJ", 1, "acomp")],
            [("miR-21", 2, "nsubj"), ("is", 2, "cop"), ("oncogenic", 2, "ROOT")],
        ),
        (  # loss of cells from mice: nested phrases
            [("loss", "NN", 0, "ROOT"), ("of", "IN", 0, "prep"), ("cells", "NNS", 1, "pobj"),
             ("from", "IN", 2, "prep"), ("mice", "NNS", 3, "pobj")],
            [("loss", 0, "ROOT"), ("of", 2, "case"), ("cells", 0, "nmod"), ("from", 4, "case"),
             ("mice", 2, "nmod")],
        ),
    ],
)  # fmt: skip
def test_clear_to_ud(
    clear2ud: ModuleType, rows: list[tuple[str, str, int, str]], expected: list[tuple[str, int, str]]
) -> None:
    assert [(form, head, label) for form, _, head, label in clear2ud.clear_to_ud(rows)] == expected
