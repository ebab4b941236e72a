"""The surface rules: regular expressions over masked sentences that state facts and shorten phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import srsly

from extractor.relations.masking import MARK, MaskedSentence
from extractor.rules.loader import RULES, RuleError
from extractor.types import Mention

_NEGATION = re.compile(
    r"\b(?:not|no|neither|nor|never|without|fail(?:s|ed|ing)? to|unable to|lack(?:s|ed|ing)?|cannot)\b"
    r"(?! only| (?:via|through|by|in|from) [^.;]{0,60}?\bbut\b)",
    re.I,
)
_LOST = re.compile(r"(?:<V\d+>[^;,]{0,60}?<I\d+>|<I\d+>[^;,]{0,30}<V\d+>)[^;,]{0,30}$")
"""Vesicles that lost the miRNA: what they fail to do is what it does."""
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
    example: str
    counterexample: str
    reads: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """What the names behind a mark must read: their words are not seen in the masked text."""

    def holds(self, match: re.Match[str], sentence: MaskedSentence) -> bool:
        """Whether the names read as they must; a mark that took no part may read anything."""
        return all(
            words.search(m.text) for n, words in self.reads for m in sentence.members(match.group(n) or "")
        )


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


@cache
def load_rules(name: str = "surface.yaml") -> tuple[Rule, ...]:
    """The rules in file order. Raises RuleError naming every faulty rule."""
    data: dict[str, Any] = srsly.read_yaml(RULES / name)
    rules, faults = [], []
    for row in data["rules"]:
        try:
            pattern = re.compile(_expand(row["pattern"], data["macros"]), re.I)
            facts = tuple((k, a, b) for k, a, b in (f.split() for f in row.get("facts", [])))
            rules.append(
                Rule(
                    row["id"],
                    pattern,
                    row.get("rewrite", ""),
                    facts,
                    row.get("effect", ""),
                    row.get("prefix", ""),
                    row["example"],
                    row["counterexample"],
                    tuple((n, re.compile(words, re.I)) for n, words in row.get("reads", {}).items()),
                )
            )
        except (KeyError, ValueError, re.error) as error:
            faults.append(f"{name}: rule '{row.get('id', row)}': {error!r}")
    if faults:
        raise RuleError("\n".join(faults))
    return tuple(rules)


def read_surface(sentence: MaskedSentence) -> list[RawFact]:
    """The facts of the surface rules; ``sentence.text`` is shortened in place."""
    sentence.text = re.sub(r"\s?\((?:[^()<]|<(?![A-Z]\d))*\)|\s?\[(?:[^\[\]<])*\]", "", sentence.text)
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
        denial = _NEGATION.search(match.group())
        negated = denial is not None and not _LOST.search(sentence.text, 0, match.start() + denial.start())
        for kind, left, right in rule.facts if rule.holds(match, sentence) else ():
            if not match.group(left) or not match.group(right):
                continue
            members = sentence.members(match.group(left)), sentence.members(match.group(right))
            yield RawFact(kind, *members, sentence.index, rule.id, negated, rule.effect)
        mark = MARK.search(sentence.text, match.start())
        position = mark.end() if mark and mark.start() < match.end() else match.end()


def _apply(rule: Rule, sentence: MaskedSentence, facts: list[RawFact]) -> None:
    for _ in range(12):  # a phrase may nest; twelve is far beyond any real one
        match = next((m for m in rule.pattern.finditer(sentence.text) if rule.holds(m, sentence)), None)
        if match is None:
            return
        for kind, left, right in rule.facts:
            members = sentence.members(match.group(left) or ""), sentence.members(match.group(right) or "")
            if all(members):
                facts.append(RawFact(kind, *members, sentence.index, rule.id))
        if not rule.rewrite:
            return
        mark = _rewritten(rule, match, sentence)
        sentence.text = (
            sentence.text[: match.start()] + match.expand(rule.prefix) + mark + sentence.text[match.end() :]
        )


def _rewritten(rule: Rule, match: re.Match[str], sentence: MaskedSentence) -> str:
    letter, _, names = rule.rewrite.rpartition(":")
    marks = [match.group(n) for n in names.split("+") if match.group(n)]
    if len(marks) == 1 and not letter:
        return marks[0]
    return sentence.merge(letter or marks[0][1], [m for mark in marks for m in sentence.members(mark)])


@cache
def _list_pattern(letters: str, comma: bool) -> re.Pattern[str]:
    mark = rf"<[{letters}]\d+>"
    slash = "&+" if letters == "G" else "/&+"  # PTEN/AKT is a chain of genes, not a list
    words = r"(?:and|or|as well as|plus|but also|but not)(?: also| the| with| both| of| from)?"
    places = r"(?:and|or|as well as|but also) (?:in|to)"  # ", and in T cells," opens a clause
    joint = rf"(?:-? ?,? ?{words} | {places} | ?[{slash}] ?| & )"
    if comma:  # miRNAs and genes may be listed without a closing "and"
        return re.compile(rf"(?:both )?{mark}(?:(?: ?, ?|{joint}){mark})+")
    return re.compile(rf"(?:both )?{mark}(?:(?: ?, ?){mark})*{joint}{mark}")


@cache
def exchange() -> re.Pattern[str]:
    """What ends right before two cells of which one gives and one takes; its words are those of the facts."""
    return _of_macros(r"(?:~exchange|interactions?|interplay)[^<;]{0,30} between (?:[\w-]+ ){0,2}$")


@cache
def process() -> re.Pattern[str]:
    """The name of what becomes of a protein; its words are those of the facts."""
    return _of_macros("~process")


def _of_macros(pattern: str) -> re.Pattern[str]:
    """A pattern in the words of the fact rules."""
    macros: dict[str, str] = srsly.read_yaml(RULES / "facts.yaml")["macros"]
    return re.compile(_expand(pattern, macros), re.I)


_NEXT = re.compile(r" ?, (?:and|but) (?:also )?(?=<)")
_DONE = "over-?expression|up-?regulation|down-?regulation|knock-?down|silencing|inhibition|depletion"
_SUBJECT_OF = re.compile(rf" (?:(?P<one>is|was|has|(?:{_DONE}) \w+ed)|are|were|have)\b")


def _own_clause(sentence: MaskedSentence, match: re.Match[str]) -> int:
    """How much of a list of names is one: "targeted A, and B was lowered" has another clause from B on.

    So has "targeted A, and B and C were lowered", but not "A, B, and C were lowered".
    """
    whole = match.group()
    follows = _SUBJECT_OF.match(sentence.text, match.end())
    cut = next(_NEXT.finditer(whole), None)
    if follows is None or cut is None:
        return len(whole)
    alone = follows["one"] or len(sentence.members(whole[cut.end() :])) > 1
    return cut.start() if alone else len(whole)


def merge_lists(sentence: MaskedSentence) -> None:
    """Coordinated names become one mark that stands for all of them."""
    for letters, letter, comma in _LISTS:
        pattern, position = _list_pattern(letters, comma), 0
        while (match := pattern.search(sentence.text, position)) is not None:
            if letter == "C" and exchange().search(sentence.text, 0, match.start()):
                position = match.end()  # "transfer between CAFs and T cells": one gives, one takes
                continue
            end = match.start() + _own_clause(sentence, match)
            if len(MARK.findall(sentence.text, match.start(), end)) < 2:
                position = end
                continue
            mark = sentence.merge(letter, sentence.members(sentence.text[match.start() : end]))
            sentence.text = sentence.text[: match.start()] + mark + sentence.text[end:]
