"""The parts of a cell name, each with how sure it is: types, lines, tumours, tissue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from extractor.grounding.cell_words import Words, suffixes, without_cell
from extractor.grounding.decision import Context
from extractor.lexicons import Lexicons, Scanner, Term
from extractor.lexicons.scan import is_word, is_wording, same_case
from extractor.types import Concept

ANY_CELL: Final = "CL:0000000"
CANCER: Final = frozenset({"MONDO:0004992", "MONDO:0005070"})
_LINE_LIKE: Final = re.compile(r"(?=.*\d)(?=.*[A-Za-z]).{3,}")


@dataclass(frozen=True, slots=True)
class Found:
    """A part that was found, how sure, and the words round it that stay unexplained."""

    concept: Concept
    score: float
    reason: str
    rest: str = ""
    curated: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything found; the plural fields hold all readings, the first of them the likeliest."""

    type: Found | None
    types: tuple[Found, ...]
    line: Found | None
    lines: tuple[Found, ...]
    disease: Found | None
    diseases: tuple[Found, ...]
    tissue: Found | None


def find_parts(words: Words, context: Context, lexicons: Lexicons) -> Parts:
    """Look for every part of a name that was taken apart."""
    types = tuple(_types(words, lexicons))
    lines = tuple(_lines(words, context, lexicons))
    diseases = tuple(_diseases(words, types, lexicons))
    tissue = _tissue(words, types[0] if types else None, lexicons)
    return Parts(first(types), types, first(lines), lines, first(diseases), diseases, tissue)


def first(found: tuple[Found, ...]) -> Found | None:
    return found[0] if found else None


def _types(words: Words, lexicons: Lexicons) -> Iterator[Found]:
    """The owners of the longest tail that is a cell type; whole names come first."""
    for whole in dict.fromkeys((words.plain, words.core)):
        for tail, head in suffixes(whole):
            terms = cell_terms(tail, lexicons)
            if terms:
                yield from (_type(t, tail, head) for t in terms)
                return


def cell_terms(tail: str, lexicons: Lexicons) -> tuple[Term, ...]:
    """Cell types of this very name, with or without 'cell(s)' behind it."""
    for form in dict.fromkeys((tail, without_cell(tail))):
        found = (
            *lexicons.cells.lookup(form),
            *(t for t in lexicons.cells.lookup_loose(form) if is_wording(t.text) or is_word(t.text)),
        )
        terms = tuple(t for t in dict.fromkeys(found) if t.curie != ANY_CELL)
        if terms and (len(form) > 2 or form.isupper()):
            return _one_level(terms)
    return ()


def _one_level(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Curated rows alone where there are some: they say how this field reads the name."""
    chosen = tuple(t for t in terms if t.status == "curated") or terms
    return tuple({t.curie: t for t in reversed(chosen)}.values())[::-1]


def _type(term: Term, tail: str, head: str) -> Found:
    score = {"curated": 0.95, "name": 0.95}.get(term.status, 0.88)
    return Found(
        Concept(term.curie, term.name),
        score,
        f"{term.source} {term.status} '{term.text}'",
        head,
        term.status == "curated",
    )


def _lines(words: Words, context: Context, lexicons: Lexicons) -> Iterator[Found]:
    """Curated lines anywhere in the name; other Cellosaurus names only as the whole of it."""
    whole = without_cell(words.core)
    for form in dict.fromkeys((whole, without_cell(words.plain))):
        terms = lexicons.cell_lines.lookup(form) or _any_case(form, lexicons)
        for term in terms:
            yield _whole_line(term, terms, form, words, context)
        if terms:
            return
    for match in lexicons.scanner("cell_lines").find_terms(words.plain):
        for term in match.terms:
            if term.status == "curated":
                rest = (words.plain[: match.start] + " " + words.plain[match.end :]).strip()
                yield Found(Concept(term.curie, term.name), 0.93, f"curated cell line '{term.text}'", rest)


def _any_case(form: str, lexicons: Lexicons) -> tuple[Term, ...]:
    """Curated lines with a number in their name, in any case ('Panc-1')."""
    if not (_LINE_LIKE.match(form) and len(form) > 3):
        return ()
    return tuple(t for t in lexicons.cell_lines.lookup_loose(form) if t.status == "curated")


def _whole_line(term: Term, terms: tuple[Term, ...], form: str, words: Words, context: Context) -> Found:
    concept = Concept(term.curie, term.name)
    if term.status == "curated":
        return Found(concept, 0.96, f"curated cell line '{term.text}'")
    said_cells = context.followed_by_cells or words.plain != without_cell(words.plain)
    score = (
        0.82 if _LINE_LIKE.match(form) and len(form) > 3 else 0.74 if said_cells and len(form) > 3 else 0.45
    )
    owners = len({t.curie for t in terms if t.status != "curated"})
    if owners > 1:
        score -= 0.2
    return Found(
        concept,
        round(score, 3),
        f"Cellosaurus name '{term.text}'" + (f", one of {owners}" if owners > 1 else ""),
    )


def _diseases(words: Words, types: tuple[Found, ...], lexicons: Lexicons) -> Iterator[Found]:
    """Tumours named inside the cell's name, the longest first; plain 'cancer' adds nothing."""
    text = without_cell(words.plain)
    found = [
        (len(text[m.start : m.end]), t, text[: m.start] + text[m.end :])
        for m in Scanner(lexicons.diseases, _tumours).find_terms(text)
        for t in _one_level(m.terms)
        if t.curie not in CANCER
    ]
    whole = without_cell(words.core)
    found += [
        (len(whole), t, "") for t in _one_level(lexicons.diseases.lookup(whole)) if t.curie not in CANCER
    ]
    for _, term, rest in sorted(found, key=lambda f: -f[0]):
        reason = f"{term.source} disease '{term.text}'"
        yield Found(Concept(term.curie, term.name), 0.92, reason, rest.strip(" -"), term.status == "curated")


def _tumours(text: str, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Two letters name a tumour only by a curated row ('SHH MB cells')."""
    return tuple(t for t in same_case(text, terms) if len(text) > 2 or t.status == "curated")


def _tissue(words: Words, kind: Found | None, lexicons: Lexicons) -> Found | None:
    text = kind.rest if kind and kind.rest else words.plain
    matches = lexicons.scanner("tissues").find_terms(text)
    for match in sorted(matches, key=lambda m: m.start - m.end):
        term = match.terms[0]
        rest = (text[: match.start] + text[match.end :]).strip(" -")
        return Found(Concept(term.curie, term.name), 0.8, f"{term.source} tissue '{term.text}'", rest)
    return None
