"""The numpy network against the same formulas written out one number at a time."""

from __future__ import annotations

import numpy as np

from extractor.components.biaffine import Trained
from extractor.components.lexeme import describe
from extractor.components.network import REACH, Floats, Network, bilstm, start_scores


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


def test_bilstm_of_a_padded_batch_equals_the_plain_one_of_each_sentence(trained: Trained) -> None:
    network, w = Network(trained.weights, 0), dict(trained.weights)
    lengths = np.array([4, 2, 1])
    x = np.random.default_rng(3).normal(size=(3, 4, 6)).astype(np.float32)
    states = x
    for layer in network.layers:
        states = bilstm(states, lengths, layer)
    for row, length in enumerate(lengths):
        np.testing.assert_allclose(states[row, :length] / 2, plain_bilstm(x[row, :length], w), atol=1e-5)
        assert not states[row, length:].any()


def test_arc_and_label_scores_equal_the_formula(trained: Trained) -> None:
    network, w = Network(trained.weights, 0), trained.weights
    rng = np.random.default_rng(4)
    dep, head = (rng.normal(size=(1, 3, 7)).astype(np.float32) for _ in range(2))
    scores = network.arc_scores(dep, head, np.array([3]))[0]
    d, h = (np.where(x > 0, x, 0.1 * x)[0] for x in (dep, head))
    assert np.isclose(scores[0, 2], d[0] @ w["arc"] @ h[2] + w["arc_bias.weight"][0] @ h[2], atol=1e-4)
    assert np.isclose(scores[1, 1], w["root.weight"][0] @ d[1] + w["root.bias"][0], atol=1e-4)


def test_a_padded_token_is_never_a_head(trained: Trained) -> None:
    network = Network(trained.weights, 0)
    dep, head = np.ones((2, 2, 1, 4, 7), dtype=np.float32)[0]
    assert (network.arc_scores(dep, head, np.array([2]))[0, :, 2:] == -1e4).all()


def test_labels_root_for_roots_only(trained: Trained) -> None:
    network = Network(trained.weights, 0)
    rng = np.random.default_rng(5)
    dep, head = (rng.normal(size=(1, 6, 4)).astype(np.float32) for _ in range(2))
    labels = network.best_labels(dep, head, np.array([[1, 1, 1, 2, 2, 0]]))[0]
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
