"""The network of the embedded parser in torch, for training; ``extractor`` runs it in numpy.

Word rows -> one vector a word type -> BiLSTM over the sentence -> tags, heads and labels, all at
once (Dozat and Manning 2017, without its character LSTM). A token that is its own head is a root.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from extractor.components.lexeme import AFFIX_ROWS, NGRAM_ROWS


@dataclass(frozen=True)
class Size:
    """Widths of the layers; ``words``, ``tags`` and ``labels`` count table rows."""

    words: int
    tags: int
    labels: int
    word: int = 100
    ngram: int = 64
    affix: int = 24
    width: int = 192
    hidden: int = 192
    layers: int = 2
    arc: int = 200
    label: int = 56
    dropout: float = 0.25

    def to_dict(self) -> dict[str, float]:
        return asdict(self)


class Lexicon(nn.Module):
    """One vector for every word type of a batch, from its rows."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.word = nn.Embedding(size.words, size.word)
        self.ngram = nn.EmbeddingBag(NGRAM_ROWS, size.ngram, mode="mean")
        self.affix = nn.ModuleList(nn.Embedding(AFFIX_ROWS, size.affix) for _ in range(3))
        for table in (self.word, self.ngram, *self.affix):
            nn.init.normal_(table.weight, std=0.1)
        self.mix = nn.Linear(size.word + size.ngram + 3 * size.affix, size.width)
        self.norm = nn.LayerNorm(size.width)

    def forward(self, words: Tensor, ngrams: Tensor, offsets: Tensor, affixes: Tensor) -> Tensor:
        """(U,), flat n-gram rows, (U,), (U, 3) -> (U, width)."""
        parts = [self.word(words), self.ngram(ngrams, offsets)]
        parts += [table(affixes[:, i]) for i, table in enumerate(self.affix)]
        return self.norm(self.mix(torch.cat(parts, dim=1)))


class Network(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.lexicon = Lexicon(size)
        self.space = nn.Embedding(4, size.width)
        nn.init.zeros_(self.space.weight)
        both = 2 * size.hidden
        self.lstms = nn.ModuleList(
            nn.LSTM(both if i else size.width, size.hidden, batch_first=True, bidirectional=True)
            for i in range(size.layers)
        )
        self.tag = nn.Linear(both, size.tags)
        self.arc_dep, self.arc_head = nn.Linear(both, size.arc), nn.Linear(both, size.arc)
        self.label_dep, self.label_head = nn.Linear(both, size.label), nn.Linear(both, size.label)
        self.arc = nn.Parameter(torch.zeros(size.arc, size.arc))
        self.arc_bias = nn.Linear(size.arc, 1, bias=False)
        self.root = nn.Linear(size.arc, 1)
        self.bilinear = nn.Parameter(torch.zeros(size.label, size.labels, size.label))
        self.label_from_dep = nn.Linear(size.label, size.labels)
        self.label_from_head = nn.Linear(size.label, size.labels, bias=False)

    def drop(self, x: Tensor) -> Tensor:
        """Dropout with one mask for all tokens of a sentence (B, L, D)."""
        rate = self.size.dropout
        if not self.training or rate == 0:
            return x
        mask = torch.empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - rate) / (1 - rate)
        return x * mask

    def forward(self, vectors: Tensor, index: Tensor, space: Tensor, lengths: Tensor) -> Tensor:
        """Type vectors (U, width) and their use (B, L) -> states (B, L, 2 * hidden)."""
        x = vectors[index] + self.space(space)
        x = self.drop(x)
        if self.training:  # hide whole tokens now and then
            keep = torch.empty(x.shape[0], x.shape[1], 1).bernoulli_(1 - 0.04)
            x = x * keep
        for lstm in self.lstms:
            packed = pack_padded_sequence(x, lengths, batch_first=True)
            x = self.drop(pad_packed_sequence(lstm(packed)[0], batch_first=True)[0])
        return x

    def arcs(self, states: Tensor, mask: Tensor) -> Tensor:
        """Scores (B, L, L) of head given dependent; the diagonal scores the root."""
        dep = self.drop(nn.functional.leaky_relu(self.arc_dep(states), 0.1))
        head = self.drop(nn.functional.leaky_relu(self.arc_head(states), 0.1))
        scores = dep @ self.arc @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        diagonal = torch.diag_embed(self.root(dep).squeeze(2))
        eye = torch.eye(scores.shape[1], dtype=torch.bool)
        scores = torch.where(eye, diagonal, scores)
        return scores.masked_fill(~mask[:, None, :], -1e4)

    def label_scores(self, states: Tensor, heads: Tensor) -> Tensor:
        """Scores (B, L, labels) of the arc from each token to ``heads`` (B, L)."""
        dep = self.drop(nn.functional.leaky_relu(self.label_dep(states), 0.1))
        head = self.drop(nn.functional.leaky_relu(self.label_head(states), 0.1))
        head = torch.gather(head, 1, heads[:, :, None].expand(-1, -1, head.shape[2]))
        width, labels, _ = self.bilinear.shape
        left = (dep @ self.bilinear.reshape(width, -1)).reshape(*dep.shape[:2], labels, width)
        pair = (left @ head[..., None]).squeeze(3)
        return pair + self.label_from_dep(dep) + self.label_from_head(head)
