"""A document's own short forms: scispaCy's detector for ``long (SHORT)``, and ``SHORT (long)`` beside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from scispacy.abbreviation import AbbreviationDetector
from spacy.tokens import Doc

from extractor.components.cell_names import readings

_REVERSED = re.compile(r"(?<![\w-])([A-Z][\w+-]{1,9})\s?\(([a-z][^()]{6,90})\)")
_SMALL = {"of", "and", "the", "in", "for", "to", "with", "on", "by", "a"}


def initials_match(short: str, long: str) -> bool:
    """True where the letters of ``short`` are found in order in ``long``, the first at its start.

    >>> initials_match("IL6R", "interleukin 6 receptor")
    True
    >>> initials_match("MSC", "tumour cells")
    False
    """
    letters = [c for c in short.lower() if c.isalnum()]
    rest = long.lower()
    if not letters or not rest.startswith(letters[0]):
        return False
    position = 0
    for letter in letters:
        position = rest.find(letter, position) + 1
        if position == 0:
            return False
    return True


_NO_NAME = frozenset(
    ("as", "was", "were", "is", "are", "been", "we", "that", "which", "used", "using", "by", "not", "than")
)


def is_name(long: str) -> bool:
    """False for a stretch of a sentence whose letters fit a short form by chance.

    >>> is_name("umbilical vein endothelial cells"), is_name("cells as the donor and endothelial cells")
    (True, False)
    """
    return not _NO_NAME & set(long.lower().split())


def _own_part(short: str, long: str) -> str:
    """The long form without a name before it that a slash parts from it: "receptor 4 (TLR4)/factor (NF)".

    Empty where the rest is not what the short form stands for.
    """
    _, parted, own = long.rpartition(")/")
    return own if not parted or initials_match(short, own) else ""


def detector(nlp: object) -> AbbreviationDetector:
    """scispaCy's detector bound to a vocabulary; registers its extension once."""
    return AbbreviationDetector(nlp)


def told_readings(text: str, defined: Mapping[str, str]) -> dict[str, str]:
    """Short forms of several readings that the text nowhere defines, where it spells out just one of them.

    >>> told_readings("Hepatic stellate cells grew. HSCs took up EVs.", {})
    {'HSC': 'hepatic stellate cell'}
    >>> told_readings("Osteosarcoma with a short overall survival: OS fell.", {})
    {}
    """
    told = {}
    for short, longs in readings().items():
        if {short, short + "s"} & defined.keys() or not re.search(rf"(?<![\w-]){short}s?(?!\w)", text):
            continue
        spelt = [long for long in longs if re.search(rf"\b{long}", text, re.I)]
        if len(spelt) == 1 and longs[spelt[0]] != "other":
            told[short] = spelt[0]
    return told


def find_abbreviations(doc: Doc, detect: AbbreviationDetector) -> dict[str, str]:
    """Short form -> long form as this document defines them; the most frequent definition wins."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for short in detect(doc)._.abbreviations:
        long = _own_part(short.text, " ".join(short._.long_form.text.split()))
        if long:
            votes[short.text][long] += 1
    for match in _REVERSED.finditer(doc.text):
        short_text, long_text = match.group(1), match.group(2)
        words = [w for w in long_text.split() if w.lower() not in _SMALL]
        if len(words) <= 2 * len(short_text) and initials_match(short_text, long_text):
            votes[short_text][long_text] += 1
    votes = {s: Counter({w: n for w, n in c.items() if is_name(w)}) for s, c in votes.items()}
    found = {short: counts.most_common(1)[0][0] for short, counts in votes.items() if counts}
    found = told_readings(doc.text, found) | found
    return {s: long for s, long in found.items() if s.lower() != long.lower()}
