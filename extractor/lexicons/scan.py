"""Longest-match search for a lexicon's names in a text, over token boundaries.

The key of a span is the concatenation of its tokens' folded texts, so hyphen, space and Greek
variants cost nothing. Only hyphens and spaces may stand between two tokens of a name; '/' separates
names, and a hyphen may follow one ('X-derived'). Cost: a growing span is given up as soon as no
name starts like it (``Lexicon.prefixes``), on average after two or three tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from extractor.lexicons.lexicon import PREFIX, Lexicon, singulars
from extractor.lexicons.terms import DASHES, Term, fold, squash

MAX_TOKENS: Final = 12
_TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W\d_]\b)?|[+_.,()\[\]&]")
_JOINT: Final = re.compile(rf"[{re.escape(DASHES)} \t\n\u00a0\u2009\u202f]{{0,3}}")
_INSIDE: Final = frozenset("+_.,()[]&")


class Token(NamedTuple):
    """A token: offsets, folded text, and whether only a hyphen or space parts it from the next."""

    start: int
    end: int
    key: str
    joined: bool


class Match(NamedTuple):
    """A found span, code-point offsets, end exclusive, with every name that owns it."""

    start: int
    end: int
    terms: tuple[Term, ...]


Accept = Callable[[str, tuple[Term, ...]], tuple[Term, ...]]


def same_case(text: str, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Keep what is printed as in the lexicon; long names of words may differ in case."""
    printed = {squash(text), *(squash(s) for s in singulars(text))}
    return tuple(t for t in terms if squash(t.text) in printed or is_wording(t.text) or is_word(t.text))


def is_wording(text: str) -> bool:
    """Does a name read as words ('mast cell'), not as a code ('SET', 'p21')?"""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 6 and sum(c.islower() for c in letters) >= 0.6 * len(letters)


def is_word(text: str) -> bool:
    """Is it one plain lower-case word ('heart'), which titles and headings may capitalise?"""
    return len(text) >= 4 and text.isalpha() and text.islower()


class Scanner:
    """Finds a lexicon's names; ``accept`` decides which owners of a printed span count."""

    def __init__(self, lexicon: Lexicon, accept: Accept = same_case, min_length: int = 2) -> None:
        self._lexicon = lexicon
        self._accept = accept
        self._min_length = min_length

    def find_terms(self, text: str) -> list[Match]:
        """The leftmost-longest accepted matches of ``text``, in order and without overlap."""
        tokens = tokenize(text)
        prefixes = self._lexicon.prefixes
        found: list[Match] = []
        position = 0
        while position < len(tokens):
            key = tokens[position].key
            step = 1
            if key not in _INSIDE and _possible(key, prefixes):
                step, match = self._longest(text, tokens, position)
                if match:
                    found.append(match)
            position += step
        return found

    def _longest(self, text: str, tokens: tuple[Token, ...], first: int) -> tuple[int, Match | None]:
        start, prefixes, key = tokens[first].start, self._lexicon.prefixes, ""
        best: tuple[int, Match | None] = (1, None)
        for last, token in enumerate(tokens[first : first + MAX_TOKENS], first):
            key += token.key
            if not _possible(key, prefixes):
                break
            match = self._match(text, start, token.end, key)
            if match:
                best = (last - first + 1, match)
            if not token.joined:
                break
        return best

    def _match(self, text: str, start: int, end: int, key: str) -> Match | None:
        has_key = self._lexicon.has_key
        for candidate in (key, *_singular_keys(key)) if key[-1] == "s" else (key,):
            if has_key(candidate) and len(candidate) >= self._min_length:
                terms = self._accept(text[start:end], self._lexicon.lookup_folded(candidate))
                if terms:
                    return Match(start, end, terms)
        return None


@lru_cache(maxsize=8)
def tokenize(text: str) -> tuple[Token, ...]:
    """Runs of letters and digits, and punctuation that names may hold; cached, as every lexicon asks."""
    spans = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text)]
    starts = [*(s[0] for s in spans[1:]), len(text) + 9][: len(spans)]
    return tuple(
        Token(start, end, word.lower() if word.isascii() else fold(word), _joined(text, end, following))
        for (start, end, word), following in zip(spans, starts, strict=True)
    )


def _possible(key: str, prefixes: frozenset[str]) -> bool:
    """False when no name begins like this key. The last two letters may be a plural and do not count."""
    reach = len(key) - 2
    for size in PREFIX:
        if reach >= size:
            return key[:size] in prefixes
    return True


def _joined(text: str, left: int, right: int) -> bool:
    gap = right - left
    return (
        gap == 0
        or (gap == 1 and text[left] in " -")
        or (gap <= 3 and bool(_JOINT.fullmatch(text, left, right)))
    )


def _singular_keys(key: str) -> tuple[str, ...]:
    if key[-1] != "s" or len(key) < 3 or key[-2] in "su":
        return ()
    return (key[:-2] + "is", key[:-1]) if key.endswith("ses") else (key[:-1],)
