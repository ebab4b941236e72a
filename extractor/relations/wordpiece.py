"""Words in pieces of a fixed list, as the transformer reads them: "exosomes" is "ex", "##oso" and "##mes".

Greedy, the longest piece first, as BERT's WordPiece does it (Devlin et al. 2019, NAACL), over the words of
a ``Row``: each is letters, digits or one sign already.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase
from typing import Final

from extractor.relations.sequence import END, Row

SPECIAL: Final = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
"""The first entries of every list of pieces."""
UNKNOWN, START, STOP = (SPECIAL.index(p) for p in ("[UNK]", "[CLS]", "[SEP]"))
LONGEST: Final = 6
"""Pieces of a word that are read: longer ones are sequences or broken print."""
KINDS: Final[Mapping[str, str]] = {
    "<M>": "mirna",
    "<G>": "gene",
    "<C>": "cells",
    "<T>": "tissue",
    "<V>": "exosomes",
    "<X>": "exosomal",
    "<L>": "rna",
    "<F>": "serum",
    "<P>": "disease",
    "<K>": "mirnas",
}
"""What is read in place of a name: its kind, since names themselves should not matter."""
LETTERED: Final[Mapping[str, str]] = {"<M>": "mirna", "<G>": "gene", "<C>": "cell", "<T>": "tissue"}
"""Kinds whose entities are told apart: "cell a" is the first cell of the text wherever a cell is named so.
What is named as a cell and as a tissue has a letter of each; from the 27th on letters come again."""


class Pieces:
    """A list of pieces; a word begins with one and goes on with those that start with ``##``."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._number = {piece: number for number, piece in enumerate(pieces)}
        self._cached = lru_cache(maxsize=20_000)(self._split)

    @classmethod
    def load(cls, path: Path) -> Pieces:
        """From a file with one piece a line, ``SPECIAL`` first."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def of_word(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces; one ``[UNK]`` where some letter of it is in no piece.

        >>> Pieces([*SPECIAL, "exo", "##som", "##es"]).of_word("Exosomes")
        (5, 6, 7)
        """
        return self._cached(plain(word))[:LONGEST]

    def _split(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        start = 0
        while start < len(word):
            mark = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((e for e in ends if mark + word[start:e] in self._number), None)
            if end is None:
                return (UNKNOWN,)
            found.append(self._number[mark + word[start:end]])
            start = end
        return tuple(found) or (UNKNOWN,)

    def of_shown(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """The pieces of each word of ``shown``, in its order."""
        return [
            (STOP,) if word == END else tuple(n for part in word.split() for n in self.of_word(part))
            for word in words
        ]


def plain(word: str) -> str:
    """In small letters, without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def shown(row: Row) -> list[str]:
    """The printed words, each name by its kind and a letter of its own: "cell a", "mirna b"."""
    keys = {place.index: place.key for place in row.places}
    letters: dict[str, dict[str, str]] = {}
    found = []
    for number, word in enumerate(row.printed):
        if word in LETTERED and number in keys:
            own = letters.setdefault(word, {})
            letter = own.setdefault(keys[number], ascii_lowercase[len(own) % len(ascii_lowercase)])
            word = f"{LETTERED[word]} {letter}"
        found.append(KINDS.get(word, word))
    return found


def windows(pieces: Sequence[Sequence[int]], longest: int) -> list[list[int]]:
    """The words in runs of whole sentences with at most ``longest`` pieces; a longer sentence is cut.

    >>> windows([(9, 9), (STOP,), (9,), (STOP,)], 4)
    [[0, 1], [2, 3]]
    """
    found: list[list[int]] = [[]]
    size = 0
    for sentence in _sentences(pieces, longest):
        more = sum(len(pieces[n]) for n in sentence)
        if found[-1] and size + more > longest:
            found.append([])
            size = 0
        found[-1] += sentence
        size += more
    return found


def _sentences(pieces: Sequence[Sequence[int]], longest: int) -> list[list[int]]:
    found: list[list[int]] = [[]]
    size = 0
    for number, word in enumerate(pieces):
        if size + len(word) > longest:
            found.append([])
            size = 0
        found[-1].append(number)
        size += len(word)
        if tuple(word) == (STOP,):
            found.append([])
            size = 0
    return [sentence for sentence in found if sentence]
