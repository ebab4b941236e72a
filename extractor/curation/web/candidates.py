"""Identifiers that a slot may have: what grounding says of its text, then names that begin as typed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, takewhile
from typing import Final

from extractor.grounding import Context, ground
from extractor.lexicons import Lexicon, Lexicons, fold, load
from extractor.lexicons.lexicon import RANK
from extractor.lexicons.mirna import PREFERRED, base_name
from extractor.rules.loader import read_rows
from extractor.types import Concept

LABELS: Final = {"donor": "CELL", "recipient": "CELL", "mirna": "MIRNA", "target": "GENE"}
MOST: Final = 8
"""Candidates that are shown at once."""
SEARCHED: Final = 2000
"""Names with one beginning that are looked at; a single letter has thousands."""
SURE: Final = 0.5
"""Grounding's own limit for an answer; below it a candidate comes after the names that begin as typed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A name and, where there is one, its identifier; ``reason`` says why it is offered."""

    name: str
    curie: str | None
    reason: str = ""


class Candidates:
    """Looks among the names that evmir knows; reads them when first asked."""

    @cached_property
    def _lexicons(self) -> Lexicons:
        return load()

    @cached_property
    def _keys(self) -> dict[str, list[tuple[Lexicon, list[str]]]]:
        known = self._lexicons
        kinds = {"GENE": (known.genes,), "CELL": (known.cells, known.cell_lines, known.diseases)}
        return {
            label: [(lexicon, sorted({k for t in lexicon.tables for k in t.index})) for lexicon in lexicons]
            for label, lexicons in kinds.items()
        }

    def warm(self) -> None:
        """Reads every name, so that no curator waits for it."""
        for role in LABELS:
            self.offer(role, "a")

    def best(self, role: str, text: str, species: Sequence[str] = ()) -> Concept | None:
        """The identifier that a text surely has, or None."""
        decision = ground(text, LABELS[role], _context(species), self._lexicons) if role in LABELS else None
        return decision.best if decision is not None and decision.confident else None

    def ranked(self, role: str, text: str, species: Sequence[str] = ()) -> tuple[Choice, ...]:
        """What grounding would choose among for this text, the surest first."""
        return tuple(islice((choice for choice, _ in self._ranked(role, text, species)), MOST))

    def offer(self, role: str, typed: str, species: Sequence[str] = ()) -> tuple[Choice, ...]:
        """The same for what is typed so far, with names that begin so and, for a CURIE, its concept."""
        typed = typed.strip()
        if not typed:
            return ()
        label = LABELS.get(role, "")
        ranked = list(self._ranked(role, typed, species))
        begun = self._mirnas(typed) if label == "MIRNA" else self._begun(label, typed)
        good, poor = ([c for c, score in ranked if (score >= SURE) is sure] for sure in (True, False))
        unique: dict[str, Choice] = {}
        for choice in chain(self._concepts(label, typed), good, begun, poor):
            unique.setdefault(choice.curie or choice.name, choice)
            if len(unique) == MOST:
                break
        return tuple(unique.values())

    def _ranked(self, role: str, text: str, species: Sequence[str]) -> Iterator[tuple[Choice, float]]:
        if role == "phenotype":
            yield from ((choice, 1.0) for choice in _phenotypes(text))
        elif role in LABELS:
            for c in ground(text, LABELS[role], _context(species), self._lexicons).candidates:
                yield Choice(c.concept.name, c.concept.curie, c.reason), c.score

    def _concepts(self, label: str, curie: str) -> Iterator[Choice]:
        for lexicon, _ in self._keys.get(label, ()) if ":" in curie else ():
            if (row := lexicon.concept(curie)) is not None:
                yield Choice(row.name, row.curie, "this identifier")

    def _begun(self, label: str, typed: str) -> Iterator[Choice]:
        """Symbols and names before aliases, short before long."""
        prefix = fold(typed)
        lexicons = self._keys.get(label, ()) if prefix else ()
        terms = [
            t for lexicon, keys in lexicons for k in _begin(keys, prefix) for t in lexicon.lookup_folded(k)
        ]
        for term in sorted(terms, key=lambda t: (RANK[t.status], len(t.text), t.text)):
            yield Choice(term.name, term.curie, f"{term.status} '{term.text}'")

    def _mirnas(self, typed: str) -> Iterator[Choice]:
        """Both arms of the name itself first, then longer numbers; '21' is taken for 'miR-21'."""
        prefix = base_name("mir-" + typed if typed[:1].isdigit() else typed)
        arms = (f"{prefix}-5p", f"{prefix}-3p")
        for species in PREFERRED:
            entries = self._lexicons.mirnas.entries(species)
            begun = (key for key in entries if key.startswith(prefix))
            for key in sorted(begun, key=lambda k: (k != prefix, k not in arms, len(k), k)):
                yield from (Choice(e.name, e.curie, f"{e.kind} in miRBase") for e in entries[key])


def _context(species: Sequence[str]) -> Context:
    return Context(species=tuple(species), gene_cue=True)


def _begin(keys: Sequence[str], prefix: str) -> Iterable[str]:
    """The sorted keys that begin so; of a short beginning the first ones only."""
    found = takewhile(lambda key: key.startswith(prefix), islice(keys, bisect_left(keys, prefix), None))
    return islice(found, SEARCHED)


def _phenotypes(typed: str) -> Iterator[Choice]:
    wanted = typed.casefold()
    for row in read_rows("phenotypes.tsv", ("id", "canonical")):
        stems = [s for s in row["stems"].split(";") if s]
        name = " ".join(row["canonical"].replace("{1}", "").split())  # where the pattern's own words go
        if wanted in name.casefold() or any(s in wanted for s in stems):
            yield Choice(name, row["curie"] or None, "phenotype")
