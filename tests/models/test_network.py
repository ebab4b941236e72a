"""The numpy network against the same formulas written out one number at a time."""

from __future__ import annotations

import numpy as np
import pytest

from extractor.components.biaffine import Trained
from extractor.components.lexeme import describe
from extractor.components.network import REACH, Floats, Network, Packing, bilstm, start_scores


def sigmoid(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-x))


def plain_lstm(x: Floats, w: dict[str, Floats], layer: int, end: str) -> Floats:
    """(L, D) -> (L, H): the textbook LSTM with torch's gate order i, f, g, o."""
    hidden = w[f"lstms.{layer}.weight_hh_{end}"].shape[1]
    h, c, out = np.zeros(hidden), np.zeros(hidden), []
    for step in x:
        gates = w[f"lstms.{layer}.weight_ih_{end}"] @ step + w[f"lstms.{layer}.bias_ih_{end}"]
        gates = gates + w[f"lstms.{layer}.weight_hh_{end}"] @ h + w[f"lstms.{layer}.bias_hh_{end}"]
        i, f, g, o = np.split(gates, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        out.append(h)
    return np.array(out)


def plain_bilstm(x: Floats, w: dict[str, Floats]) -> Floats:
    for layer in range(2):
        back = plain_lstm(x[::-1], w, layer, "l0_reverse")[::-1]
        x = np.concatenate([plain_lstm(x, w, layer, "l0"), back], axis=1)
    return x


def test_packing_of_three_sentences() -> None:
    packing = Packing.of(np.array([3, 2, 1]))
    assert packing.counts.tolist() == [3, 2, 1]
    assert packing.first.tolist() == [0, 3, 5]
    assert packing.sentence.tolist() == [0, 1, 2, 0, 1, 0]
    assert packing.position.tolist() == [0, 0, 0, 1, 1, 2]
    # first and last word of sentence 0 are rows 0 and 5, of sentence 1 rows 1 and 4
    assert packing.back.tolist() == [5, 4, 2, 3, 1, 0]
    padded = packing.padded(np.arange(1, 7, dtype=np.float32)[:, None])[..., 0]
    assert padded.tolist() == [[1, 4, 6], [2, 5, 0], [3, 0, 0]]


def test_packing_wants_the_longest_first() -> None:
    with pytest.raises(ValueError, match=r"longest first, not \[1, 2\]"):
        Packing.of(np.array([1, 2]))


def test_bilstm_of_a_batch_equals_the_plain_one_of_each_sentence(trained: Trained) -> None:
    network, w = Network(trained.weights, 0), dict(trained.weights)
    packing = Packing.of(np.array([4, 2, 1]))
    x = np.random.default_rng(3).normal(size=(7, 6)).astype(np.float32)
    states = x
    for layer in network.layers:
        states = bilstm(states, packing, layer)
    for b in range(3):
        rows = packing.sentence == b
        np.testing.assert_allclose(states[rows] / 2, plain_bilstm(x[rows], w), atol=1e-5)


def test_arc_scores_equal_the_formula(trained: Trained) -> None:
    network, w = Network(trained.weights, 0), trained.weights
    rng = np.random.default_rng(4)
    dep, head = (rng.normal(size=(3, 7)).astype(np.float32) for _ in range(2))
    scores = network.arc_scores(dep, head, Packing.of(np.array([3])))[0]
    d, h = (np.where(x > 0, x, 0.1 * x) for x in (dep, head))
    assert np.isclose(scores[0, 2], d[0] @ w["arc"] @ h[2] + w["arc_bias.weight"][0] @ h[2], atol=1e-4)
    assert np.isclose(scores[1, 1], w["root.weight"][0] @ d[1] + w["root.bias"][0], atol=1e-4)


def test_label_scores_equal_the_formula(trained: Trained) -> None:
    network, w = Network(trained.weights, 0), trained.weights
    rng = np.random.default_rng(6)
    dep, head = (rng.normal(size=(4, 4)).astype(np.float32) for _ in range(2))
    d, h = (np.where(x > 0, x, 0.1 * x) for x in (dep, head))
    pair = np.einsum("i,ilj,j->l", d[0], w["bilinear"], h[2])
    scores = pair + w["label_from_dep.weight"] @ d[0] + w["label_from_dep.bias"]
    scores = scores + w["label_from_head.weight"] @ h[2]
    assert network.best_labels(dep, head, np.array([2, 2, 2, 2]))[0] == 1 + scores[1:].argmax()


def test_a_word_of_another_length_is_never_a_head(trained: Trained) -> None:
    network = Network(trained.weights, 0)
    dep, head = np.ones((2, 6, 7), dtype=np.float32)
    scores = network.arc_scores(dep, head, Packing.of(np.array([4, 2])))
    assert (scores[1, :, 2:] == -1e4).all()
    assert (scores[0] > -1e4).all()


def test_labels_root_for_roots_only(trained: Trained) -> None:
    eager = dict(trained.weights)
    eager["label_from_dep.bias"] = np.array(
        [100, 0, 0, 0, 0], dtype=np.float32
    )  # ROOT scores best everywhere
    network = Network(eager, 0)
    rng = np.random.default_rng(5)
    dep, head = (rng.normal(size=(6, 4)).astype(np.float32) for _ in range(2))
    labels = network.best_labels(dep, head, np.array([1, 1, 1, 2, 2, 0]))
    assert [i for i, label in enumerate(labels) if label == 0] == [1]


def test_type_vectors_do_not_depend_on_their_company(trained: Trained) -> None:
    network = Network(trained.weights, 0)
    words = [describe(text, trained.words) for text in ("the", "miR-21", "cells")]
    together = network.type_vectors(words)
    for row, word in enumerate(words):
        np.testing.assert_allclose(network.type_vectors([word])[0], together[row], atol=1e-6)


def test_sentence_starts_see_four_words_to_each_side(trained: Trained) -> None:
    cues = np.zeros((12, (2 * REACH + 1) * 3), dtype=np.float32)
    space = np.zeros(12, dtype=np.int64)
    before = start_scores(cues, space, trained.weights)
    cues[6] = 1.0
    changed = np.flatnonzero(before != start_scores(cues, space, trained.weights))
    assert set(changed) <= set(range(6 - REACH, 6 + REACH + 1))
    assert len(changed) > REACH
