"""Cell names: a type, a line or a tumour, with disease, tissue, state and species as parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from extractor.grounding.cell_parts import Found, Parts, cell_terms, find_parts
from extractor.grounding.cell_words import Words, is_state, take_apart, without_cell
from extractor.grounding.decision import Candidate, CellParts, Context, Grounding, decide
from extractor.lexicons import Lexicon, Lexicons, curated, squash
from extractor.types import Concept

_CLAUSE: Final = re.compile(r"\b(?:as|by|was|were|is|are|which|that|from)\b", re.IGNORECASE)
"""A 'long form' with such a word is a misread sentence, not a name."""
MALIGNANT: Final = Concept("CL:0001064", "malignant cell")
AMBIGUOUS: Final = 0.3
"""What a second reading of the whole name costs each of them."""


def ground_cell(text: str, context: Context, lexicons: Lexicons) -> Grounding:
    """The decision for a cell name; its parts are given even where no single concept fits."""
    if _never(text):
        return decide(text, "CELL", (), note="a role or a class, not a cell type")
    long = _long_form(text, context)
    if long and long.casefold() != text.casefold():
        inner = ground_cell(long, replace(context, abbreviations={}), lexicons)
        if inner.best:
            said = [
                Candidate(c.concept, c.score, f"long form '{long}': {c.reason}") for c in inner.candidates
            ]
            return decide(text, "CELL", said, inner.parts)
    words = take_apart(_expanded(text, context))
    parts = find_parts(words, context, lexicons)
    return decide(
        text, "CELL", _candidates(text, words, parts, context, lexicons), _shown(parts, words, lexicons)
    )


def ground_tissue(text: str, context: Context, lexicons: Lexicons) -> Grounding:
    """A tissue or tumour word that stands for the cells of it ('melanoma exosomes')."""
    return replace(ground_cell(text, context, lexicons), label="TISSUE")


def _never(text: str) -> bool:
    plain = squash(take_apart(text).plain).casefold()
    return any(
        squash(row["text"]).casefold() == plain
        for row in curated.rows("never_ground")
        if "cell" in curated.listed(row["labels"])
    )


def _long_form(text: str, context: Context) -> str:
    plain = without_cell(text)
    forms = (text, plain, plain.removesuffix("s"), plain + "s")
    long = next((context.abbreviations[f] for f in forms if f in context.abbreviations), "")
    return "" if _CLAUSE.search(long) else long


def _expanded(text: str, context: Context) -> str:
    """The document's short forms inside a longer name, written out ('hypoxic BMSC')."""
    for short, long in sorted(context.abbreviations.items(), key=lambda kv: -len(kv[0])):
        if len(short) > 1 and short not in long and not _CLAUSE.search(long):
            literal = long.replace("\\", r"\\")
            text = re.sub(rf"(?<![\w-]){re.escape(short)}s?(?![\w])", literal, text)
    return text


def _candidates(
    text: str, words: Words, parts: Parts, context: Context, lexicons: Lexicons
) -> Iterator[Candidate]:
    """Which part speaks for the whole: a line, then a typed cell, then the tumour, then the tissue."""
    yield from (_scored(f, words, lexicons) for f in parts.lines)
    specific = [f for f in parts.types if f.concept != MALIGNANT]
    fields_own = bool(specific) and specific[0].curated
    whole = [f for f in (*specific, *parts.diseases) if not f.rest and (f.curated or not fields_own)]
    for rank, found in enumerate(specific):
        loss = AMBIGUOUS * (len(specific) > 1 or len(whole) > 1) + 0.02 * rank + 0.2 * _beaten(parts)
        yield _scored(replace(found, score=found.score - loss), words, lexicons)
    if parts.tissue and specific and specific[0].rest:
        yield from _of_tissue(specific[0], parts.tissue, lexicons)
    for rank, found in enumerate(parts.diseases):
        loss = AMBIGUOUS * bool(specific) + 0.03 * rank
        yield _scored(replace(found, score=found.score - loss), words, lexicons)
    if not specific and not parts.diseases:
        yield from _unspecific(parts, words, lexicons)


def _unspecific(parts: Parts, words: Words, lexicons: Lexicons) -> Iterator[Candidate]:
    """Only 'cancer cell', or only a tissue: the tissue's tumour, a malignant cell, or the tissue."""
    if parts.type and parts.tissue:
        yield from _tumour_of(parts.tissue, lexicons)
    yield from (_scored(f, words, lexicons) for f in parts.types)
    if parts.tissue and not parts.type:
        loss = 0.15 if without_cell(words.core) != words.core else 0.0  # 'ovarian cell' is more than 'ovary'
        yield _scored(replace(parts.tissue, score=parts.tissue.score - loss), words, lexicons)


def _beaten(parts: Parts) -> int:
    """A line named beside its type ('THP-1 macrophages') is the more exact answer."""
    return int(parts.line is not None and parts.line.score > 0.9)


def _of_tissue(kind: Found, tissue: Found, lexicons: Lexicons) -> Iterator[Candidate]:
    """'lung fibroblast' -> CL's 'fibroblast of lung', where CL has that."""
    base = kind.concept.name.removesuffix(" cell")
    for name in (
        f"{kind.concept.name} of {tissue.concept.name}",
        f"{tissue.concept.name} {kind.concept.name}",
        f"{base} of {tissue.concept.name}",
    ):
        for term in lexicons.cells.lookup_loose(name):
            concept = Concept(term.curie, term.name)
            yield Candidate(concept, 0.96, f"'{kind.concept.name}' of '{tissue.concept.name}'")


def _tumour_of(tissue: Found, lexicons: Lexicons) -> Iterator[Candidate]:
    name = tissue.concept.name.removesuffix(" gland")
    for term in lexicons.diseases.lookup_loose(f"{name} cancer")[:1]:
        yield Candidate(Concept(term.curie, term.name), 0.85, f"malignant cell of '{name}'")


def _scored(found: Found, words: Words, lexicons: Lexicons) -> Candidate:
    """Unexplained words round the part make it less sure: it may be a narrower or another cell."""
    if cell_terms(found.rest, lexicons):
        return Candidate(found.concept, round(found.score - 0.05, 3), f"{found.reason}; from {found.rest}")
    told = [w for w in found.rest.split() if w not in words.states]
    unknown = [w for one in told for w in re.split(r"[/-]+", one) if w and not _explained(w, lexicons)]
    score = max(found.score - min(0.12 * len(unknown), 0.36), 0.05)
    reason = found.reason + (f"; unexplained: {', '.join(unknown)}" if unknown else "")
    return Candidate(found.concept, round(score, 3), reason)


def _explained(word: str, lexicons: Lexicons) -> bool:
    if is_state(word) or word.casefold() in _SMALL_WORDS or take_apart(word).species:
        return True
    return any(
        _known(word, lexicon)
        for lexicon in (lexicons.tissues, lexicons.diseases, lexicons.cells, lexicons.cell_lines)
    )


def _known(word: str, lexicon: Lexicon) -> bool:
    return bool(lexicon.lookup(word) or lexicon.lookup_loose(word.casefold()))


_SMALL_WORDS: Final = frozenset(
    {"of", "and", "with", "from", "like", "type", "cell", "cells", "a", "in", "s"}
)


def _shown(parts: Parts, words: Words, lexicons: Lexicons) -> CellParts:
    """The parts for the record; a line brings its own species, tissue and disease."""
    line = parts.line.concept if parts.line and parts.line.score >= 0.7 else None
    details = lexicons.line_details(line.curie) if line else None
    disease = parts.disease.concept if parts.disease else _named(details, "disease", lexicons.diseases)
    tissue = parts.tissue.concept if parts.tissue else _named(details, "tissue", lexicons.tissues)
    kind = parts.type.concept if parts.type else None
    if kind is None and disease is not None:
        kind = MALIGNANT
    species = words.species or (details["species"] if details else "")
    return CellParts(kind, disease, tissue, line, words.states, species)


def _named(details: curated.Row | None, column: str, lexicon: Lexicon) -> Concept | None:
    name = details[column] if details else ""
    terms = [t for t in lexicon.lookup_loose(name) if t.name == name] if name else []
    return Concept(terms[0].curie, terms[0].name) if terms else None
