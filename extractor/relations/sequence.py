"""A finding as the network of roles reads it: stems and marks in a row, and where each name stands.

Names are masked by their kind, as in ``masking``: "<C> - deriv <X> <M> inhibit <G> in <C> .". Beside the
words stand the facts that the rules state of each name, so that the network starts from what they know.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractor.relations.masking import mask
from extractor.relations.scene import Scene
from extractor.types import Mention

LONGEST: Final = 900
"""Words of a finding that are read; longer ones are lists or no prose."""
END: Final = "</s>"
TITLE, BODY, LAST = range(3)
"""Where a word stands: in the title, elsewhere, or in the last two sentences."""
_TOKEN = re.compile(r"<[A-Z]\d+>|[^\W\d_]+|\d+|[^\w\s]|_")
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))


@cache
def stem(word: str) -> str:
    """A word without its inflection, so that "releases" and "releasing" count as one.

    >>> stem("Releasing"), stem("releases"), stem("studies")
    ('releas', 'releas', 'study')
    """
    word = word.lower()
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)] + instead
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@dataclass(frozen=True)
class Place:
    """One name in the row: its index, what it names, and the kinds of facts that rules state of it."""

    index: int
    key: str
    mention: Mention
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """The words of a finding in order, where in the text each stands (``TITLE`` ...), and its names."""

    words: tuple[str, ...]
    positions: tuple[int, ...]
    places: tuple[Place, ...]
    printed: tuple[str, ...] = ()
    """The same words as they are printed, marks and ``END`` as in ``words``."""


def tokens_of(
    text: str, start: int, end: int, mentions: Sequence[Mention]
) -> tuple[list[str], list[tuple[Mention, ...]]]:
    """What ``text[start:end]`` prints, and the mentions behind each mark (none behind other words)."""
    masked = mask(text, start, end, mentions)
    printed, behind = [], []
    for token in _TOKEN.findall(masked.text):
        is_mark = token[0] == "<" and len(token) > 2
        printed.append(f"<{token[1]}>" if is_mark else token)
        behind.append(masked.members(token) if is_mark else ())
    return printed, behind


def stemmed(token: str) -> str:
    """A token as the network of words reads it: a stem, a mark, a sign, or 0 for any number."""
    if len(token) == 3 and token[0] == "<":
        return token
    return stem(token) if token.isalpha() else "0" if token.isdigit() else token


def sequence_of(scene: Scene) -> Row:
    """The finding in a row, at most ``LONGEST`` words of it."""
    facts: defaultdict[Mention, set[str]] = defaultdict(set)
    for fact in scene.stated:
        for side, mentions in (("L", fact.left), ("R", fact.right)):
            for mention in mentions:
                facts[mention].add(f"{fact.kind}{side}{'n' if fact.negated else ''}")
    printed: list[str] = []
    positions: list[int] = []
    places: list[Place] = []
    last = scene.span[-1] if scene.span else -1
    for number, (sentence, inside) in zip(scene.span, scene.by_sentence(), strict=True):
        here, behind = tokens_of(scene.text, sentence.start, sentence.end, inside)
        for offset, group in enumerate(behind):
            key = scene.finding.entities.of.get(group[0]) if group else None
            if key and len(printed) + offset < LONGEST:
                named = tuple(sorted(facts[group[0]]))
                places.append(Place(len(printed) + offset, key, group[0], named))
        printed += [*here, END]
        where = TITLE if number in scene.title else LAST if number >= last - 1 else BODY
        positions += [where] * (len(here) + 1)
    del printed[LONGEST:], positions[LONGEST:]
    words = tuple(w if w == END else stemmed(w) for w in printed)
    return Row(words, tuple(positions), tuple(places), tuple(printed))
