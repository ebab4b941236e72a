"""Phenotypes: what becomes of the recipient (angiogenesis, M2 polarization, gemcitabine resistance, ...)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Literal, NamedTuple

from extractor.components._longest import longest
from extractor.rules.loader import read_rows
from extractor.types import Concept, Mention

Direction = Literal["increases", "decreases", ""]

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_LEFT = r"(?<![A-Za-z0-9])(?:anti-?|pro-?)?"
# no phenotype: an assay, a molecule named after one, statistics on patients
_RIGHT = (
    r"(?![A-Za-z0-9])(?!-? ?(?:inducing|inhibitory|stimulating|activating) (?:ligand|factor))"
    r"(?! (?:assays?|markers?|kits?|inhibitors?|mice|rats|models?|proteins?)\b)"
    r"(?!-related (?:gene|protein))(?!-associated )"
)
_PREFIXED = re.compile(r"(?:anti|pro)-?(?=[a-z])(?!(?<=pro)(?:lifer|gress|duct|tect|ject))", re.I)
"""Not the first letters of "proliferation"."""
_SAME = {"hepatic": "liver", "pulmonary": "lung", "cerebral": "brain", "renal": "kidney", "ln": "lymph node"}
_SAME |= {"cardiac": "myocardial", "lymphatic": "lymph node", "fluorouracil": "5-FU", "ddp": "cisplatin"}
_SAME |= {
    "5-fluorouracil": "5-FU",
    "5fu": "5-FU",
    "5-fu": "5-FU",
    "tmz": "temozolomide",
    "dox": "doxorubicin",
}
_SAME |= {"skeletal": "bone", "dermal": "skin", "lungs": "lung", "livers": "liver", "bones": "bone"}


class _Row(NamedTuple):
    stems: tuple[str, ...]
    """One of these must be in the lower-cased text, which is quicker to see than to try the pattern."""
    pattern: re.Pattern[str]
    canonical: str
    curie: str

    def may_match(self, lowered: str) -> bool:
        return not self.stems or any(stem in lowered for stem in self.stems)


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            tuple(s for s in row["stems"].split(";") if s),
            re.compile(f"{_LEFT}(?:{row['pattern']}){_RIGHT}", re.I),
            row["canonical"],
            row["curie"],
        )
        for row in read_rows("phenotypes.tsv", ("id", "canonical", "pattern", "example", "counterexample"))
    )


def _name(row: _Row, match: re.Match[str]) -> str:
    """The canonical name, with the organ, drug or cell of the match where the row has a place for it."""
    if "{1}" not in row.canonical:
        return row.canonical
    return row.canonical.replace("{1}", _part(next((g for g in match.groups() if g), "")))


def _part(word: str) -> str:
    """An organ or drug by its usual name; words in lower case, short forms (TMZ, M2) as printed."""
    code = word[:2].isupper() or word[1:2].isdigit()
    return _SAME.get(word.lower(), word if code else word.lower())


def _candidates(text: str) -> Iterator[Mention]:
    lowered = text.lower()
    for row in _rows():
        for match in row.pattern.finditer(text) if row.may_match(lowered) else ():
            concept = Concept(row.curie, row.canonical.replace("{1} ", "")) if row.curie else None
            yield Mention("PHENOTYPE", match.start(), match.end(), match.group(), _name(row, match), concept)


def find_phenotypes(text: str) -> tuple[Mention, ...]:
    """All phenotypes, sorted, not overlapping, the longest one where rules of ``phenotypes.tsv`` meet.

    ``name`` is the canonical phenotype; ``concept`` a GO or MeSH identifier where the rule gives one.

    >>> [m.name for m in find_phenotypes("less proliferation, migration and lung metastasis")]
    ['proliferation', 'migration', 'lung metastasis']
    """
    folded = text.translate(_DASHES)
    found = longest(_candidates(folded), len(text))
    return tuple(replace(m, text=text[m.start : m.end]) for m in found)


_BREAK = re.compile(
    r"[.;:?!]\s|\n|,? (?:but|whereas|while|although|however|thereby|thus)\b|,? (?=resulting in)"
)
_NEGATION = re.compile(r"\b(?:not|no|neither|nor|without|fail(?:s|ed)? to|unable to)(?:\s\w+){0,2}\s*$", re.I)
_NEUTRAL = re.compile(
    r"\b(?:regulat|modulat|affect|influenc|effect|impact|role|involv|associat|relat|correlat|link|know)\w*"
    r"(?: (?:of|on|in|to|with|the|for|as))*(?: [\w-]+)?\s*$",
    re.I,
)
"""Right before a phenotype: it is spoken of, without a direction ("in the regulation of angiogenesis")."""
_COMPARES = frozenset({"more", "less"})
"""After "was" they compare something else: "suppressed inflammation, which was more effective"."""
_REACH = 120
"""Characters to the left in which a cue may govern a phenotype, over a list of them."""

_NOUN = re.compile(r"(?:[ts]ion|ment|ance|ease|ory|ing|blockade|loss of|lack of)$", re.I)
"""The end of a cue that is the name of an effect, not a verb: "inhibition", "increase", "inhibitory"."""
_OF_IT = re.compile(
    r"(?: (?:effects?|roles?|actions?|activity))?(?: of [^.,;:]{1,60}?)?(?: (?:of|in|on))?(?: the| cell)? "
)
"""Between the name of an effect and the phenotype."""


class _Cue(NamedTuple):
    start: int
    end: int
    sign: int


@cache
def _cues() -> tuple[tuple[re.Pattern[str], int], ...]:
    rows = read_rows("phenotype_cues.tsv", ("id", "pattern", "direction", "example", "counterexample"))
    return tuple(
        (
            re.compile(rf"(?<![A-Za-z0-9-])(?:{row['pattern']})(?![A-Za-z0-9-])", re.I),
            1 if row["direction"] == "increases" else -1,
        )
        for row in rows
    )


def _cues_in(text: str, start: int, end: int) -> list[_Cue]:
    found = [_Cue(*m.span(), sign) for pattern, sign in _cues() for m in pattern.finditer(text, start, end)]
    return sorted(found)


def _signed(text: str, cues: list[_Cue]) -> int:
    """The sign of the last cue, turned by cues that govern it closely (prevents the loss of ...)."""
    last = cues[-1]
    if _is_denied(text, last):
        return 0
    sign = last.sign
    for outer, inner in zip(reversed(cues[:-1]), reversed(cues[1:]), strict=True):
        between = text[outer.end : inner.start]
        if len(between.split()) > 3 or re.search(r",|\band\b|\bby\b|\bvia\b|\bthrough\b", between):
            break
        sign *= outer.sign
    return sign


def direction(text: str, mention: Mention) -> Direction:
    """Whether the clause says that the phenotype rises or falls; empty where no cue governs it.

    A passive cue right after the phenotype wins, then a prefix (anti-, pro-), then the nearest cue before it.

    >>> text = "The vesicles inhibited apoptosis."
    >>> direction(text, find_phenotypes(text)[0])
    'decreases'
    """
    sign = _passive(text, mention) or _prefix(mention) or _before(text, mention)
    return "increases" if sign > 0 else "decreases" if sign < 0 else ""


def denied(text: str, mention: Mention) -> Direction:
    """The direction that a clause says the phenotype does not take; empty where it denies none.

    >>> text = "The vesicles failed to inhibit apoptosis."
    >>> denied(text, find_phenotypes(text)[0])
    'decreases'
    """
    cues = _governing(text, mention)
    if not cues or not _is_denied(text, cues[-1]):
        return ""
    return "increases" if cues[-1].sign > 0 else "decreases"


def effect_noun(text: str, mention: Mention) -> tuple[Direction, int]:
    """What a noun before the phenotype says of it, and where it starts: "the increase in apoptosis", "the
    inhibitory effect of vesicles on apoptosis". Empty where there is none.
    """
    cues = _governing(text, mention)
    if not cues or not _NOUN.search(text, cues[-1].start, cues[-1].end):
        return "", mention.start
    if not _OF_IT.fullmatch(text, cues[-1].end, mention.start):
        return "", mention.start
    return ("increases" if cues[-1].sign > 0 else "decreases"), cues[-1].start


def told_behind(text: str, mention: Mention) -> Direction:
    """What a passive verb behind the phenotype says became of it."""
    sign = _passive(text, mention)
    return "increases" if sign > 0 else "decreases" if sign < 0 else ""


def _passive(text: str, mention: Mention) -> int:
    stop = _BREAK.search(text, mention.end)
    end = min(stop.start() if stop else len(text), mention.end + 90)
    for cue in _cues_in(text, mention.end, end):
        between = text[mention.end : cue.start]
        if re.search(r"\b(?:was|were|is|are|be|been|being)(?: \w+ly| also)* $", between):
            if text[cue.start : cue.end].lower() in _COMPARES:
                return 0
            return cue.sign if len(between.split()) <= 8 and "not " not in between else 0
        if between == " " and text[cue.start : cue.end] in (
            "fell",
            "declined",
            "decreased",
            "increased",
            "rose",
        ):
            return cue.sign
    return 0


def _prefix(mention: Mention) -> int:
    match = _PREFIXED.match(mention.text)
    return 0 if match is None else -1 if match.group().lower().startswith("anti") else 1


def _before(text: str, mention: Mention) -> int:
    cues = _governing(text, mention)
    if not cues or (cues[-1].end < mention.start and _NEUTRAL.search(text, cues[-1].end, mention.start)):
        return 0
    return _signed(text, cues)


def _governing(text: str, mention: Mention) -> list[_Cue]:
    """The cues before a phenotype, in its clause."""
    start = max(0, mention.start - _REACH)
    for stop in _BREAK.finditer(text, start, mention.start):
        start = stop.end()
    return [c for c in _cues_in(text, start, mention.end) if _governs(c, mention)]


def _is_denied(text: str, cue: _Cue) -> bool:
    return bool(_NEGATION.search(text, max(0, cue.start - 40), cue.start))


def _governs(cue: _Cue, mention: Mention) -> bool:
    """A cue before the phenotype, or its first word where that is no part of its name: improving survival."""
    word = mention.text[: cue.end - mention.start]
    return cue.end <= mention.start or (cue.start == mention.start and word.lower() not in mention.name)
