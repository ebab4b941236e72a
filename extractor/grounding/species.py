"""Which species a text names."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from extractor.lexicons import curated


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {
        word.casefold(): row["species"]
        for row in curated.rows("species")
        for word in curated.listed(row["text"])
    }


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = sorted(_words(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?![\w])", re.IGNORECASE)


def species_cues(text: str) -> tuple[str, ...]:
    """Species that a text names, the most often named first; empty when it names none.

    >>> species_cues("Mice got human cells; the mouse hearts healed.")
    ('mouse', 'human')
    """
    counts = Counter(_words()[m.group().casefold()] for m in _pattern().finditer(text))
    return tuple(name for name, _ in counts.most_common())


def species_word(word: str) -> str:
    """The species that a single word names; empty for any other word."""
    return _words().get(word.casefold(), "")
