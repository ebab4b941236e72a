"""Noise for training: names of this field (``names.tsv``) in the place of other names.

The extraction rules parse sentences in which every known name is one plain token (``miR-21``,
``exosomes``), so the parser must be at home in such sentences.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class Sentence:
    """A tree; ``heads`` are positions in the sentence, a root is its own head."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    weight: float = 1.0


SINGULAR: Final = frozenset({"NN", "NNP"})


@dataclass(frozen=True)
class Names:
    """Single tokens that stand for mentions, by the kind of noun they may replace."""

    thing: tuple[str, ...]
    plural: tuple[str, ...]
    adjective: tuple[str, ...]


def read_names(path: Path) -> Names:
    """``names.tsv``: two columns, kind and token."""
    table: dict[str, list[str]] = {"thing": [], "plural": [], "adjective": []}
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, token = line.split("\t")
        table[kind].append(token)
    return Names(tuple(table["thing"]), tuple(table["plural"]), tuple(table["adjective"]))


def noised(sentence: Sentence, names: Names, rng: random.Random, rate: float) -> Sentence:
    """The sentence with some nouns replaced by names, their leaf modifiers to the left dropped."""
    words, drop = list(sentence.words), set[int]()
    for i, tag in enumerate(sentence.tags):
        if rng.random() >= rate:
            continue
        word = words[i]
        if tag in SINGULAR and (word != word.lower() or any(c.isdigit() for c in word)):
            words[i] = rng.choice(names.thing)
        elif tag in ("NNS", "NNPS"):
            words[i] = rng.choice(names.plural)
        elif tag == "JJ" and "-" in word and word.endswith("ed"):
            words[i] = rng.choice(names.adjective)
            continue
        else:
            continue
        if rng.random() < 0.7:
            drop |= _modifiers(sentence, i)
    return _without(replace(sentence, words=tuple(words)), drop)


def telegraphic(sentence: Sentence, rng: random.Random, rate: float = 0.7) -> Sentence:
    """The sentence with most of its articles dropped: ``enhanced migration``, as abstracts write."""
    parents = {h for i, h in enumerate(sentence.heads) if h != i}
    articles = (i for i, word in enumerate(sentence.words) if word in ("the", "a", "an") and i not in parents)
    return _without(sentence, {i for i in articles if rng.random() < rate})


def _modifiers(sentence: Sentence, head: int) -> set[int]:
    """Compound and adjective leaves directly to the left of ``head``: part of the same name."""
    parents = {h for i, h in enumerate(sentence.heads) if h != i}
    found: set[int] = set()
    i = head - 1
    while i >= 0 and sentence.heads[i] == head and sentence.labels[i] in ("compound", "amod"):
        if i in parents:
            break
        found.add(i)
        i -= 1
    return found


def _without(sentence: Sentence, drop: set[int]) -> Sentence:
    if not drop:
        return sentence
    keep = [i for i in range(len(sentence.words)) if i not in drop]
    new = {old: i for i, old in enumerate(keep)}
    return Sentence(
        tuple(sentence.words[i] for i in keep),
        tuple(sentence.spaces[i] for i in keep),
        tuple(sentence.tags[i] for i in keep),
        tuple(new[sentence.heads[i]] for i in keep),
        tuple(sentence.labels[i] for i in keep),
        sentence.weight,
    )
