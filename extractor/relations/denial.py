"""miRNAs that a sentence denies to vesicles: "contained no miR-21", "neither miR-21 nor miR-155 was found".

Rules look at the words between two names; these denials stand before the first of them, or in a word that no
rule expects ("absent"). Whatever the rules state of such a name in that sentence is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractor.relations.masking import MaskedSentence
from extractor.relations.surface import RawFact
from extractor.types import Mention

_MIRNAS = (
    r"(?P<m><M\d+>(?:(?:,? (?:and|or|nor)|,|/) ?(?:<X\d+> )?<M\d+>)*)(?![-\w/]|\s?(?:mimics?|inhibitors?))"
)
_QUALITY = r"(?:(?:detectable|measurable|exosomal|functional|significant|mature|any|the|<X\d+>) ){0,2}"
_MOVE = (
    r"(?:contain|carry|transfer|deliver|transport|shuttle|transmit|secrete|release|export|package|harbou?r|"
    r"express|enclose|include|hold)"
)
_NOUN = "transfer|delivery|release|secretion|uptake|evidence|sign|indication"
_GONE = "absent|undetectable|undetected|missing|lacking"
_CONTROLS = r"(?! (?:in|from) (?:the )?(?:<F|controls?|healthy|normal))"
_DENIED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\bneither {_QUALITY}{_MIRNAS}",
        rf"\bneither (?:(?!<[MG]\d)[^;]){{0,60}}?<V\d+>(?:(?!<[MG]\d)[^;]){{0,100}}? nor "
        rf"(?:(?!<[MG]\d)[^;]){{0,100}}?{_MIRNAS}",
        rf"\b(?:contain(?:s|ed|ing)?|carr(?:y|ies|ied|ying)|had|have|with|and|but) no {_QUALITY}{_MIRNAS}",
        rf"<V\d+>(?:(?!<[MVG]\d)[^;]){{0,40}}? (?:lack|lacks|lacked|(?:was|were|are) (?:devoid|free) of) "
        rf"{_QUALITY}{_MIRNAS}",
        rf"\b(?:did|does|do|could|can|would|will) not (?:\w+ly )?{_MOVE} {_QUALITY}{_MIRNAS}",
        rf"\bno (?:(?!<[A-Z]\d)[\w-]+ ){{0,2}}?(?:{_NOUN}) "
        rf"(?:(?!<[MG]\d|\b(?:but|however|although)\b)[^;,]){{0,40}}?{_MIRNAS}",
        rf"{_MIRNAS}(?:(?!<[A-Z]\d)[^;,]){{0,30}}? (?:was|were|is|are|remained|seemed) (?:\w+ )?"
        rf"(?:{_GONE}){_CONTROLS}",
    )
)


_OPEN = (
    "unknown|unclear|uncertain|not (?:yet )?known|elusive|to be (?:determined|elucidated|established|shown)"
)
_ASKED = re.compile(
    rf"^(?:[A-Z][a-z]+, |But )?[Ww]hether\b[^;]*\b(?:{_OPEN})\b|\b(?:{_OPEN}) (?:whether|if)\b"
)


def asked(text: str) -> bool:
    """Whether the sentence only asks: "Whether exosomes carry miR-21 is unknown"."""
    return bool(_ASKED.search(text))


def denied_in(sentence: MaskedSentence) -> frozenset[Mention]:
    """The miRNAs that the sentence denies; asked before rules shorten it."""
    found = (m for pattern in _DENIED for m in pattern.finditer(sentence.text))
    return frozenset(mention for match in found for mention in sentence.members(match["m"]))


def with_denials(
    facts: Iterable[RawFact], sentence: MaskedSentence, text: str, denied: frozenset[Mention]
) -> Iterator[RawFact]:
    """The facts of the sentence, those about a denied miRNA as denials, and that vesicles lack it.

    Of a question nothing is left but what it asks for: the topic must not state it either.
    """
    if asked(text):
        names = tuple(m for group in sentence.groups for m in group if m.label == "MIRNA")
        yield RawFact("ASKED", names, names, sentence.index, "asked")
        return
    if not denied:
        yield from facts
        return
    for fact in facts:
        about = {*fact.left, *fact.right}
        yield (
            replace(fact, negated=True)
            if about & denied and about.isdisjoint(_others(fact, denied))
            else fact
        )
    vesicles = [m for group in sentence.groups for m in group if m.label == "VESICLE"]
    for mirna in sorted(denied, key=lambda m: m.start) if vesicles else ():
        yield RawFact("CARRIES", (vesicles[-1],), (mirna,), sentence.index, "denied", True)


def _others(fact: RawFact, denied: frozenset[Mention]) -> set[Mention]:
    """The miRNAs of a fact that are not denied: a list that holds both kinds stays as it is."""
    return {m for m in (*fact.left, *fact.right) if m.label == "MIRNA" and m not in denied}
