"""Which owners of a printed name count as a gene mention when nothing but the name speaks for it."""

from __future__ import annotations

import re
from typing import Final

from extractor.lexicons.lexicon import singulars
from extractor.lexicons.scan import is_wording
from extractor.lexicons.terms import Term, squash

# Aliases this short are mostly other things' abbreviations (MI, EC, CM).
SHORT_ALIAS: Final = 3
LONG_WORD: Final = 6
_SMALL_WORDS: Final = frozenset(
    ("in", "on", "is", "as", "at", "of", "to", "or", "and", "for", "by", "a", "an")
)
_DIGIT: Final = re.compile(r"\d")


def gene_terms(text: str, terms: tuple[Term, ...], common: frozenset[str]) -> tuple[Term, ...]:
    """The owners that a bare mention may stand for.

    Symbols in their own case, or in mouse case ('Ppm1f') unless that is a word; names in any case;
    aliases in their own case and longer than three characters, or with a digit. Common words only
    in capitals and as approved symbols, and then the caller should ask for a cue.
    """
    return tuple(t for t in terms if _counts(text, t, common))


def _counts(text: str, term: Term, common: frozenset[str]) -> bool:
    shown, listed = squash(text), squash(term.text)
    same = shown == listed or any(squash(s) == listed for s in singulars(text))
    if term.status == "curated" and same:
        return True
    if text.casefold() in common:
        return same and term.status == "symbol" and text.isupper()
    if is_wording(term.text):
        return True
    if _split_words(text, term.text):
        return False
    if term.status == "symbol":
        return same or (shown == listed.capitalize() and len(shown) > 3)
    has_digit = bool(_DIGIT.search(text))
    if len(shown) <= SHORT_ALIAS and not (has_digit and len(shown) == SHORT_ALIAS):
        return same and term.status in ("family", "complex")
    return same or (has_digit and len(shown) > SHORT_ALIAS and shown.casefold() == listed.casefold())


def _split_words(text: str, listed: str) -> bool:
    """Is a code printed as ordinary words ('and 1' for AND1)? 'IL 6', 'p38 MAPK' and 'caspase 3' are not."""
    first, gap, rest = text.partition(" ")
    if not gap or " " in listed or not first.isalpha():
        return False
    if rest in _SMALL_WORDS:
        return True
    # a long word with a number behind its hyphen is a protein's name, not a word that happens to fit
    named = len(first) >= LONG_WORD and listed.casefold().startswith(f"{first}-")
    return first.islower() and not named
