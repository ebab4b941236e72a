"""miRNAs that a sentence denies to vesicles: "contained no miR-21", "neither miR-21 nor miR-155 was found".

Rules look at the words between two names; these denials stand before the first of them, or in a word that no
rule expects ("absent"). What the rules state of the name at that place is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractor.relations.masking import MARK, MaskedSentence
from extractor.relations.surface import RawFact, load_rules, of_macros, without_brackets
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
        r"(?:in|from) (?:(?!<[A-Z]\d)[^;,]){0,20}?<[VX]\d+>(?![^;.<]{0,30}\b(?:before|until|unless)\b)",
        rf"\bindependent(?:ly)? (?:of|from) {_QUALITY}{_MIRNAS}",
        rf"\bno (?:<X\d+> |\w+ )?{_SIGN}?{_MIRNAS}[ -](?:transfer|delivery|transport|transmission|uptake)\b",
    )
)
ONLY = "reach.only"
"""How the rules begin that tell of one miRNA of a list that it alone reaches cells."""
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
_UNLIKE = re.compile(
    r"(?:^|,? )(?:unlike|contrary to|in contrast (?:to|with)|as opposed to) (?:the )?"
    r"(?P<m>(?:[\w-]+ |<X\d+> )?<M\d+>(?:,? (?:and|or) <M\d+>)?)(?: (?:levels?|expression))?,"
    r"(?! (?:all|the other|the rest|the remaining|other|these|those|most)\b) ?",
    re.I,
)
"""A miRNA that another one is told apart from: what the sentence says is not said of it."""
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
    unneeded: bool = False
    """Only something else happens without it."""


def told_apart(sentence: MaskedSentence) -> list[RawFact]:
    """Takes out what a miRNA is told apart from: "miR-21, unlike miR-22, was not packaged"."""
    others = [m for f in _UNLIKE.finditer(sentence.text) for m in sentence.members(f["m"])]
    sentence.text = _UNLIKE.sub(" ", sentence.text).lstrip()
    mirnas = tuple(m for m in others if m.label == "MIRNA")
    return [RawFact("ASKED", mirnas, mirnas, sentence.index, "unlike")] if mirnas else []


def asked(text: str) -> bool:
    """Whether the sentence only asks: "Whether exosomes carry miR-21 is unknown"."""
    return bool(_ASKED.search(text))


def lacks(sentence: MaskedSentence) -> tuple[Lack, ...]:
    """What the sentence denies; asked before rules shorten it."""
    found = [match for pattern in _DENIED for match in pattern.finditer(sentence.text)]
    lacking = {m: _vesicles(sentence, match) for match in found for m in sentence.members(match["m"])}
    lacking |= _absent(sentence, "ABSENT")
    unneeded = [m for p in _UNNEEDED for f in p.finditer(sentence.text) for m in sentence.members(f["m"])]
    unneeded += _absent(sentence, "UNNEEDED")
    lacking |= dict.fromkeys(unneeded, ())
    return tuple(Lack(mirna, vesicles, mirna in unneeded) for mirna, vesicles in lacking.items())


def _absent(sentence: MaskedSentence, wanted: str) -> dict[Mention, tuple[Mention, ...]]:
    """miRNAs that a rule of ``absent.yaml`` denies, with the vesicles that it says lack them."""
    text = without_brackets(sentence.text)
    found: dict[Mention, tuple[Mention, ...]] = {}
    for rule in load_rules("absent.yaml"):
        for match in rule.pattern.finditer(text):
            for kind, mirnas, vesicles in rule.facts:
                if kind != wanted:
                    continue
                others = {m.name for m in sentence.members(match.groupdict().get("only") or "")}
                for mirna in (m for m in sentence.members(match[mirnas] or "") if m.name not in others):
                    lacked = () if vesicles == mirnas else sentence.members(match[vesicles] or "")
                    found[mirna] = tuple(dict.fromkeys((*found.get(mirna, ()), *lacked)))
    return found


def unreached(sentence: MaskedSentence, listed: Sequence[Mention]) -> Iterator[RawFact]:
    """miRNAs of a list of which another one alone is told to reach the cells; ``listed`` came before."""
    text = without_brackets(sentence.text)
    for rule in load_rules("absent.yaml"):
        for kind, mirnas, cells in rule.facts if rule.id.startswith(ONLY) else ():
            match = rule.pattern.search(text)
            if match is None or kind != "UNREACHED":
                continue
            only = {m.name for m in sentence.members(match["only"])}
            named = listed if mirnas == cells else sentence.members(match[mirnas])
            others = tuple(m for m in named if m.name not in only)
            if others and len(others) < len(named):
                reached = sentence.members(match[cells])
                yield RawFact("REACHES", others, reached, sentence.index, rule.id, True, denies=others)


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
    lacking = tuple(lacking)
    vesicles = {lack.mirna: lack.vesicles for lack in lacking}
    unneeded = {lack.mirna for lack in lacking if lack.unneeded}
    told: set[Mention] = set()
    denied: list[RawFact] = []
    for fact in _agreeing(facts):
        about = {m for m in (*fact.left, *fact.right) if m.label == "MIRNA"}
        if about and about <= vesicles.keys() and not _of_others(fact, about, vesicles):
            told |= about if fact.kind == "CARRIES" else set()
            fact = replace(fact, negated=True, denies=tuple(about))
        denied += [fact] if fact.negated and fact.kind == "CARRIES" else []
        yield fact
    for mirna, lacked in vesicles.items():
        if lacked and mirna not in told:
            fact = RawFact("CARRIES", lacked, (mirna,), sentence.index, "denied", True, denies=(mirna,))
            denied.append(fact)
            yield fact
        elif not lacked:
            yield RawFact("ASKED", (mirna,), (mirna,), sentence.index, "denied")
            if mirna not in unneeded:
                denied.append(RawFact("ASKED", (mirna,), (mirna,), sentence.index, "denied"))
    yield from _wholly(denied, sentence, text)


def _of_others(fact: RawFact, about: set[Mention], lacked: Mapping[Mention, tuple[Mention, ...]]) -> bool:
    """Said of other vesicles than those that lack it: "absent from A's but enriched in B's"."""
    if fact.kind != "CARRIES":
        return False
    lacking = {v for m in about for v in lacked[m]}
    return bool(lacking) and lacking.isdisjoint(fact.left) and fact.rule.startswith("carry.but")


def _agreeing(facts: Sequence[RawFact]) -> Iterator[RawFact]:
    """The parse does not see every denial: what the words deny of a pair, it does not state."""
    words = [f for f in facts if f.kind == "CARRIES" and not f.rule.startswith("dep.")]
    denied = {(v, m) for f in words if f.negated for v in f.left for m in f.right}
    denied -= {(v, m) for f in words if not f.negated for v in f.left for m in f.right}
    for fact in facts:
        pairs = {(v, m) for v in fact.left for m in fact.right}
        if fact.kind == "CARRIES" and not fact.negated and fact.rule.startswith("dep.") and pairs <= denied:
            fact = replace(fact, negated=True)
        yield fact


@cache
def _in_part() -> re.Pattern[str]:
    """Words of a sentence that may deny the miRNA to some vesicles only, or under some conditions."""
    return of_macros("~part", "absent.yaml")


@cache
def _aim() -> re.Pattern[str]:
    """Words of a sentence that tells what was looked at rather than what was found."""
    return of_macros("~aim", "absent.yaml")


def _said_of(names: set[Mention], sentence: MaskedSentence, text: str) -> str:
    """The clauses that these names stand in, with the cells as they are printed: "GW4869-treated cells"."""
    clauses = [c for c in _CLAUSE.split(text) if names & {*sentence.members(c)}]
    cells = [m.text for c in clauses for m in sentence.members(c) if m.label == "CELL"]
    return " ".join([*clauses, *cells])


def _wholly(denied: Sequence[RawFact], sentence: MaskedSentence, text: str) -> Iterator[RawFact]:
    """What outweighs mere hints elsewhere: a denial without a condition; and that a sentence only aims."""
    if _aim().search(text):
        yield RawFact("AIM", (), (), sentence.index, "aim", True)
    for fact in denied:
        about = tuple(m for m in fact.right if m.label == "MIRNA" and m in fact.denied)
        if about and not _in_part().search(_said_of({*fact.left, *about}, sentence, text)):
            yield RawFact("LACKS", fact.left, about, sentence.index, "denied", True, denies=about)
