"""A document with its names veiled: patterns speak of kinds of names, and every offset stays.

Each character of a name is replaced by one that stands for its kind, so that ``{M} mimics?`` finds
"miR-21-5p mimics" at its own place, whatever the miRNA is called.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final, NamedTuple

from extractor.types import Mention

KINDS: Final = {
    "MIRNA": "M",
    "MIRNA_SET": "K",
    "VESICLE": "V",
    "CELL": "C",
    "TISSUE": "C",
    "SORTER": "S",
}
"""The letter of a kind of name in a pattern; names of other labels are read as words."""
_FIELD: Final = re.compile(r"\{([A-Z]+)\}")
_PRIVATE: Final = 0xE000


def veil(letters: str) -> str:
    """The characters that stand for names of these kinds."""
    return "".join(chr(_PRIVATE + ord(letter)) for letter in letters)


def fields(pattern: str) -> str:
    """The letters that a pattern speaks of, each once.

    >>> fields("{M} in {VM}")
    'MV'
    """
    return "".join(dict.fromkeys("".join(_FIELD.findall(pattern))))


def expand(pattern: str) -> str:
    """A pattern with its fields written out: ``{MK}`` is one name of either kind."""
    return _FIELD.sub(lambda m: f"[{veil(m.group(1))}]+", pattern)


class Span(NamedTuple):
    """A stretch of the reading's text."""

    start: int
    end: int


class View:
    """A text, its sentences and its names; the veiled texts are made once for each set of kinds."""

    def __init__(self, text: str, sentences: Iterable[Span], mentions: Iterable[Mention]) -> None:
        self.text = text
        self.sentences = tuple(sentences)
        self.mentions = tuple(sorted((m for m in mentions if m.label in KINDS), key=lambda m: m.start))
        self._places = [m.start for m in self.mentions]
        self._starts = [s.start for s in self.sentences]
        self._veiled: dict[str, str] = {"": text}

    def veiled(self, letters: str) -> str:
        """The text with the names of these kinds veiled; as long as the text itself."""
        if letters not in self._veiled:
            self._veiled[letters] = self._cover(letters)
        return self._veiled[letters]

    def _cover(self, letters: str) -> str:
        pieces, position = [], 0
        for mention in self.mentions:
            letter = KINDS[mention.label]
            if letter in letters and mention.start >= position:
                pieces += [self.text[position : mention.start], veil(letter) * len(mention.text)]
                position = mention.end
        return "".join([*pieces, self.text[position:]])

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that holds a place in the text; -1 for a place in none."""
        number = bisect_right(self._starts, position) - 1
        return number if number >= 0 and position < self.sentences[number].end else -1

    def names_in(self, start: int, end: int, *labels: str) -> list[Mention]:
        """The names of some labels that lie in a stretch of the text."""
        first, behind = bisect_left(self._places, start), bisect_left(self._places, end)
        return [m for m in self.mentions[first:behind] if m.end <= end and m.label in labels]
