"""The embedded parser's network in numpy: BiLSTM, biaffine heads and labels, sentence starts.

The shapes below use B sentences, L tokens (padded), D inputs, H hidden units a direction. Sentences
of a batch come longest first. ``models/training/network.py`` is the same network in torch.
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

    def analyse(self, vectors: Floats, space: Ints, lengths: Ints) -> list[Analysis]:
        """Trees for (B, L, D) word vectors and (B, L) space classes; ``lengths`` must not rise."""
        states = vectors + self.w["space.weight"][space]
        for layer in self.layers:
            states = bilstm(states, lengths, layer)
        flat = states.reshape(-1, states.shape[2]) @ self.readers + self.reader_bias
        read = np.split(flat.reshape(*states.shape[:2], -1), self.edges, axis=2)
        tags, arc_dep, arc_head, label_dep, label_head = read
        heads = best_heads(self.arc_scores(arc_dep, arc_head, lengths), lengths)
        labels = self.best_labels(label_dep, label_head, heads)
        best_tags = tags.argmax(2)
        return [Analysis(best_tags[b, :n], heads[b, :n], labels[b, :n]) for b, n in enumerate(lengths)]

    def arc_scores(self, dep: Floats, head: Floats, lengths: Ints) -> Floats:
        """(B, L, L) scores of dependent (row) and head; the diagonal scores the root."""
        dep, head = _leaky(dep), _leaky(head)
        scores: Floats = _times(dep, self.w["arc"]) @ head.transpose(0, 2, 1)
        scores += (head @ self.w["arc_bias.weight"][0])[:, None, :]
        position = np.arange(scores.shape[1])
        scores[:, position, position] = dep @ self.w["root.weight"][0] + self.w["root.bias"]
        padding = position[None, :] >= lengths[:, None]
        scores[np.broadcast_to(padding[:, None, :], scores.shape)] = -1e4
        return scores

    def best_labels(self, dep: Floats, head: Floats, heads: Ints) -> Ints:
        """(B, L) label rows for the given heads; ROOT for roots and for nothing else."""
        dep, head = _leaky(dep), np.take_along_axis(_leaky(head), heads[..., None], axis=1)
        bilinear = self.w["bilinear"]
        left = _times(dep, bilinear.reshape(len(bilinear), -1)).reshape(*dep.shape[:2], *bilinear.shape[1:])
        scores = (left @ head[..., None])[..., 0]
        scores += _times(dep, self.w["label_from_dep.weight"].T) + self.w["label_from_dep.bias"]
        scores += _times(head, self.w["label_from_head.weight"].T)
        scores[..., self.root] = -np.inf
        labels: Ints = scores.argmax(2)
        labels[heads == np.arange(heads.shape[1])] = self.root
        return labels


def _times(x: Floats, matrix: Floats) -> Floats:
    """(B, L, D) @ (D, K) as one product: numpy would make B small ones."""
    result: Floats = (x.reshape(-1, x.shape[2]) @ matrix).reshape(*x.shape[:2], -1)
    return result


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


def bilstm(x: Floats, lengths: Ints, layer: Layer) -> Floats:
    """(B, L, D) -> (B, L, 2H), twice the states; rows beyond a sentence's length are zero.

    sigmoid(x) = (tanh(x / 2) + 1) / 2, so with halved weights one tanh serves all four gates.
    """
    count, longest, _ = x.shape
    hidden = layer.recurrent.shape[1]
    back = _reversal(lengths, longest)
    rows = np.arange(count)[:, None]
    both = np.stack([x, x[rows, back]]).transpose(0, 2, 1, 3)  # (2, L, B, D)
    gates = (both.reshape(2, longest * count, -1) @ layer.inputs + layer.bias).reshape(2, longest, count, -1)
    out = np.zeros((2, longest, count, hidden), dtype=np.float32)
    h, c = np.zeros((2, 2, count, hidden), dtype=np.float32)
    active = (lengths[None, :] > np.arange(longest)[:, None]).sum(axis=1)
    for t, n in enumerate(active):
        a = h[:, :n] @ layer.recurrent
        a += gates[:, t, :n]
        np.tanh(a, out=a)
        i, f, g, o = (a[..., k * hidden : (k + 1) * hidden] for k in range(4))
        i += 1
        i *= g
        f += 1
        f *= c[:, :n]
        f += i
        c = 0.5 * f
        o += 1
        h = np.multiply(o, np.tanh(c), out=out[:, t, :n])  # h is twice itself: see _layer
    forward, backward = out.transpose(0, 2, 1, 3)
    return np.concatenate([forward, backward[rows, back]], axis=2)


def _reversal(lengths: Ints, longest: int) -> Ints:
    """(B, L) positions that turn each sentence round and leave its padding in place."""
    position = np.arange(longest)[None, :]
    result: Ints = np.where(position < lengths[:, None], lengths[:, None] - 1 - position, position)
    return result


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
