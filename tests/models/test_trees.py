"""Trees from arc scores, against an exhaustive search."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from extractor.components.trees import are_trees, best_heads, best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    """By walking: one root, and every token reaches it."""
    roots = [i for i, h in enumerate(heads) if h == i]
    if len(roots) != 1:
        return False
    for node in range(len(heads)):
        for _ in heads:
            node = heads[node]
        if node != roots[0]:
            return False
    return True


def test_are_trees_agrees_with_walking_for_all_graphs_of_four_tokens() -> None:
    graphs = list(itertools.product(range(4), repeat=4))
    found = are_trees(np.array(graphs), np.full(len(graphs), 4))
    assert found.tolist() == [is_tree(g) for g in graphs]
    assert sum(found) == 64  # Cayley: 4 ** 2 trees with 4 choices of root


def test_padding_is_ignored() -> None:
    heads = np.array([[0, 0, 3, 2], [1, 1, 1, 0]])
    assert are_trees(heads, np.array([2, 2])).tolist() == [True, True]
    assert are_trees(heads, np.array([4, 2])).tolist() == [False, True]


@pytest.mark.parametrize("seed", range(30))
def test_best_tree_is_the_best_of_all_trees_with_its_root(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(5, 5)).astype(np.float32) * 2
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    root = int(np.diag(logs).argmax())
    trees = [t for t in itertools.product(range(5), repeat=5) if t[root] == root and is_tree(t)]
    expected = max(trees, key=lambda t: sum(logs[i, h] for i, h in enumerate(t) if i != root))
    assert tuple(best_tree(scores)) == expected


def test_two_tokens_that_head_each_other_are_parted() -> None:
    # token 0 wants 1, token 1 wants 0 a little less, and 1 is the better root
    scores = np.array([[[-3.0, 5.0], [4.0, 1.0]]], dtype=np.float32)
    assert best_heads(scores, np.array([2])).tolist() == [[1, 1]]


def test_a_greedy_tree_is_left_alone() -> None:
    scores = np.array([[[0.0, 9.0, 0.0], [0.0, 9.0, 0.0], [9.0, 0.0, 0.0]]], dtype=np.float32)
    assert best_heads(scores, np.array([3])).tolist() == [[1, 1, 0]]
