"""miRNAs that a sentence denies to vesicles: "contained no miR-21", "neither miR-21 nor miR-155 was found".

Rules look at the words between two names; these denials stand before the first of them, or in a word that no
rule expects ("absent"). What the rules state of the name at that place is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.relations.masking import MARK, MaskedSentence
from extractor.relations.surface import RawFact
from extractor.types import Mention

_AND = r"(?:,? (?:and|or|nor)|,|/) ?(?:<X\d+> )?<M\d+>"
_ITSELF = r"(?![-\w/]|\s?(?:mimics?|inhibitors?|antagomirs?|binding|sites?|response|expression|effects?)\b)"
_MIRNAS = rf"(?P<m><M\d+>(?:{_AND})*)(?!{_AND}){_ITSELF}"
"""A list of miRNAs, none of them the name of something else ("no miR-21 binding site")."""
_QUALITY = r"(?:(?:detectable|measurable|exosomal|functional|significant|mature|any|the|<X\d+>) ){0,2}"
_HOLDING = (
    r"(?:contain(?:s|ed|ing)?|carr(?:y|ies|ied|ying)|harbou?r(?:s|ed|ing)?|enclosed?|included?|bore|bear)"
)
_HOLD = r"(?:contain|carry|transfer|deliver|transport|shuttle|transmit|convey|export|harbou?r|enclose)"
_HELD = (
    r"(?:detect|found|present|contain|carried|enrich|transfer|deliver|secret|releas|packag|sort|load|identif)"
)
_MOVING = r"(?:transfer|delivery|transport|release|secretion|uptake)"
_OF_SOME = r"(?:(?!<[MG]\d|\b(?:but|and|as|when|is|was|were)\b)[^;,]){0,40}?"
_SIGN = r"(?:(?:evidence|sign|indication)s? (?:for|of|that) (?:<X\d+> |\w+ )?)"
_GONE = (
    r"(?:absent|undetectable|undetected|missing|lacking|not (?:detectable|measurable|detected|present|found))"
)
_EFFECT = r"(?:effects?|actions?|benefits?|protection|activit(?:y|ies)|potential|promotion|inhibition)"
_KEPT = r"(?:retained|persist(?:s|ed)?|preserved|maintained|unaffected|unaltered|unchanged|intact|remained)"
_AFTER = r"(?:after|despite|upon|following|by|when|in the presence of)"
_LOSS = r"(?:inhibit\w*|silenc\w*|knock\w*|deplet\w*|loss|blockade|blocking|antagomirs?|antagoni\w*|KO)"
_UNMOVED = (
    rf"\b{_EFFECT}\b(?:(?!<M\d)[^;]){{0,80}}?\b{_KEPT} (?:even )?{_AFTER} (?:(?!<[MVG]\d)[^;,]){{0,20}}?"
)
_DENIED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_HOLDING} (?:neither|no) {_QUALITY}{_MIRNAS}",
        rf"\bneither {_QUALITY}{_MIRNAS}(?:(?!<[MG]\d)[^;,]){{0,40}}?\b{_HELD}",
        rf"\bneither (?:(?!<[MG]\d)[^;]){{0,60}}?<V\d+>(?:(?!<[MG]\d)[^;]){{0,100}}? nor "
        rf"(?:(?!<[MG]\d)[^;]){{0,100}}?{_HOLDING} {_QUALITY}{_MIRNAS}",
        rf"<V\d+>(?:(?!<[MVG]\d)[^;]){{0,40}}? (?:lack|lacks|lacked|(?:was|were|are) (?:devoid|free) of) "
        rf"{_QUALITY}{_MIRNAS}",
        rf"\b(?:did|does|do|could|can|would|will) not (?:\w+ly )?{_HOLD} {_QUALITY}{_MIRNAS}",
        rf"\bno (?:<X\d+> |\w+ )?{_SIGN}?{_MOVING} {_OF_SOME}{_MIRNAS}",
        rf"(?<!, )(?<!and ){_MIRNAS}(?:(?!<[A-Z]\d)[^;,]){{0,30}}? (?:was|were|is|are) (?:\w+ )?{_GONE} "
        r"(?:in|from) (?:(?!<[A-Z]\d)[^;,]){0,20}?<[VX]\d+>",
        rf"\bindependent(?:ly)? (?:of|from) {_QUALITY}{_MIRNAS}",
        rf"\bno (?:<X\d+> |\w+ )?{_SIGN}?{_MIRNAS}[ -](?:transfer|delivery|transport|transmission|uptake)\b",
    )
)
_UNNEEDED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?P<m><M\d+>)[ -]independent\b",
        rf"\bwithout (?:the )?(?:involving|involvement of|participation of|requiring) {_QUALITY}{_MIRNAS}",
        rf"{_UNMOVED}\b{_LOSS} (?:of )?(?:the )?{_MIRNAS}",
        rf"{_UNMOVED}(?P<m><M\d+>)[ -]{_LOSS}",
    )
)
"""What happens without the miRNA: it may be carried, but the sentence does not say so."""
_CLAUSE = re.compile(r";|,? (?:but|whereas|while|however|although) ")
_OPEN = (
    "unknown|unclear|uncertain|not (?:yet )?known|elusive|to be (?:determined|elucidated|established|shown)"
)
_NEVER = (
    "(?:To date, )?[Nn]o (?:evidence|study|studies|reports?|data)|There (?:is|was) no evidence|"
    "It has (?:never|not) been (?:shown|reported|demonstrated)"
)
_ASKED = re.compile(
    rf"^(?:[A-Z][a-z]+, |But )?[Ww]hether\b[^;]*\b(?:{_OPEN})\b|\b(?:{_OPEN}) (?:whether|if)\b"
    rf"|^(?:[A-Z][a-z]+, )?(?:{_NEVER})\b[^;]*\bthat\b"
)


@dataclass(frozen=True)
class Lack:
    """A miRNA that is denied at its place, and the vesicles that lack it, where the clause names some."""

    mirna: Mention
    vesicles: tuple[Mention, ...]


def asked(text: str) -> bool:
    """Whether the sentence only asks: "Whether exosomes carry miR-21 is unknown"."""
    return bool(_ASKED.search(text))


def lacks(sentence: MaskedSentence) -> tuple[Lack, ...]:
    """What the sentence denies; asked before rules shorten it."""
    found = [match for pattern in _DENIED for match in pattern.finditer(sentence.text)]
    lacking = {m: _vesicles(sentence, match) for match in found for m in sentence.members(match["m"])}
    unneeded = [m for p in _UNNEEDED for f in p.finditer(sentence.text) for m in sentence.members(f["m"])]
    lacking |= dict.fromkeys(unneeded, ())
    return tuple(Lack(mirna, vesicles) for mirna, vesicles in lacking.items())


def _vesicles(sentence: MaskedSentence, match: re.Match[str]) -> tuple[Mention, ...]:
    """Those named nearest to the miRNA in its clause."""
    at = match.start("m")
    ends = [m.start() for m in _CLAUSE.finditer(sentence.text)]
    first = max((e for e in ends if e <= at), default=0)
    last = min((e for e in ends if e > at), default=len(sentence.text))
    marks = [m for m in MARK.finditer(sentence.text, first, last) if m.group(1) in "VX"]
    nearest = min(marks, key=lambda m: abs(m.start() - at), default=None)
    return sentence.members(nearest.group()) if nearest else ()


def with_denials(
    facts: Sequence[RawFact], sentence: MaskedSentence, text: str, lacking: Iterable[Lack]
) -> Iterator[RawFact]:
    """The facts of the sentence, those about a denied miRNA alone as denials.

    Of a question nothing is left but what it asks for: the topic must not state it either.
    """
    if asked(text):
        names = tuple(m for group in sentence.groups for m in group if m.label == "MIRNA")
        yield RawFact("ASKED", names, names, sentence.index, "asked")
        return
    vesicles = {lack.mirna: lack.vesicles for lack in lacking}
    told: set[Mention] = set()
    for fact in facts:
        about = {m for m in (*fact.left, *fact.right) if m.label == "MIRNA"}
        if about and about <= vesicles.keys():
            told |= about if fact.kind == "CARRIES" else set()
            fact = replace(fact, negated=True, denies=tuple(about))
        yield fact
    for mirna, lacked in vesicles.items():
        if lacked and mirna not in told:
            yield RawFact("CARRIES", lacked, (mirna,), sentence.index, "denied", True, denies=(mirna,))
        elif not lacked:
            yield RawFact("ASKED", (mirna,), (mirna,), sentence.index, "denied")
