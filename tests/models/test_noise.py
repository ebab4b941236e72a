"""Noise for training keeps trees whole."""

from __future__ import annotations

import importlib.util
import random
import sys
from types import ModuleType

import pytest

from extractor.resources import resource


@pytest.fixture(scope="module")
def noise() -> ModuleType:
    path = resource("models") / "training" / "noise.py"
    spec = importlib.util.spec_from_file_location("evmir_noise", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["evmir_noise"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_a_noun_and_its_leaf_modifiers_become_one_name(noise: ModuleType) -> None:
    # "the human T cells bind IL-2": cells <- the, human, T
    sentence = noise.Sentence(
        ("the", "human", "T", "cells", "bind", "IL-2"), (True,) * 5 + (False,),
        ("DT", "JJ", "NN", "NNS", "VBP", "NN"), (3, 3, 3, 4, 4, 4),
        ("det", "amod", "compound", "nsubj", "ROOT", "dobj"),
    )  # fmt: skip
    names = noise.Names(("PTEN",), ("HUVECs",), ("CAF-derived",))

    class Always(random.Random):
        def random(self) -> float:
            return 0.0

    changed = noise.noised(sentence, names, Always(), rate=1.0)
    assert changed.words == ("the", "HUVECs", "bind", "PTEN")
    assert changed.heads == (1, 2, 2, 2)
    assert changed.labels == ("det", "nsubj", "ROOT", "dobj")
    assert changed.spaces == (True, True, True, False)
    assert noise.noised(sentence, names, Always(), rate=0.0) == sentence


def test_a_modifier_with_children_of_its_own_stays(noise: ModuleType) -> None:
    # "very small cells die": small <- very
    sentence = noise.Sentence(
        ("very", "small", "cells", "die"), (True,) * 4, ("RB", "JJ", "NNS", "VBP"), (1, 2, 3, 3),
        ("advmod", "amod", "nsubj", "ROOT"),
    )  # fmt: skip
    names = noise.Names(("PTEN",), ("HUVECs",), ("CAF-derived",))
    words = {noise.noised(sentence, names, random.Random(i), 1.0).words for i in range(20)}
    assert words == {("very", "small", "HUVECs", "die")}


def test_names_are_read_from_the_table(noise: ModuleType) -> None:
    names = noise.read_names(resource("models") / "training" / "names.tsv")
    assert "exosomes" in names.plural
    assert "PTEN" in names.thing
    assert "exosome-derived" in names.adjective
