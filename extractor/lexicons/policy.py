"""Which owners of a printed name count as a gene mention when nothing but the name speaks for it."""

from __future__ import annotations

import re
from typing import Final

from extractor.lexicons.lexicon import singulars
from extractor.lexicons.scan import is_wording
from extractor.lexicons.terms import Term, squash

# Aliases this short are mostly other things' abbreviations (MI, EC, CM).
SHORT_ALIAS: Final = 3
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
    """Is a code printed as ordinary words ('and 1' for AND1)? 'IL 6' and 'p38 MAPK' are not."""
    first, gap, _ = text.partition(" ")
    return bool(gap) and " " not in listed and first.islower() and first.isalpha()
