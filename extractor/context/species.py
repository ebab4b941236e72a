"""The species of a relation: from words, prefixes of miRNA names, and the names of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.context.scope import Scope
from extractor.grounding.cell_words import take_apart
from extractor.lexicons import curated, squash
from extractor.rules.loader import read_rows
from extractor.types import Cue

Named = tuple[str, int, int, str]
"""Species, start, end, id of the rule."""
_NO_ANIMAL = re.compile(
    r"[ -](?:serum(?! (?:exosom|EV|extracell))|albumin|anti|monoclonal|polyclonal|IgG|genome|insulin)", re.I
)
"""Behind a species' name: a reagent, not the species that was studied."""


@cache
def _taxa() -> dict[str, str]:
    rows = read_rows("context_species.tsv", ("id", "species", "curie", "example", "counterexample"))
    return {row["species"]: row["curie"] for row in rows}


@cache
def species_patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Rule, species, pattern: prefixes, strains and names that tell a species beside its own words."""
    rows = read_rows(
        "context_species.tsv", ("id", "species", "curie", "pattern", "example", "counterexample")
    )
    return tuple(
        (row["id"], row["species"], re.compile(rf"(?<![A-Za-z0-9])(?:{row['pattern']})(?![a-z])"))
        for row in rows
    )


def species(scope: Scope) -> tuple[Cue, ...]:
    """Each species once, at its first word in the relation's part of the document, the most named first."""
    first: dict[str, Named] = {}
    counts: dict[str, int] = {}
    for named in sorted([*_words(scope), *_cells(scope)], key=lambda n: n[1]):
        if scope.view.sentence_at(named[1]) in scope.inside and named[0] in _taxa():
            first.setdefault(named[0], named)
            counts[named[0]] = counts.get(named[0], 0) + 1
    ordered = sorted(first.values(), key=lambda n: (-counts[n[0]], n[1]))
    return tuple(scope.source.cue(a, b, name, rule, _taxa()[name]) for name, a, b, rule in ordered)


def _words(scope: Scope) -> Iterator[Named]:
    text = scope.view.text
    for name, start, end in scope.source.species:
        if not _NO_ANIMAL.match(text, end):
            yield name, start, end, "species.word"
    for rule, name, pattern in species_patterns():
        for match in pattern.finditer(text):
            yield name, match.start(), match.end(), rule


def _cells(scope: Scope) -> Iterator[Named]:
    """What names of cells tell: "hASC", or a line of known origin."""
    for mention in scope.finding.mentions:
        if mention.label in ("CELL", "TISSUE"):
            for name in _told_by(mention.text):
                yield name, mention.start, mention.end, "species.cell"


def _told_by(cell: str) -> list[str]:
    prefixed = take_apart(cell).species
    words = [
        cell,
        *(word for word in cell.split() if len(word) > 2),
    ]  # "C6" alone, not in "C6 ceramide-treated"
    lines = (_lines().get(squash(word), "") for word in words)
    return [name for name in dict.fromkeys((prefixed, *lines)) if name]


@cache
def _lines() -> dict[str, str]:
    """The species of a cell line, by all of its names."""
    return {
        squash(name): row["species"]
        for row in curated.rows("cell_lines")
        for name in (row["name"], *curated.listed(row["synonyms"]))
    }
