"""Sentences for training as tensors: treebanks and silver trees in spaCy's DocBin format."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import spacy
import torch
from noise import Sentence
from spacy.tokens import DocBin
from torch import Tensor

from extractor.components.lexeme import describe, normal_form


@dataclass(frozen=True)
class Batch:
    index: Tensor
    space: Tensor
    lengths: Tensor
    mask: Tensor
    words: Tensor
    ngrams: Tensor
    offsets: Tensor
    affixes: Tensor
    tags: Tensor
    heads: Tensor
    labels: Tensor
    weights: Tensor


def read_treebank(path: Path) -> list[list[Sentence]]:
    """The sentences of each document of a .spacy file."""
    vocab = spacy.blank("en").vocab
    docs = DocBin().from_disk(path).get_docs(vocab)
    return [
        [
            Sentence(
                tuple(t.text for t in s),
                tuple(bool(t.whitespace_) for t in s),
                tuple(t.tag_ for t in s),
                tuple(t.head.i - s.start for t in s),
                tuple(t.dep_ for t in s),
            )
            for s in doc.sents
        ]
        for doc in docs
    ]


def vocabulary(sentences: Iterable[Sentence], least: int) -> tuple[dict[str, int], list[int]]:
    """Normal forms seen at least ``least`` times -> row (from 1), and the count of each row."""
    counts = Counter(normal_form(w) for s in sentences for w in s.words)
    kept = sorted((w for w, n in counts.items() if n >= least), key=lambda w: (-counts[w], w))
    return {w: i + 1 for i, w in enumerate(kept)}, [0] + [counts[w] for w in kept]


def batches(sentences: list[Sentence], tokens: int, rng: random.Random) -> Iterator[list[Sentence]]:
    """Batches of sentences of like length, about ``tokens`` tokens each, in random order."""
    order = sorted(sentences, key=lambda s: len(s.words) + rng.random() * 4)
    groups: list[list[Sentence]] = [[]]
    for sentence in order:
        if groups[-1] and len(sentence.words) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(sentence)
    rng.shuffle(groups)
    yield from (sorted(group, key=lambda s: -len(s.words)) for group in groups if group)


class Encoder:
    """Sentences -> tensors. ``counts`` drives the dropout of rare words in training."""

    def __init__(
        self, words: Mapping[str, int], counts: list[int], tags: list[str], labels: list[str]
    ) -> None:
        self.words, self.counts = words, counts
        self.tags = {t: i for i, t in enumerate(tags)}
        self.labels = {t: i for i, t in enumerate(labels)}
        self.cache: dict[str, tuple[int, Tensor, tuple[int, int, int]]] = {}

    def lexeme(self, text: str) -> tuple[int, Tensor, tuple[int, int, int]]:
        if text not in self.cache:
            x = describe(text, self.words)
            self.cache[text] = (x.word, torch.tensor(x.ngrams), x.affixes)
        return self.cache[text]

    def word_row(self, row: int, rng: random.Random | None) -> int:
        """Row 0 instead, the more often the rarer the word (Kiperwasser and Goldberg 2016)."""
        if rng is None or rng.random() > 0.3 / (0.3 + self.counts[row]) + 0.02:
            return row
        return 0

    def __call__(self, group: list[Sentence], rng: random.Random | None = None) -> Batch:
        size = (len(group), max(len(s.words) for s in group))
        types = {w: i for i, w in enumerate(dict.fromkeys(w for s in group for w in s.words))}
        rows = [self.lexeme(w) for w in types]
        starts = torch.tensor([0] + [len(r[1]) for r in rows[:-1]]).cumsum(0)
        index, space, tags, heads, labels = (torch.zeros(size, dtype=torch.long) for _ in range(5))
        mask = torch.zeros(size, dtype=torch.bool)
        for b, s in enumerate(group):
            n = len(s.words)
            index[b, :n] = torch.tensor([types[w] for w in s.words])
            space[b, :n] = torch.tensor(space_classes(s.spaces))
            tags[b, :n] = torch.tensor([self.tags.get(t, 0) for t in s.tags])
            heads[b, :n] = torch.tensor(s.heads)
            labels[b, :n] = torch.tensor([self.labels.get(x, self.labels["dep"]) for x in s.labels])
            mask[b, :n] = True
        return Batch(
            index, space, torch.tensor([len(s.words) for s in group]), mask,
            torch.tensor([self.word_row(r[0], rng) for r in rows]), torch.cat([r[1] for r in rows]),
            starts, torch.tensor([r[2] for r in rows]), tags, heads, labels,
            torch.tensor([s.weight for s in group]),
        )  # fmt: skip


def space_classes(spaces: Iterable[bool]) -> list[int]:
    """Two bits a token: 1 = a space follows, 2 = a space (or the sentence start) precedes."""
    after = list(spaces)
    before = [True, *after[:-1]]
    return [int(a) + 2 * int(b) for a, b in zip(after, before, strict=True)]
