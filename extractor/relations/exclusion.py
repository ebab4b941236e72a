"""Names that a sentence sets apart: "carry miR-21 but not miR-155" denies the second what the first has.

The phrase is taken out before the rules read the sentence. They read it a second time with the name that was
set apart in the place of the other, and what they find of it there is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.relations.masking import MARK, MaskedSentence
from extractor.relations.surface import RawFact, read_surface
from extractor.types import Mention

_TO = r"in|into|to|by|from|of|on|onto|with|for|via|at|through|within"
_NO_WORD = (
    r"only|also|all|always|limited|restricted|necessarily|be|been|being|just|merely|simply|solely|exclusively|"
    r"primarily|mainly|when|if|after|before|because|without|while|until|upon|during|where|unless|once|since"
)
_WORDS = (
    r"(?:(?:the|an?|its|their|those|these|any)\s+)?"
    rf"(?:(?!(?:{_TO}|{_NO_WORD})\b)[\w-]+\s+)?"
)
"""An article and one word more: two might be a name that we do not know, and its verb."""
_CUE = (
    r"(?:\b(?:but|and|yet|though|although)\s+(?:also\s+)?(?:not|never)|(?(comma)not|(?!))|\bbut\s+neither|\brather\s+than|"
    r"\binstead\s+of|\bas\s+opposed\s+to|\bwith\s+the\s+exception\s+of|\bexcept(?:\s+for)?|\bexcluding)"
)
_KINDS = ("MKL", "G", "CTF", "P")
"""The letters of marks that may stand for one another, a kind each."""
_CLOSED = r"(?=\s*(?:[,.;:)]|$))"
_CELLS = r"\s+(?:\w+ed\s+)?(?:from|by|of)\s+(?:[\w-]+\s+){0,2}?<[CTF]\d+>"
_VESICLES = rf"(?P<VX><[VX]\d+>(?:{_CELLS})?{_CLOSED})"
"""Vesicles are set apart only where the phrase ends with them or with their cells."""


def _list(letters: str) -> str:
    """Names of one kind. ", and" may begin the next clause, and counts only behind another comma."""
    one = rf"<[{letters}]\d+>"
    more = rf"\s+(?:and|or|nor)\s+(?:(?:{_TO})\s+)?(?:the\s+)?{one}"
    tools = r"\s(?:mimics?|inhibitors?|antagomirs?|agomirs?)\b"
    itself = rf"(?![-\w/]|{tools}|{more}{tools})"
    return rf"(?:<X\d+>[ -])?(?P<{letters}>{one}(?:(?:,\s*{one})+,?{more}|{more})?){itself}"


_APART = "|".join([_VESICLES, *map(_list, _KINDS)])
_SET_APART = re.compile(
    rf"(?:(?<!\s)\s*(?P<comma>,)\s*|(?<!\s)\s*){_CUE}\s+(?:(?P<to>{_TO})\s+)?{_WORDS}(?:{_APART})",
    re.I,
)
_EXCEPT = re.compile(r"except|excluding", re.I)
_NONE = re.compile(r"\b(?:none|few|no|neither|nor|not|without)\b", re.I)


@dataclass(frozen=True)
class Apart:
    """Where a phrase stands, the name that is not meant by it, and what is."""

    start: int
    end: int
    kept: tuple[int, int]
    out: tuple[str, ...]


def read_without(sentence: MaskedSentence) -> list[RawFact]:
    """Takes out what the sentence sets apart; gives what it denies of it."""
    denied: list[RawFact] = []
    for _ in range(4):  # phrases in one sentence
        apart = next(_phrases(sentence.text), None)
        if apart is None:
            break
        for out in apart.out:
            denied += _denied(sentence, apart, out)
        sentence.text = sentence.text[: apart.start] + sentence.text[apart.end :]
    return denied


def _phrases(text: str) -> Iterator[Apart]:
    for match in _SET_APART.finditer(text):
        kind = str(match.lastgroup)
        if _EXCEPT.search(match.group()) and _NONE.search(text, 0, match.start()):
            continue  # "none of them except miR-21" is said of miR-21
        kept = _kept(text[: match.start()].rstrip(), match["to"], kind)
        if kept is not None:
            behind = text.startswith(",", match.end()) and bool(match["comma"])
            names = [match[kind]] if kind == "VX" else [m.group() for m in MARK.finditer(match[kind])]
            yield Apart(match.start(), match.end() + behind, kept, tuple(names))


def _kept(before: str, to: str | None, kind: str) -> tuple[int, int] | None:
    """The name that stands in the same place: behind the same preposition, or right before and of one kind.

    None in "WT but not KO macrophages", where the head belongs to both.
    """
    if to:
        same = [*re.finditer(rf"\b{to}\s+(?:[\w-]+\s+){{0,3}}(?P<kept><[A-Z]\d+>)", before, re.I)]
        if same:
            return same[-1].span("kept")
    name = rf"<[{kind}]\d+>"
    match = re.search(
        rf"(?P<kept>{name})(?:\s*\(\s*{name}\s*\))?(?:\s+(?:cells?|levels?|expression))?$", before
    )
    return match.span("kept") if match else None


def _denied(sentence: MaskedSentence, apart: Apart, out: str) -> Iterator[RawFact]:
    """What the rules find of it in the other's place; of a list only what was set apart."""
    text = sentence.text
    start, end = apart.kept
    swapped = text[:start] + out + text[end : apart.start] + text[apart.end :]
    names = set(sentence.members(out))
    for fact in read_surface(replace(sentence, text=swapped, groups=[*sentence.groups])):
        if not fact.negated and names & {*fact.left, *fact.right}:
            left, right = _chosen(fact.left, names), _chosen(fact.right, names)
            yield replace(fact, left=left, right=right, negated=True, denies=tuple(names))


def _chosen(members: Sequence[Mention], names: set[Mention]) -> tuple[Mention, ...]:
    return tuple(m for m in members if m in names) or tuple(members)
