"""The rules of ``rules/context_cues.tsv``: words that state how something was shown, made or sorted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from extractor.context.view import View, expand, fields
from extractor.rules.loader import RuleError, read_rows
from extractor.types import Mention

CUES: Final = "context_cues.tsv"
SORTERS: Final = "sorting_proteins.tsv"
_COLUMNS: Final = ("id", "attribute", "name", "pattern", "scope", "example", "counterexample")
ATTRIBUTES: Final = ("evidence", "engineered", "sorting", "absence")
SCOPES: Final = ("mirna", "donor", "document")
_L, _R = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_NEGATED: Final = re.compile(
    r"\b(?:not|no|neither|nor|without|lack(?:s|ed|ing)?|fail(?:s|ed)? to)(?: \w+){0,2} ?$", re.I
)


@dataclass(frozen=True, slots=True)
class CueRule:
    """One rule, compiled.

    ``companion`` must stand in the same sentence. ``scope`` says what a match is about: the ``miRNA`` that it
    names, the ``donor`` cell that it names, or the whole ``document``.
    """

    id: str
    attribute: str
    name: str
    pattern: re.Pattern[str]
    letters: str
    companion: re.Pattern[str] | None
    companion_letters: str
    scope: str


class Hit(NamedTuple):
    """A match of a rule in the reading's text."""

    rule: CueRule
    start: int
    end: int
    sentence: int


@cache
def cue_rules() -> tuple[CueRule, ...]:
    """All rules in file order. Raises RuleError naming every faulty row."""
    rules, faults = [], []
    for row in read_rows(CUES, _COLUMNS):
        try:
            rules.append(_rule(row))
        except (re.error, ValueError) as error:
            faults.append(f"{CUES}: rule '{row['id']}': {error}")
    if faults:
        raise RuleError("\n".join(faults))
    return tuple(rules)


def _rule(row: dict[str, str]) -> CueRule:
    for column, known in (("attribute", ATTRIBUTES), ("scope", SCOPES)):
        if row[column] not in known:
            raise ValueError(f"no {column} '{row[column]}'; use {', '.join(known)}")
    pattern, companion = row["pattern"], row["with"]
    return CueRule(
        row["id"],
        row["attribute"],
        row["name"],
        re.compile(f"{_L}(?:{expand(pattern)}){_R}", re.I),
        fields(pattern),
        re.compile(f"{_L}(?:{expand(companion)}){_R}", re.I) if companion else None,
        fields(companion),
        row["scope"],
    )


def find_cues(view: View) -> tuple[Hit, ...]:
    """All matches of all rules that lie in one sentence and are not denied there, by rule and place."""
    return tuple(hit for rule in cue_rules() for hit in _matches(rule, view))


def _matches(rule: CueRule, view: View) -> Iterator[Hit]:
    text = view.veiled(rule.letters)
    for match in rule.pattern.finditer(text):
        number = view.sentence_at(match.start())
        if number < 0:
            continue
        sentence = view.sentences[number]
        if match.end() > sentence.end or _NEGATED.search(text, sentence.start, match.start()):
            continue
        if rule.companion is None or rule.companion.search(
            view.veiled(rule.companion_letters), sentence.start, sentence.end
        ):
            yield Hit(rule, match.start(), match.end(), number)


@dataclass(frozen=True, slots=True)
class Sorter:
    """A protein that is known to bring miRNAs into vesicles."""

    symbol: str
    curie: str


@cache
def _sorters() -> tuple[tuple[re.Pattern[str], Sorter], ...]:
    rows = read_rows(SORTERS, ("symbol", "curie", "pattern", "example", "counterexample", "basis"))
    return tuple(
        (re.compile(f"{_L}(?:{row['pattern']}){_R}"), Sorter(row["symbol"], row["curie"])) for row in rows
    )


def sorter(printed: str) -> Sorter | None:
    """The sorting protein of this name or symbol.

    >>> sorter("hnRNPA2B1").curie
    'hgnc:5033'
    """
    return next((o for pattern, o in _sorters() if pattern.fullmatch(printed) or o.symbol == printed), None)


def find_sorters(text: str) -> tuple[Mention, ...]:
    """All names of sorting proteins, sorted, not overlapping; label SORTER, ``name`` the HGNC symbol."""
    found = [
        Mention("SORTER", m.start(), m.end(), m.group(), one.symbol)
        for pattern, one in _sorters()
        for m in pattern.finditer(text)
    ]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)
