"""Cell lines that no list here holds: what Cellosaurus knows, or "cells" follows, where a line is meant.

A name such as TM4 or HN4 may be anything. It is a line where vesicles come from it ("exosomes derived from
SNU-1"), where the text says so ("cell lines 451Lu and WM1366") and, once one place has shown it, everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from extractor.components.cell_names import cell_lines, curated_abbreviations
from extractor.lexicons import load
from extractor.rules.loader import word_class

_NAME = r"(?:[a-z]{0,2}[A-Z]|\d{2,3}[A-Z])[A-Za-z0-9]*(?:[-.][A-Za-z0-9]+|/\d[A-Z])*"
_ONE = rf"(?<![\w/.-]){_NAME}(?![\w-]|/[\w-])"
_LIST = rf"{_ONE}(?:(?:,| and| or|, and|, or|/) ?(?:the )?{_ONE}){{0,5}}"
_VESICLE = (
    r"(?:[Ee]xosom(?:es?|al|ic)|[Ee]xos?|EXOs?|(?:[slmtiph]|TD|CM)?EVs?|[sm]?MVs|extracellular vesicles?"
    r"|(?:[Mm]icro-?|[Nn]ano-?)?[Vv]esicles?|[Ee]ctosomes?|[Mm]icroparticles?|apoptotic bodies)"
)
_GIVEN = (
    r"(?:derived|secreted|released|shed|isolated|purified|harvested|obtained|collected|produced|generated"
    r"|extracted|originating|delivered)"
)
_GIVEN_BY = r"(?:secreted|released|shed|produced|delivered)"
"""What a cell does; "isolated by SEC" tells the method."""
_SOURCE = (
    r"(?:(?:the|human|mouse|murine|rat|parental|cultured|culture|conditioned|hypoxic|normoxic|metastatic"
    r"|supernatants?|medium|media|of|from|resistant|sensitive|[a-z]+-(?:resistant|sensitive|treated)) ){0,4}"
)
_NO_LINE_BEHIND = (
    r"(?! (?:patients?|subjects?|mice|mouse|rats?|animals?|models?|individuals?|volunteers?|donors?|women|men"
    r"|controls?|groups?|cohorts?|fractions?|columns?|gradients?|plasma|serum|sera|urine|blood|samples?|tissues?|tumou?rs?|knock-?out|protein"
    r"|receptors?|gene|mRNA|inhibit\w+|agonist|antagonist|transgenic|deficient|positive|negative)\b)"
)
_FROM = re.compile(
    rf"\b{_VESICLE}(?: \([^()]{{1,20}}\))?,?(?: (?:were|was|are|that were|which were))?(?: [a-z]+ly)?"
    rf" (?:(?:{_GIVEN} )?(?:from|of)|{_GIVEN_BY} by) {_SOURCE}(?P<names>{_LIST}){_NO_LINE_BEHIND}"
)
_DERIVED = re.compile(
    rf"(?<![\w/.-])(?P<names>{_NAME})[- ](?:cell[- ])?(?:derived|secreted|released|shed)[- ]"
    rf"(?:\w+[- ])?{_VESICLE}\b"
)
_COMPOUND = re.compile(rf"(?<![\w/.-])(?P<names>{_NAME})[- ]{_VESICLE}\b")
_BEFORE_CELLS = re.compile(rf"(?P<names>{_LIST}) (?:[a-z]+ ){{0,2}}(?:cells?|(?:sub)?lines?)\b")
_AFTER_LINE = re.compile(
    r"\b(?:cell |sub|cancer |carcinoma |tumou?r )?lines?,?(?: of [a-z ]{3,30})?"
    r"(?: \(|,? (?:such as|including|namely|named|called|like) |: | )"
    rf"(?:the )?(?P<names>{_LIST})(?!-)"
)
_APPOSED = re.compile(rf"(?P<names>{_ONE}),? an? (?:[\w-]+ ){{0,5}}(?:sub)?line\b")
_STATED = (_AFTER_LINE, _APPOSED)
_DIGIT = re.compile(r"\d")
_SHORT = re.compile(r"[A-Z]{3}")
"""Such a name may be anything where "cells" do not follow: a method (SEC), a disease (CAD), a measure."""
# "M2 cells", "CD44 cells", "P3 cells", "G1 cells", "Th17": a state, a marker, a passage, a phase
_NO_LINE = re.compile(
    r"(?:[MNGSPDTB]\d{1,2}[a-d]?|H\d|CD\d+\w*|Th\d+|ILC\d|F[0-4]|miR.*|let-.*|[Ii]?PSC?s?|day\d*|COVID.*|T[12]DM?"
    r"|PNET|anti-.*|\d+[A-Z]|[A-Z][a-z]+|.*-(?:derived|treated|resistant|positive|negative|null|deficient|EVs?|[Ee]xos?|associated"
    r"|like|induced|transfected|expressing|specific|activated|stimulated)|(?:si|sh|sg|sc|mi)[A-Z].*)"
)

_DRUG = (
    r"ADR|ADM|DDP|CDDP|CIS|cis|Cis[RP]|DOX|Dox|TAX|Tax|PTX|Taxol|TXL|TXR|DTX|DTXR|TR|OXA|Oxa|OXR|OxR|OX|OR|L-OHP"
    r"|LOHP|5-?FU|5FUR|GEM|Gem|GemR|TMZ|TMZ-?R|VCR|MTX|BTZ|BR|CBP|TAM|TamR|TMR|MDR|SR|SOR|Sor|SorR|SFR|SUN|CPT|ER|GR"
    r"|GeR|AR|LR|LEN|IR|RR|VR|DR|CR|R|S|P|M"
)
SUBLINE = (
    rf"/(?:{_DRUG})(?![A-Za-z0-9])|-(?:{_DRUG}|[Ll]uc\d?)(?![A-Za-z0-9/-])|(?<=\d)(?:[A-Z]?R|M|S)(?![A-Za-z0-9/-])"
    r"|/[A-Z][A-Za-z0-9]{0,4}(?![A-Za-z0-9/-])"
)
"""What a line grown from another is called by: MCF-7/ADR, T24R, HepG2-SR, MKN45-P."""
_KNOWN_SUBLINE = re.compile(rf"[/-](?:{_DRUG}|[Ll]uc\d?)|[A-Z]?R|M|S")


def is_subline(line: str, suffix: str) -> bool:
    """Does the suffix name a line grown from this one, and not another line or gene: "PC-3/DU145"?"""
    if line not in cell_lines() and not _is_line(line, sure=True):
        return suffix in _OF_ANY
    if _KNOWN_SUBLINE.fullmatch(suffix):
        return True
    name = suffix.lstrip("/")
    return not (
        _is_other(name) or load().cell_lines.lookup_loose(name) or load().genes.lookup_loose(name)
    ) and not _NO_LINE.fullmatch(name)


@lru_cache(maxsize=8192)
def parent_line(name: str) -> str:
    """The line from which the named one is grown: A549/DDP -> A549; empty for other names.

    >>> parent_line("A549/DDP"), parent_line("A549")
    ('A549', '')
    """
    sub = re.search(rf"(?:{SUBLINE})$", name)
    if sub and "luc" in sub.group().lower():
        return ""  # made to glow, it is the same line
    line = name[: sub.start()] if sub else ""
    return line if sub and line and is_subline(line, sub.group()) else ""


_OF_ANY = frozenset({"/R", "/S", "/ADR", "/DDP", "/TAX", "/PTX", "/DR", "/CR", "/GR"})
"""Suffixes of any short form: CRC/R cells."""


def lines_of(text: str) -> frozenset[str]:
    """The names that the text shows to be cell lines, as printed; those that lists here hold are left out."""
    if not re.search(r"[Ee]xo|EV|esicle|ells?\b|lines?\b|MV|icropart", text):
        return frozenset()
    told = {m["names"] for m in _LONE_CELLS.finditer(text)}
    given = {n for p in (_FROM, _DERIVED, _COMPOUND) for n in _names(p, text)}
    found = {n for p in _STATED for n in _names(p, text) if _is_line(n, sure=True)}
    found |= {n for p in (_FROM, _DERIVED) for n in _givers(p, text, told, sure=True)}
    found |= set(_givers(_COMPOUND, text, told))
    found |= {n for n in _names(_BEFORE_CELLS, text) if _is_line(n)}
    return frozenset(found | {n for n in told if _is_code(n, given=n in given)})


_LONE_CELLS = re.compile(rf"(?P<names>{_ONE}) cells?\b(?!-)")


def _givers(pattern: re.Pattern[str], text: str, told: set[str], sure: bool = False) -> Iterator[str]:
    """Lines that vesicles come from; a short name only beside another line or where "cells" follow it."""
    for names in _lists(pattern, text):
        lines = [n for n in names if _is_line(n, sure)]
        firm = any(n in cell_lines() for n in names) or not all(map(_SHORT.fullmatch, lines))
        yield from (n for n in lines if firm or n in told)


def _names(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for names in _lists(pattern, text):
        yield from names


def _lists(pattern: re.Pattern[str], text: str) -> Iterator[list[str]]:
    for match in pattern.finditer(text):
        several = " " in match["names"] or "/" in match["names"]
        yield re.findall(_ONE, match["names"]) if several else [match["names"]]


@lru_cache(maxsize=8192)
def _is_line(name: str, sure: bool = False) -> bool:
    """Does Cellosaurus know the name, and can it mean nothing else here?"""
    if not _may_be(name) or _is_other(name):
        return False
    known = load().cell_lines
    if not (known.lookup_loose(name) if _DIGIT.search(name) else known.lookup(name)):
        return False
    return sure or not load().genes.lookup(name)


def is_known_line(name: str) -> bool:
    """A line by its form and by Cellosaurus, or one grown from a line that is known here: PC9-R."""
    if not _DIGIT.search(name) or not name[-1].isalnum():
        return False
    sub = re.search(rf"(?:{SUBLINE})$", name)
    return _is_line(name) or bool(sub and name[: sub.start()] in cell_lines())


@lru_cache(maxsize=8192)
def _is_code(name: str, given: bool = False) -> bool:
    """Is a name that "cells" follow formed like a line's, and no gene's? Without a digit only a giver's."""
    shaped = sum(map(str.isalnum, name)) > 3 if _DIGIT.search(name) else given and name.isupper()
    return bool(shaped) and _may_be(name) and not _is_other(name) and not load().genes.lookup_loose(name)


def _may_be(name: str) -> bool:
    return len(name) > 2 and not (_NO_LINE.fullmatch(name) and name not in _NAMED_LIKE_WORDS)


_NAMED_LIKE_WORDS = frozenset(
    {"12Z", "661W", "95D", "Kelly", "Ramos", "Raji", "Daudi", "Namalwa", "Ishikawa"}
)


@cache
def _other() -> frozenset[str]:
    words = (word_class("cell_words.tsv", c) for c in ("fluid", "patient", "readout", "head", "modifier"))
    return frozenset({w.lower() for ws in words for w in ws})


def _is_other(name: str) -> bool:
    """Something that has a name here already: another line, a short form of a cell, a fluid."""
    forms = (name, name.removesuffix("s"))
    return any(f in cell_lines() or f in curated_abbreviations() or f.lower() in _other() for f in forms)


@cache
def _spaced() -> Mapping[str, str]:
    """Lines as they are printed with a space between letters and number: "Huh 7" -> "Huh7"."""
    shapes = ((line, re.fullmatch(r"([A-Za-z]{2,5})-?(\d+[A-Z]?)", line)) for line in cell_lines())
    return {f"{m[1]} {m[2]}": line for line, m in shapes if m}


def spaced_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Such lines only before "cells": "PC 3" alone may be a component, "CT 26" a count."""
    for match in re.finditer(r"(?<![A-Za-z0-9])([A-Za-z]{2,5}\s\d+[A-Z]?)\s[Cc]ells?(?![A-Za-z0-9])", text):
        if match.group(1) in _spaced():
            yield match.start(), match.end(), "CELL"
