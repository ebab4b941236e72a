"""The species that a text tells: from words, prefixes of miRNA names, and the names of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractor.context.view import View
from extractor.grounding.cell_words import take_apart
from extractor.grounding.species import find_species
from extractor.lexicons import curated, squash
from extractor.rules.loader import read_rows


class Named(NamedTuple):
    """A stretch of the reading's text that tells a species."""

    name: str
    curie: str
    start: int
    end: int
    rule: str


_NO_ANIMAL = re.compile(
    r"[ -](?:serum(?! (?:exosom|EV|extracell))|albumin|anti|monoclonal|polyclonal|IgG|genome|insulin)", re.I
)
"""Behind a species' name: a reagent, not the species that was studied."""


@cache
def taxa() -> dict[str, str]:
    """The NCBI taxon of each species."""
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


def find_named(view: View) -> Iterator[Named]:
    """Everything in a text that tells a species: words, prefixes, strains, names of cells."""
    for name, start, end in find_species(view.text):
        if not _NO_ANIMAL.match(view.text, end):
            yield Named(name, taxa()[name], start, end, "species.word")
    for rule, name, pattern in species_patterns():
        for match in pattern.finditer(view.text):
            yield Named(name, taxa()[name], match.start(), match.end(), rule)
    for mention in view.mentions:
        if mention.label in ("CELL", "TISSUE"):
            for name in _told_by(mention.text):
                yield Named(name, taxa()[name], mention.start, mention.end, "species.cell")


def _told_by(cell: str) -> list[str]:
    prefixed = take_apart(cell).species
    words = [
        cell,
        *(word for word in cell.split() if len(word) > 2),
    ]  # "C6" alone, not in "C6 ceramide-treated"
    lines = (_lines().get(squash(word), "") for word in words)
    return [name for name in dict.fromkeys((prefixed, *lines)) if name in taxa()]


@cache
def _lines() -> dict[str, str]:
    """The species of a cell line, by all of its names."""
    return {
        squash(name): row["species"]
        for row in curated.rows("cell_lines")
        for name in (row["name"], *curated.listed(row["synonyms"]))
    }
