"""The surface rules: regular expressions over masked sentences that state facts and shorten phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import srsly

from extractor.relations.clauses import denied_before, own_clause
from extractor.relations.masking import MARK, MaskedSentence
from extractor.rules.loader import RULES, RuleError
from extractor.types import Mention

_NEGATION = re.compile(
    r"\b(?:not|no|neither|nor|never|without|fail(?:s|ed|ing)? to|unable to|lack(?:s|ed|ing)?|cannot)\b"
    r"(?! only| (?:via|through|by|in|from) [^.;]{0,60}?\bbut\b)",
    re.I,
)
_ANEW = re.compile(
    r"\bbut\b|, and (?:\w+ly )?(?:plentiful|abundant|enriched|present|elevated|raised|high)\b|"
    r", (?:was|were|is|are|has been|have been) (?!not\b|never\b|neither\b|hardly\b)|"
    r"\b(?:no|without|lack\w*)\b[^;]*?\band (?:\w+ly )?"
    r"(?:contain|carr|harbou?r|deliver|transfer|transport)(?:s|ies|r?ed|ied)\b",
    re.I,
)
"""Another statement behind a denial: "lacked PTEN but contained", "had no debris and carried"."""
_LOST = re.compile(r"(?:<V\d+>[^;,]{0,60}?<I\d+>|<I\d+>[^;,]{0,30}<V\d+>)[^;,]{0,30}$")
"""Vesicles that lost the miRNA: what they fail to do is what it does."""
_NO_DENIAL = re.compile(
    r"\b(?:with (?:or|and|/) ?|presence (?:or|and) )(?:without|absence)\b|\bwith/without\b"
    r"|, (?:but|and|though|although) not (?:those |that )?(?:from|of|in|by|with|for|to|at) [^,;<]{1,40},"
    r"|\bbut not (?:(?:from|of|in|by|with|to|for) )?(?:(?:the|its|their) )?"
    r"(?:(?:its |their )?(?:precursors?|pri-|pre-|primary|passenger)|(?-i:[A-Z][\w-]*[A-Z][\w-]*))",
    re.I,
)
"""A choice, or a phrase that stands aside by itself: it denies nothing of the rest of the sentence."""
_FIELD = re.compile(r"\{(\w+):([A-Z]+)\}")
_LISTS = (
    ("M", "M", True),
    ("G", "G", True),
    ("P", "P", True),
    ("CT", "C", False),
    ("V", "V", False),
    ("I", "I", True),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One surface rule, compiled."""

    id: str
    pattern: re.Pattern[str]
    rewrite: str
    facts: tuple[tuple[str, str, str], ...]
    effect: str
    prefix: str
    """What a rewritten phrase keeps before its mark: words, or ``\\g<name>`` for a mark."""
    keep: bool
    """Whether only the named mark is rewritten and the words around it stay."""
    example: str
    counterexample: str
    reads: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """What the names behind a mark must read: their words are not seen in the masked text."""

    def holds(self, match: re.Match[str], sentence: MaskedSentence) -> bool:
        """Whether names read as they must, one of a list at least; a mark without part is not asked."""
        named = ((words, sentence.members(match.group(name) or "")) for name, words in self.reads)
        return all(not own or any(words.search(m.text) for m in own) for words, own in named)


@dataclass(frozen=True, slots=True)
class RawFact:
    """A fact between the mentions of two marks, as a rule states it in one sentence."""

    kind: str
    left: tuple[Mention, ...]
    right: tuple[Mention, ...]
    sentence: int
    rule: str
    negated: bool = False
    effect: str = ""
    denies: tuple[Mention, ...] = ()
    """Of a denial: the names it is about. "Not to B cells" says nothing against what was not sent."""

    @property
    def denied(self) -> tuple[Mention, ...]:
        """What is denied something; where that is not told, both sides."""
        return self.denies or (*self.left, *self.right)


def _expand(pattern: str, macros: dict[str, str]) -> str:
    for _ in range(3):
        pattern = re.sub(r"~(\w+)", lambda m: macros.get(m.group(1), m.group(0)), pattern)
    return _FIELD.sub(lambda m: f"(?P<{m.group(1)}><[{m.group(2)}]\\d+>)", pattern)


def _compiled(pattern: str, macros: dict[str, str]) -> re.Pattern[str]:
    return re.compile(_expand(pattern, macros), re.I)


@cache
def load_rules(name: str = "surface.yaml") -> tuple[Rule, ...]:
    """The rules in file order. Raises RuleError naming every faulty rule."""
    data: dict[str, Any] = srsly.read_yaml(RULES / name)
    rules, faults = [], []
    for row in data["rules"]:
        try:
            pattern = _compiled(row["pattern"], data["macros"])
            facts = tuple((k, a, b) for k, a, b in (f.split() for f in row.get("facts", [])))
            rules.append(
                Rule(
                    row["id"],
                    pattern,
                    row.get("rewrite", ""),
                    facts,
                    row.get("effect", ""),
                    row.get("prefix", ""),
                    row.get("keep", False),
                    row["example"],
                    row["counterexample"],
                    tuple((n, _compiled(words, data["macros"])) for n, words in row.get("reads", {}).items()),
                )
            )
        except (KeyError, ValueError, re.error) as error:
            faults.append(f"{name}: rule '{row.get('id', row)}': {error!r}")
    if faults:
        raise RuleError("\n".join(faults))
    return tuple(rules)


def without_brackets(text: str) -> str:
    """Without what is said in brackets beside the names: "(P < 0.05)", "[12]"."""
    return re.sub(r"\s?\((?:[^()<]|<(?![A-Z]\d))*\)|\s?\[(?:[^\[\]<])*\]", "", text)


def read_surface(sentence: MaskedSentence) -> list[RawFact]:
    """The facts of the surface rules; ``sentence.text`` is shortened in place."""
    sentence.text = without_brackets(sentence.text)
    facts: list[RawFact] = []
    merged = ""
    for rule in load_rules():
        if sentence.text != merged:  # a rule that rewrote something may have brought names together
            merge_lists(sentence)
            merged = sentence.text
        _apply(rule, sentence, facts)
    merge_lists(sentence)
    for rule in load_rules("facts.yaml"):
        facts.extend(_found(rule, sentence))
    return facts


def _found(rule: Rule, sentence: MaskedSentence) -> Iterator[RawFact]:
    """Every match of a fact rule, overlapping ones too: the next search starts behind the first mark."""
    position = 0
    while (match := rule.pattern.search(sentence.text, position)) is not None:
        words = _NO_DENIAL.sub(lambda aside: " " * len(aside.group()), match.group())
        before = sentence.text[: match.start()]
        negated = (bool(rule.effect) and denied_before(before)) or _denies(words, before)
        for kind, left, right in rule.facts if rule.holds(match, sentence) else ():
            if not match.group(left) or not match.group(right):
                continue
            members = sentence.members(match.group(left)), sentence.members(match.group(right))
            yield RawFact(kind, *members, sentence.index, rule.id, negated, rule.effect)
        mark = MARK.search(sentence.text, match.start())
        position = mark.end() if mark and mark.start() < match.end() else match.end()


def _denies(words: str, before: str) -> bool:
    """Whether the words of a match deny what it states; ``before`` is what the sentence says first."""
    denial = _NEGATION.search(words)
    if denial is None or _LOST.search(before + words[: denial.start()]):
        return False
    anew = _ANEW.search(words, denial.start())
    return anew is None or _denies(words[anew.end() :], before + words[: anew.end()])


def _apply(rule: Rule, sentence: MaskedSentence, facts: list[RawFact]) -> None:
    for _ in range(12):  # a phrase may nest; twelve is far beyond any real one
        match = next((m for m in rule.pattern.finditer(sentence.text) if rule.holds(m, sentence)), None)
        if match is None:
            return
        for kind, left, right in rule.facts:
            members = sentence.members(match.group(left) or ""), sentence.members(match.group(right) or "")
            if rule.id == "same.cell":
                members = _named_last(members[0], members[1])
            if all(members):
                facts.append(RawFact(kind, *members, sentence.index, rule.id, effect=rule.effect))
        if not rule.rewrite:
            return
        mark = _rewritten(rule, match, sentence)
        start, end = match.span(rule.rewrite.rpartition(":")[2] if rule.keep else 0)
        sentence.text = sentence.text[:start] + match.expand(rule.prefix) + mark + sentence.text[end:]


def _named_last(
    left: tuple[Mention, ...], right: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """A bracket names the last of a list, "A, B and resistant B (B/GR)"; or it says what all of them are."""
    several = len(left) > 1 and len(right) == 1
    of_all = several and _CLASS.search(right[0].text) and not any(map(_CLASS.search, (m.text for m in left)))
    return (left[-1:] if several and not of_all else left), right


_CLASS = re.compile(r"(?:cells|lines)$")


def _rewritten(rule: Rule, match: re.Match[str], sentence: MaskedSentence) -> str:
    letter, _, names = rule.rewrite.rpartition(":")
    marks = [match.group(n) for n in names.split("+") if match.group(n)]
    if len(marks) == 1 and not letter:
        return marks[0]
    return sentence.merge(letter or marks[0][1], [m for mark in marks for m in sentence.members(mark)])


@cache
def _list_pattern(letters: str, comma: bool) -> re.Pattern[str]:
    mark = rf"<[{letters}]\d+>" + ("(?![ -](?:depleted|free|deprived)[ -])" if letters == "V" else "")
    slash = "&+" if letters == "G" else "/&+"  # PTEN/AKT is a chain of genes, not a list
    words = r"(?:and|or|nor|as well as|plus|but also|but not)(?: also| the| with| both| of| from)?"
    less = r"to an? (?:lesser|smaller|lower|minor|weaker) (?:extent|degree)"
    less += r"|(?:though|although|albeit) (?:\w+ )?(?:less|weaker|weakly|fewer)(?: \w+)?|less (?:so|\w+ly)"
    words = rf"(?:{words}|and,? (?:{less}|possibly|probably|presumably|perhaps),?(?: by| with| to| in)?"
    words += "|followed by)"  # "by A and, to a lesser extent, by B"
    places = r"(?:and|or|as well as|but also) (?:in|to)"  # ", and in T cells," opens a clause
    joint = rf"(?:-? ?,? ?{words} | {places} | ?[{slash}] ?| & )"
    if comma:  # miRNAs and genes may be listed without a closing "and"
        return re.compile(rf"(?:both )?{mark}(?:(?: ?, ?|{joint}){mark})+")
    return re.compile(rf"(?:both )?{mark}(?:(?: ?, ?){mark})*{joint}{mark}")


@cache
def exchange() -> re.Pattern[str]:
    """What ends right before two cells of which one gives and one takes; its words are those of the facts."""
    return of_macros(r"(?:~exchange|interactions?|interplay)[^<;]{0,30} between (?:[\w-]+ ){0,2}$")


@cache
def process() -> re.Pattern[str]:
    """The name of what becomes of a protein; its words are those of the facts."""
    return of_macros("~process")


def of_macros(pattern: str, name: str = "facts.yaml") -> re.Pattern[str]:
    """A pattern in the words of the rules of a file."""
    macros: dict[str, str] = srsly.read_yaml(RULES / name)["macros"]
    return _compiled(pattern, macros)


def merge_lists(sentence: MaskedSentence) -> None:
    """Coordinated names become one mark that stands for all of them."""
    for letters, letter, comma in _LISTS:
        pattern, position = _list_pattern(letters, comma), 0
        while (match := pattern.search(sentence.text, position)) is not None:
            if letter == "C" and exchange().search(sentence.text, 0, match.start()):
                position = match.end()  # "transfer between CAFs and T cells": one gives, one takes
                continue
            end = match.start() + own_clause(sentence, match)
            if len(MARK.findall(sentence.text, match.start(), end)) < 2:
                position = end
                continue
            mark = sentence.merge(letter, sentence.members(sentence.text[match.start() : end]))
            sentence.text = sentence.text[: match.start()] + mark + sentence.text[end:]
