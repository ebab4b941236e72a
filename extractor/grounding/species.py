"""Which species a text names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
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
    counts = Counter(name for name, _, _ in find_species(text))
    return tuple(name for name, _ in counts.most_common())


def find_species(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word that names a species: the species, start and end.

    >>> list(find_species("Mice got human cells."))
    [('mouse', 0, 4), ('human', 9, 14)]
    """
    for match in _pattern().finditer(text):
        yield _words()[match.group().casefold()], match.start(), match.end()


def species_word(word: str) -> str:
    """The species that a single word names; empty for any other word."""
    return _words().get(word.casefold(), "")
