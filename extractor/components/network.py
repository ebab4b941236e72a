"""The embedded parser's network in numpy: BiLSTM, biaffine heads and labels, sentence starts.

The shapes below use B sentences of L tokens at most, N tokens in all, D inputs, H hidden units a
direction. ``models/training/network.py`` is the same network in torch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from extractor.components.lexeme import Lexeme
from extractor.components.trees import best_heads

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

REACH: Final = 4
"""Words to the left and right that the sentence splitter sees."""
READERS: Final = ("tag", "arc_dep", "arc_head", "label_dep", "label_head")
"""The layers that read the LSTM's states; run as one product."""


@dataclass(frozen=True)
class Packing:
    """Sentences of falling lengths without padding: all first words, then all second words, and so on."""

    lengths: Ints
    counts: Ints
    """(L,) how many sentences have a word at each position."""
    first: Ints
    """(L,) the row of the first of them."""
    sentence: Ints
    position: Ints
    """(N,) where each row comes from."""
    back: Ints
    """(N,) the row of the word that comes as late from the end of its sentence; its own inverse."""

    @classmethod
    def of(cls, lengths: Ints) -> Packing:
        """Raises ValueError when lengths rise."""
        if (np.diff(lengths) > 0).any():
            raise ValueError(f"sentences must come longest first, not {lengths.tolist()}")
        counts = (lengths[None, :] > np.arange(lengths[0])[:, None]).sum(axis=1)
        first = np.cumsum(counts) - counts
        sentence = np.concatenate([np.arange(n) for n in counts])
        position = np.repeat(np.arange(lengths[0]), counts)
        back = first[lengths[sentence] - 1 - position] + sentence
        return cls(lengths, counts, first, sentence, position, back)

    def padded(self, x: Floats) -> Floats:
        """(N, K) -> (B, L, K)."""
        result = np.zeros((len(self.lengths), self.lengths[0], x.shape[1]), dtype=np.float32)
        result[self.sentence, self.position] = x
        return result


@dataclass(frozen=True)
class Layer:
    """One bidirectional LSTM layer: (2, D, 4H), (2, H, 4H), (2, 1, 4H); gates i, f, g, o."""

    inputs: Floats
    recurrent: Floats
    bias: Floats


@dataclass(frozen=True)
class Analysis:
    """Tags, heads and labels of one sentence, as row numbers and positions; a root heads itself."""

    tags: Ints
    heads: Ints
    labels: Ints


class Network:
    """Runs the trained weights. ``root`` is the row of the label ROOT."""

    def __init__(self, weights: Mapping[str, Floats], root: int) -> None:
        self.w = {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in weights.items()}
        self.root = root
        layers = sum(name.endswith("weight_ih_l0") for name in self.w)
        self.layers = [_layer(self.w, i) for i in range(layers)]
        self.readers = np.concatenate([self.w[f"{name}.weight"] for name in READERS]).T * np.float32(0.5)
        self.reader_bias = np.concatenate([self.w[f"{name}.bias"] for name in READERS])
        self.edges = np.cumsum([len(self.w[f"{name}.bias"]) for name in READERS])[:-1]

    def type_vectors(self, lexemes: Sequence[Lexeme]) -> Floats:
        """(len(lexemes), D): one vector a word type, whatever its sentence."""
        w = self.w
        sizes = [len(x.ngrams) for x in lexemes]
        flat = np.fromiter((row for x in lexemes for row in x.ngrams), dtype=np.int64, count=sum(sizes))
        starts = np.cumsum([0, *sizes[:-1]])
        ngrams = np.add.reduceat(w["lexicon.ngram.weight"][flat], starts) / np.array(sizes)[:, None]
        parts = [w["lexicon.word.weight"][[x.word for x in lexemes]], ngrams]
        parts += [w[f"lexicon.affix.{i}.weight"][[x.affixes[i] for x in lexemes]] for i in range(3)]
        mixed = np.concatenate(parts, axis=1, dtype=np.float32) @ w["lexicon.mix.weight"].T
        return _layer_norm(mixed + w["lexicon.mix.bias"], w["lexicon.norm.weight"], w["lexicon.norm.bias"])

    def analyse(self, vectors: Floats, space: Ints, packing: Packing) -> list[Analysis]:
        """Trees for packed (N, D) word vectors and (N,) space classes, one for each sentence."""
        states = vectors + self.w["space.weight"][space]
        for layer in self.layers:
            states = bilstm(states, packing, layer)
        read = np.split(states @ self.readers + self.reader_bias, self.edges, axis=1)
        tags, arc_dep, arc_head, label_dep, label_head = read
        heads = best_heads(self.arc_scores(arc_dep, arc_head, packing), packing.lengths)
        head_rows = packing.first[heads[packing.sentence, packing.position]] + packing.sentence
        labels = self.best_labels(label_dep, label_head, head_rows)
        best_tags = tags.argmax(1)
        rows = [packing.first[:n] + b for b, n in enumerate(packing.lengths)]
        return [Analysis(best_tags[r], heads[b, : len(r)], labels[r]) for b, r in enumerate(rows)]

    def arc_scores(self, dep: Floats, head: Floats, packing: Packing) -> Floats:
        """(B, L, L) scores of dependent (row) and head; the diagonal scores the root."""
        dep, head = _leaky(dep), _leaky(head)
        scores: Floats = packing.padded(dep @ self.w["arc"]) @ packing.padded(head).transpose(0, 2, 1)
        scores += packing.padded(head @ self.w["arc_bias.weight"].T).transpose(0, 2, 1)
        position = np.arange(scores.shape[1])
        scores[:, position, position] = packing.padded(dep @ self.w["root.weight"].T + self.w["root.bias"])[
            ..., 0
        ]
        padding = position[None, :] >= packing.lengths[:, None]
        scores[np.broadcast_to(padding[:, None, :], scores.shape)] = -1e4
        return scores

    def best_labels(self, dep: Floats, head: Floats, head_rows: Ints) -> Ints:
        """(N,) label rows for the arcs to ``head_rows``; ROOT for roots and for nothing else."""
        dep, head = _leaky(dep), _leaky(head)[head_rows]
        bilinear = self.w["bilinear"]
        left = (dep @ bilinear.reshape(len(bilinear), -1)).reshape(-1, *bilinear.shape[1:])
        scores = (left @ head[..., None])[..., 0]
        scores += dep @ self.w["label_from_dep.weight"].T + self.w["label_from_dep.bias"]
        scores += head @ self.w["label_from_head.weight"].T
        scores[:, self.root] = -np.inf
        labels: Ints = scores.argmax(1)
        labels[head_rows == np.arange(len(head_rows))] = self.root
        return labels


def _leaky(x: Floats) -> Floats:
    return np.maximum(x, 0.1 * x)


def _layer(w: Mapping[str, Floats], i: int) -> Layer:
    """The torch weights of layer i, both directions stacked; sigmoid gates halved, see bilstm.

    bilstm computes 2h, so what reads h (here and in the next layer) is halved once more.
    """

    def both(name: str) -> list[Floats]:
        return [w[f"lstms.{i}.{name}_l0{suffix}"] for suffix in ("", "_reverse")]

    hidden = both("weight_hh")[0].shape[1]
    half = np.full(4 * hidden, 0.5, dtype=np.float32)
    half[2 * hidden : 3 * hidden] = 1
    bias = [(a + b) * half for a, b in zip(both("bias_ih"), both("bias_hh"), strict=True)]
    return Layer(
        np.stack([x.T * half * (0.5 if i else 1) for x in both("weight_ih")]),
        np.stack([x.T * half * 0.5 for x in both("weight_hh")]),
        np.stack(bias)[:, None, :],
    )


def _layer_norm(x: Floats, scale: Floats, shift: Floats) -> Floats:
    centred = x - x.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    result: Floats = centred / deviation * scale + shift
    return result


def bilstm(x: Floats, packing: Packing, layer: Layer) -> Floats:
    """Packed (N, D) -> (N, 2H), twice the states.

    sigmoid(x) = (tanh(x / 2) + 1) / 2, so with halved weights one tanh serves all four gates.
    """
    hidden = layer.recurrent.shape[1]
    gates = np.stack([x, x[packing.back]]) @ layer.inputs + layer.bias
    out = np.empty((2, len(x), hidden), dtype=np.float32)
    h, c = np.zeros((2, 2, len(packing.lengths), hidden), dtype=np.float32)
    for first, n in zip(packing.first.tolist(), packing.counts.tolist(), strict=True):
        a = h[:, :n] @ layer.recurrent
        a += gates[:, first : first + n]
        np.tanh(a, out=a)
        i, f, g, o = (a[..., k * hidden : (k + 1) * hidden] for k in range(4))
        i += 1
        i *= g
        f += 1
        f *= c[:, :n]
        f += i
        c = 0.5 * f
        o += 1
        h = np.multiply(o, np.tanh(c), out=out[:, first : first + n])  # twice h: see _layer
    return np.concatenate([out[0], out[1][packing.back]], axis=1)


def start_scores(cues: Floats, space: Ints, w: Mapping[str, Floats]) -> Floats:
    """(N,) how likely each word of a text starts a sentence; positive means it does.

    ``cues`` (N, (2 * REACH + 1) * K) is what each word says about the starts around it.
    """
    hidden = w["split.bias"] + w["split.space"][space]
    count, width = hidden.shape
    for k in range(2 * REACH + 1):
        shift = k - REACH  # the word at t + shift speaks of position t
        first, last = max(0, -shift), min(count, count - shift)
        if first < last:
            hidden[first:last] += cues[first + shift : last + shift, k * width : (k + 1) * width]
    scores: Floats = _leaky(hidden) @ w["split.out"] + w["split.out_bias"]
    return scores
