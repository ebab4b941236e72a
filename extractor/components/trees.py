"""From scores of arcs to trees: greedy where that is one already, else Chu-Liu-Edmonds.

A tree is an array of heads in which exactly one token, the root, is its own head.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def best_heads(scores: Floats, lengths: Ints) -> Ints:
    """(B, L) heads of the best trees: greedy where that is a tree, else by Chu-Liu-Edmonds."""
    heads: Ints = scores.argmax(2)
    for b in np.flatnonzero(~are_trees(heads, lengths)):
        n = lengths[b]
        heads[b, :n] = best_tree(scores[b, :n, :n])
    return heads


def are_trees(heads: Ints, lengths: Ints) -> NDArray[np.bool_]:
    """(B,) whether exactly one token heads itself and all others lead to it."""
    position = np.arange(heads.shape[1])[None, :]
    real = position < lengths[:, None]
    is_root = (heads == position) & real
    top = heads.copy()
    for _ in range(int(heads.shape[1]).bit_length()):
        top = np.take_along_axis(top, top, axis=1)
    # a second root, or a cycle, does not lead to the first root
    reached = (top == is_root.argmax(1)[:, None]) | ~real
    result: NDArray[np.bool_] = reached.all(axis=1)
    return result


def best_tree(scores: Floats) -> Ints:
    """Heads (L,) of a maximum spanning tree of (L, L) scores; the root is the likeliest one."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    root = int(np.diag(logs).argmax())
    graph = logs.astype(np.float64)
    np.fill_diagonal(graph, -np.inf)
    graph[root] = -np.inf
    graph[root, root] = 0
    return _spanning(graph, root)


def _spanning(graph: NDArray[np.float64], root: int) -> Ints:
    """Chu-Liu-Edmonds: break a cycle by contracting it to one node, solve, expand."""
    heads: Ints = graph.argmax(axis=1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if cycle is None:
        return heads
    rest = np.array([i for i in range(len(graph)) if i not in set(cycle)], dtype=np.int64)
    ring = np.array(cycle, dtype=np.int64)
    gain = graph[ring] - graph[ring, heads[ring]][:, None]  # cost of entering the ring at each member
    into, out = gain[:, rest], graph[np.ix_(rest, ring)]
    small = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    small[:-1, :-1] = graph[np.ix_(rest, rest)]
    small[-1, :-1], small[:-1, -1] = into.max(axis=0), out.max(axis=1)
    solved = _spanning(small, int(np.flatnonzero(rest == root)[0]))
    for i, head in enumerate(solved[:-1]):
        heads[rest[i]] = rest[head] if head < len(rest) else ring[out[i].argmax()]
    entry = solved[-1]
    heads[ring[into[:, entry].argmax()]] = rest[entry]
    return heads


def _cycle(heads: Ints, root: int) -> list[int] | None:
    """The members of a cycle that does not hold the root, or None."""
    done = {root}
    for start in range(len(heads)):
        path: list[int] = []
        node = start
        while node not in done:
            done.add(node)
            path.append(node)
            node = int(heads[node])
        if node in path:
            return path[path.index(node) :]
    return None
