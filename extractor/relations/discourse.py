"""Vesicle populations across sentences: whose exosomes "these exosomes" are, and what they carry."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.components.cells import find_cells
from extractor.relations.entities import Entities, head_of, is_generic, is_tumour
from extractor.relations.surface import RawFact
from extractor.types import Mention

DIRECT, INHERITED = "direct", "inherited"


@dataclass
class Vesicle:
    """What the text says of one vesicle mention: its donors (entity keys), fluid, and how that is known."""

    donors: tuple[str, ...] = ()
    fluid: bool = False
    how: str = ""
    sources: tuple[RawFact, ...] = ()
    """The facts that name the donors: evidence for every relation of these vesicles."""


@dataclass
class Populations:
    """The vesicles of a document by mention; ``nearest`` also lets a fluid's population continue."""

    of: dict[Mention, Vesicle] = field(default_factory=dict)
    nearest: dict[Mention, Vesicle] = field(default_factory=dict)

    def get(self, mention: Mention) -> Vesicle:
        return self.of.get(mention, Vesicle())


# rules by which a mere neighbour becomes a donor: too weak beside a fluid or people as the source
_WEAK = frozenset(
    {"release.compound", "release.of", "release.adjective", "release.verb", "release.passive", "dep.release"}
)


_OF_CARGO = frozenset({"release.mirna", "release.mirna.by", "release.mirna.agent"})


def _direct(facts: Sequence[RawFact], entities: Entities) -> dict[Mention, Vesicle]:
    """Donors that the text states of a vesicle mention, with the facts that state them; and fluids."""
    donors: dict[Mention, list[str]] = defaultdict(list)
    sources: dict[Mention, list[RawFact]] = defaultdict(list)
    fluids = {v for f in facts if f.kind == "FLUID" and not f.negated for v in f.right}
    for fact in facts:
        if fact.kind != "RELEASES" or fact.negated:
            continue
        cells = [m for m in fact.left if "recipient" not in m.text.lower()]
        keys = [k for m in cells if (k := entities.of.get(m)) and k.startswith("CELL:")]
        for vesicle in fact.right:
            if vesicle.label == "VESICLE" and not (vesicle in fluids and fact.rule in _WEAK):
                donors[vesicle] += keys
                sources[vesicle].append(fact)
    donors = _specified(donors)
    if fluids:  # beside serum vesicles "tumor-derived" is a surmise, not a source
        donors = {v: [k for k in keys if k != GENERIC] for v, keys in donors.items()}
    found = {
        v: Vesicle(tuple(dict.fromkeys(keys)), v in fluids, DIRECT, tuple(sources[v]))
        for v, keys in donors.items()
        if keys
    }
    return found | {v: Vesicle((), True, DIRECT) for v in fluids if v not in found}


def _through_cargo(facts: Sequence[RawFact]) -> list[RawFact]:
    """ "Exosomal miR-21 from CAFs": the vesicles are those of the cell that gives what they carry."""
    told = {v for f in facts if f.kind == "RELEASES" and not f.negated for v in f.right}
    given = [f for f in facts if f.kind == "RELEASES" and not f.negated and f.rule in _OF_CARGO]
    return [
        replace(g, right=vesicles)
        for f in facts
        if f.kind == "CARRIES" and f.rule == "carry.exosomal" and not f.negated
        for g in given
        if g.sentence == f.sentence and set(f.right) <= set(g.right)
        if (vesicles := tuple(v for v in f.left if v not in told))
    ]


_ALIKE = re.compile(r"(?:other|neighbou?ring|adjacent|surrounding|nearby|remaining|bystander)\s", re.I)
_GIVING = frozenset({"RELEASES", "FROMTO", "FLUID", "LOADED", "HOME"})


def of_their_kind(facts: Sequence[RawFact], entities: Entities) -> list[RawFact]:
    """ "miR-21 spread to neighbouring glioma cells": where nothing else is told, from cells of that kind."""
    if any(f.kind in _GIVING and not f.negated for f in facts):
        return []
    return [
        RawFact("RELEASES", cells, f.left, f.sentence, "release.neighbour")
        for f in facts
        if f.kind == "REACHES" and not f.negated
        if (cells := tuple(c for c in f.right if _ALIKE.match(c.text) and _own_tumour(c, entities)))
    ]


def _own_tumour(cell: Mention, entities: Entities) -> bool:
    """Other kinds of cells lie beside each other; the cells of one tumour are of one kind."""
    entity = entities.get(cell)
    return entity is not None and is_tumour(entity) and not is_generic(entity)


def _specified(donors: dict[Mention, list[str]]) -> dict[Mention, list[str]]:
    """ "Tumor-secreted EVs" beside "pancreatic cancer-derived EVs" are the same vesicles."""
    named = [k for keys in donors.values() for k in keys if k != GENERIC and _is_tumour_key(k)]
    if not named:
        return donors
    return {v: [named[0] if k == GENERIC else k for k in keys] for v, keys in donors.items()}


GENERIC = "CELL:tumor"


def _is_tumour_key(key: str) -> bool:
    words = frozenset(key.removeprefix("CELL:").split())
    return head_of(words) == "tumor"


def _from_long_form(
    mention: Mention, abbreviations: Mapping[str, str], entities: Entities
) -> tuple[str, ...]:
    """The donors that a coined short form hides: MDE = "macrophage-derived exosomes"."""
    long = abbreviations.get(mention.text) or abbreviations.get(mention.text.rstrip("s"), "")
    known = {m.text.lower(): key for m, key in entities.of.items() if key.startswith("CELL:")}
    return tuple(
        dict.fromkeys(
            known[c.text.lower()] for c in find_cells(long, abbreviations) if c.text.lower() in known
        )
    )


def populations(
    vesicles: Sequence[Mention],
    facts: Sequence[RawFact],
    entities: Entities,
    abbreviations: Mapping[str, str],
) -> Populations:
    """Donors of every vesicle mention: stated, or of the same short form, or the nearest before it."""
    found = _direct([*facts, *_through_cargo(facts)], entities)
    for mention in vesicles:
        if mention not in found and mention.name.endswith(":short"):
            keys = _from_long_form(mention, abbreviations, entities)
            if keys:
                found[mention] = Vesicle(keys, False, DIRECT)
    _spread_short_forms(vesicles, found)
    nearest = _nearest(vesicles, found)
    _inherit(vesicles, found)
    return Populations(found, nearest)


def _nearest(vesicles: Sequence[Mention], found: Mapping[Mention, Vesicle]) -> dict[Mention, Vesicle]:
    """Every vesicle mention continues the last stated population, be it of cells or of a fluid."""
    nearest, current = {}, Vesicle()
    for mention in vesicles:
        current = found.get(mention, current)
        nearest[mention] = current
    return nearest


def _spread_short_forms(vesicles: Sequence[Mention], found: dict[Mention, Vesicle]) -> None:
    known = {m.text.rstrip("s"): v for m, v in found.items() if m.name.endswith(":short")}
    for mention in vesicles:
        if mention.name.endswith(":short") and mention not in found and mention.text.rstrip("s") in known:
            found[mention] = known[mention.text.rstrip("s")]


def _inherit(vesicles: Sequence[Mention], found: dict[Mention, Vesicle]) -> None:
    """A bare vesicle noun continues the last population with a cell donor; before the first one, that one.

    In a text that is mainly about the vesicles of a fluid, it continues those instead.
    """
    fluids = sum(1 for v in found.values() if v.fluid and not v.donors)
    mainly_fluid = fluids > sum(1 for v in found.values() if v.donors)
    current = next((found[m] for m in vesicles if m in found and (found[m].donors or mainly_fluid)), None)
    for mention in vesicles:
        if mention in found:
            if found[mention].donors or mainly_fluid:
                current = found[mention]
        elif current is not None:
            found[mention] = Vesicle(current.donors, current.fluid, INHERITED, current.sources)
