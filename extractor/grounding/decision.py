"""What grounding is given and what it gives back: frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from extractor.types import Concept

CONFIDENT: Final = 0.7
"""From this score on a grounding may be shown without a question mark."""
SHOWN: Final = 0.5
"""Below this score no candidate is good enough to be the answer."""
_NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Context:
    """What the document tells about a mention.

    ``abbreviations``: short -> long form, as the document defines them. ``species``: common names
    ('human', 'mouse'), most probable first. ``gene_cue``: a word such as 'gene', 'expression', 'targets'
    or a position after a miRNA stands by. ``followed_by_cells``: 'cell(s)' follows the mention.
    """

    abbreviations: Mapping[str, str] = field(default_factory=lambda: _NO_NAMES)
    species: tuple[str, ...] = ()
    gene_cue: bool = False
    followed_by_cells: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible concept, its score in [0, 1] and why it was considered."""

    concept: Concept
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class CellParts:
    """What a composed cell name says: 'hypoxic SW480' has a state, a line, its disease and tissue."""

    type: Concept | None = None
    disease: Concept | None = None
    tissue: Concept | None = None
    line: Concept | None = None
    states: tuple[str, ...] = ()
    species: str = ""


@dataclass(frozen=True, slots=True)
class Grounding:
    """The ranked decision. ``best`` is None when nothing reaches ``SHOWN``; the candidates stay visible."""

    text: str
    label: str
    best: Concept | None = None
    candidates: tuple[Candidate, ...] = ()
    parts: CellParts | None = None
    note: str = ""

    @property
    def score(self) -> float:
        """The first candidate's score, 0 without any."""
        return self.candidates[0].score if self.candidates else 0.0

    @property
    def confident(self) -> bool:
        """May the answer be shown without asking a person?"""
        return self.best is not None and self.score >= CONFIDENT


def decide(
    text: str, label: str, candidates: Iterable[Candidate], parts: CellParts | None = None, note: str = ""
) -> Grounding:
    """Rank candidates (one a concept, the best-scored kept; ties in the order given) and pick the best."""
    kept: dict[str, Candidate] = {}
    for candidate in candidates:
        known = kept.get(candidate.concept.curie)
        if known is None or candidate.score > known.score:
            kept[candidate.concept.curie] = candidate
    ranked = tuple(sorted(kept.values(), key=lambda c: -c.score))
    best = ranked[0].concept if ranked and ranked[0].score >= SHOWN else None
    return Grounding(text, label, best, ranked, parts, note)
