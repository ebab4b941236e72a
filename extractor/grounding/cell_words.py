"""The words of a cell name that are not its type: species, states, forms, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extractor.grounding.species import species_word
from extractor.lexicons import curated
from extractor.lexicons.lexicon import singulars

_BRACKET: Final = re.compile(r"\s*\([^()]*\)")
_DASH: Final = re.compile(r"[\u2010-\u2015\u2212]")
_DERIVED: Final = re.compile(r"[- ](?:derived|originated|sourced)\b(?:\s+from)?", re.IGNORECASE)
_LINES: Final = re.compile(r"\b(?:cell[- ])?(?:sub)?lines?\b", re.IGNORECASE)
_GLUED_SPECIES: Final = re.compile(r"^[hmr](?=(?:BM|AD|UC|WJ)?-?[A-Z]{2,}S?C?s?\b)")
_PREFIX_SPECIES: Final = {"h": "human", "m": "mouse", "r": "rat"}


@dataclass(frozen=True, slots=True)
class Words:
    """A cell name taken apart: what is left, and what was taken off."""

    core: str
    states: tuple[str, ...]
    species: str
    plain: str
    """Brackets, 'cell line' and '-derived' gone, all other words kept."""


@lru_cache(maxsize=1)
def _kinds() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {"word": set(), "suffix": set(), "form": set()}
    for row in curated.rows("cell_states"):
        kinds[row["kind"]].update(w.casefold() for w in curated.listed(row["text"]))
    return {kind: frozenset(words) for kind, words in kinds.items()}


def take_apart(text: str) -> Words:
    """Species, states and forms off a cell name, in the order printed.

    >>> take_apart("Hypoxic human SW480 cells").core
    'SW480 cells'
    """
    plain = _DASH.sub("-", _BRACKET.sub("", text)).strip()
    plain = _DERIVED.sub(" ", plain)
    plain = re.sub(r"\s+", " ", _LINES.sub(" cell ", plain)).strip().replace("cells cell", "cells")
    plain = re.sub(r"\bcell cells?\b|\bcells? cell\b", "cell", plain)
    kept, states, species = [], [], ""
    for word in plain.split(" "):
        found = species_word(word)
        if found:
            species = species or found
        elif is_state(word):
            states.append(word)
        else:
            kept.append(word)
    core = " ".join(kept)
    species = species or _glued_species(core)
    return Words(core or plain, tuple(states), species, plain)


def _glued_species(core: str) -> str:
    match = _GLUED_SPECIES.match(core)
    return _PREFIX_SPECIES[match.group()] if match else ""


def is_state(word: str) -> bool:
    """Is a word a condition, a form, or 'X-treated'?"""
    kinds = _kinds()
    folded = word.casefold()
    if folded in kinds["word"] or folded in kinds["form"]:
        return True
    head, dash, tail = folded.rpartition("-")
    return bool(dash and head) and tail in kinds["suffix"]


def suffixes(core: str) -> Iterator[tuple[str, str]]:
    """(tail, head) splits of a name at its words, longest tail first; hyphens part words too."""
    cuts = [0, *(m.end() for m in re.finditer(r"[ -/]", core) if m.group() in " -/")]
    for cut in cuts:
        yield core[cut:], core[:cut].strip(" -/")


def without_cell(text: str) -> str:
    """'SW480 cells' -> 'SW480'."""
    return re.sub(r"\s*\bcells?$", "", text, flags=re.IGNORECASE).strip()


def number_forms(text: str) -> tuple[str, ...]:
    """The text, and its singular where it is a plural."""
    return (text, *singulars(text))
