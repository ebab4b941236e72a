"""What the embedded parser knows of a word from its letters alone: the same in training and in use.

A word is described by its entry in a vocabulary, by hashed character n-grams, and by a hashed
prefix, suffix and shape, so that a gene or cell line never seen before still looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zlib import crc32

NGRAM_ROWS: Final = 30_000
AFFIX_ROWS: Final = 4_000
MAX_CHARS: Final = 24
_DIGIT: Final = re.compile(r"[0-9]")
_SHAPE: Final = ((re.compile(r"[A-ZΑ-Ω]"), "X"), (re.compile(r"[a-zα-ωµ]"), "x"), (re.compile(r"[0-9]"), "d"))
_RUN: Final = re.compile(r"(.)\1{3,}")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """Row numbers in the embedding tables: one word, many n-grams, and prefix, suffix, shape."""

    word: int
    ngrams: tuple[int, ...]
    affixes: tuple[int, int, int]


def normal_form(text: str) -> str:
    """Lower case with every digit as 0: ``miR-21`` and ``miR-29`` are one vocabulary entry."""
    return _DIGIT.sub("0", text.lower())


def word_shape(text: str) -> str:
    """``Xx-dd``-like shape with runs cut at three, e.g. ``HUVECs`` -> ``XXXx``."""
    for pattern, mark in _SHAPE:
        text = pattern.sub(mark, text)
    return _RUN.sub(r"\1\1\1", text)


def describe(text: str, vocabulary: Mapping[str, int]) -> Lexeme:
    """The rows of a word; an unknown word has word row 0."""
    form = normal_form(text)
    short = form if len(form) <= MAX_CHARS else form[: MAX_CHARS // 2] + form[-MAX_CHARS // 2 :]
    marked = f"<{short}>"
    ngrams = tuple(
        _row(marked[i : i + n], NGRAM_ROWS) for n in (2, 3, 4, 5) for i in range(len(marked) - n + 1)
    )
    affixes = ("p" + form[:3], "s" + form[-3:], "h" + word_shape(text))
    prefix, suffix, shape = (_row(value, AFFIX_ROWS) for value in affixes)
    return Lexeme(vocabulary.get(form, 0), ngrams, (prefix, suffix, shape))


def _row(value: str, rows: int) -> int:
    """A stable hash: Python's own differs between processes."""
    return crc32(value.encode("utf-8")) % rows
