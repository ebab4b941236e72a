"""A parser with tiny random weights: its shapes and bookkeeping are right, its trees are not."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.language import Language

from extractor.components.biaffine import Trained
from extractor.components.lexeme import AFFIX_ROWS, NGRAM_ROWS
from extractor.components.network import REACH, Floats

WORD, NGRAM, AFFIX, WIDTH, HIDDEN, ARC, LABEL, SPLIT = 3, 4, 2, 6, 5, 7, 4, 3
TAGS = ["DT", "NN", "VB"]
LABELS = ["ROOT", "case", "dep", "nmod", "nsubj"]


def tiny_weights(seed: int = 0, layers: int = 2) -> dict[str, Floats]:
    """Arrays of the names and shapes that training writes."""
    both = 2 * HIDDEN
    shapes: dict[str, tuple[int, ...]] = {
        "lexicon.word.weight": (4, WORD), "lexicon.ngram.weight": (NGRAM_ROWS, NGRAM),
        "lexicon.mix.weight": (WIDTH, WORD + NGRAM + 3 * AFFIX), "lexicon.mix.bias": (WIDTH,),
        "lexicon.norm.weight": (WIDTH,), "lexicon.norm.bias": (WIDTH,), "space.weight": (4, WIDTH),
        "tag.weight": (len(TAGS), both), "tag.bias": (len(TAGS),),
        "arc": (ARC, ARC), "arc_bias.weight": (1, ARC), "root.weight": (1, ARC), "root.bias": (1,),
        "bilinear": (LABEL, len(LABELS), LABEL), "label_from_dep.weight": (len(LABELS), LABEL),
        "label_from_dep.bias": (len(LABELS),), "label_from_head.weight": (len(LABELS), LABEL),
        "split.word": (WIDTH, (2 * REACH + 1) * SPLIT), "split.space": (4, SPLIT), "split.bias": (SPLIT,),
        "split.out": (SPLIT,), "split.out_bias": (1,),
    }  # fmt: skip
    shapes |= {f"lexicon.affix.{i}.weight": (AFFIX_ROWS, AFFIX) for i in range(3)}
    for name, size in (("arc_dep", ARC), ("arc_head", ARC), ("label_dep", LABEL), ("label_head", LABEL)):
        shapes |= {f"{name}.weight": (size, both), f"{name}.bias": (size,)}
    for i, end in ((i, end) for i in range(layers) for end in ("l0", "l0_reverse")):
        shapes |= {
            f"lstms.{i}.weight_ih_{end}": (4 * HIDDEN, both if i else WIDTH),
            f"lstms.{i}.weight_hh_{end}": (4 * HIDDEN, HIDDEN),
            f"lstms.{i}.bias_ih_{end}": (4 * HIDDEN,), f"lstms.{i}.bias_hh_{end}": (4 * HIDDEN,),
        }  # fmt: skip
    rng = np.random.default_rng(seed)
    return {
        name: rng.normal(size=shape).astype(np.float16).astype(np.float32) for name, shape in shapes.items()
    }


@pytest.fixture(scope="session")
def trained() -> Trained:
    return Trained({"cells": 1, "the": 2, "mir-00": 3}, TAGS, LABELS, tiny_weights())


@pytest.fixture
def tiny(trained: Trained) -> Language:
    """A pipeline of the tiny parser alone."""
    nlp = spacy.blank("en")
    nlp.add_pipe("evmir_biaffine", name="parser")
    nlp.get_pipe("parser").fill(trained)  # type: ignore[attr-defined]
    return nlp
