"""Gene and protein names to HGNC, FamPlex, and the mouse or rat orthologue where the text means it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extractor.grounding.decision import Candidate, Context, Grounding, decide
from extractor.lexicons import Lexicons, Term
from extractor.lexicons.scan import is_wording
from extractor.lexicons.terms import squash
from extractor.types import Concept

LABEL: Final = "GENE"
SCORES: Final = {
    "curated": 0.97,
    "symbol": 0.96,
    "name": 0.93,
    "family": 0.92,
    "complex": 0.92,
    "alias": 0.86,
    "previous": 0.82,
}
SHORT: Final = 3
OTHER_CASE: Final = 0.1
UNSUPPORTED: Final = 0.35
CELL_NAME: Final = 0.5
_TAIL: Final = re.compile(
    r"\s+(?:proteins?|genes?|mRNAs?|family members?|pathway|signall?ing|expression|levels?)$",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(
    r"^(?:(?:the|human|mouse|murine|rat|phosphorylated|total|endogenous)\s+"
    r"|phospho-?\s*|p-(?=[A-Z]))",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(r"\s*\([^()]*\)\s*$")
_VARIANTS: Final = (
    (re.compile(r"^integrin\s+(?=\w)", re.IGNORECASE), "integrin subunit "),
    (re.compile(r"\bhomologue\b", re.IGNORECASE), "homolog"),
    (re.compile(r"tumour", re.IGNORECASE), "tumor"),
    (re.compile(r"neurone", re.IGNORECASE), "neuron"),
    (re.compile(r"(?<=[a-z])s(?= of )"), ""),
    (re.compile(r"^high-mobility group (?=A\d)", re.IGNORECASE), "HMG"),
    (re.compile(r"(?<=\d)\s*(?:isoform|variant)\s+\w+$", re.IGNORECASE), ""),
    (re.compile(r"[,;]"), ""),
)


def ground_gene(text: str, context: Context, lexicons: Lexicons) -> Grounding:
    """The decision for a gene or protein name; the document's own long form speaks first."""
    own = [*_by_name(text, context, lexicons)]
    long = _long_form(text, context)
    if long:
        own = _with_long_form(own, [*_by_name(long, context, lexicons)], long)
    return decide(text, LABEL, [_in_species(c, text, context, lexicons) for c in own])


def _long_form(text: str, context: Context) -> str:
    known = context.abbreviations
    return known.get(text) or known.get(text.removesuffix("s")) or ""


def _with_long_form(own: list[Candidate], long: list[Candidate], name: str) -> list[Candidate]:
    """The long form decides; where it grounds to nothing, the short form alone may name a gene no longer."""
    if long:
        said = [Candidate(c.concept, max(c.score, 0.95), f"long form '{name}': {c.reason}") for c in long[:1]]
        return [*said, *long[1:], *(Candidate(c.concept, min(c.score, 0.45), c.reason) for c in own)]
    if _looks_like_gene(name):
        return own
    return [
        Candidate(c.concept, max(c.score - UNSUPPORTED, 0.0), f"{c.reason}; but the document says '{name}'")
        for c in own
    ]


def _looks_like_gene(name: str) -> bool:
    """Does a long form that no lexicon has read like a gene's? Then the short form's owner stands."""
    return bool(
        re.search(r"protein|receptor|kinase|factor|ase\b|in\b|gene|homolog|ligand|\d", name.casefold())
    )


def _by_name(text: str, context: Context, lexicons: Lexicons) -> Iterator[Candidate]:
    for form in _forms(text):
        terms = lexicons.genes.lookup(form) or lexicons.genes.lookup_loose(form)
        if terms:
            yield from _scored(form, terms, context, lexicons)
            return


def _forms(text: str) -> Iterator[str]:
    """The name as printed, then without what authors put round it."""
    yield text
    inner = re.search(r"\(([^()]{2,12})\)", text)
    if inner:
        yield re.sub(r"\s*\([^()]*\)\s*", " ", text).strip()
        yield _TAIL.sub("", re.sub(r"\s*\([^()]*\)\s*", " ", text)).strip()
        yield inner.group(1)
    plain = _HEAD.sub("", _TAIL.sub("", _BRACKET.sub("", text.strip()))).strip()
    if plain and plain != text:
        yield plain
    for pattern, replacement in _VARIANTS:
        changed = pattern.sub(replacement, plain)
        if changed != plain:
            yield changed


def _scored(text: str, terms: tuple[Term, ...], context: Context, lexicons: Lexicons) -> Iterator[Candidate]:
    best: dict[str, tuple[float, Term]] = {}
    for term in terms:
        score = _score(text, term, context, lexicons)
        if term.curie not in best or score > best[term.curie][0]:
            best[term.curie] = (score, term)
    ranked = sorted(best.values(), key=lambda pair: -pair[0])
    for rank, (score, term) in enumerate(ranked):
        rivals = [o for s, o in ranked if o is not term and s >= score - 0.08]
        spread = 0.25 if rivals and term.status in ("alias", "previous") else 0.0
        lost = 0.2 * bool(rank and ranked[0][1].status in ("curated", "symbol"))
        reason = f"{term.source} {term.status} '{term.text}'" + (
            f", shared by {len(ranked)}" if rivals else ""
        )
        yield Candidate(Concept(term.curie, term.name), round(max(score - spread - lost, 0.05), 3), reason)


def _score(text: str, term: Term, context: Context, lexicons: Lexicons) -> float:
    """Status first; then what makes a name less sure: case, shortness, being a word."""
    score = SCORES[term.status]
    same = squash(text) == squash(term.text)
    if term.status == "curated" and same:
        return score
    mouse_case = term.status == "symbol" and squash(text) == squash(term.text).capitalize()
    if not same and not mouse_case and not is_wording(term.text):
        score -= OTHER_CASE
    if context.gene_cue:
        return score
    if _is_cell_name(text, lexicons):
        return score - CELL_NAME
    if lexicons.is_common_word(text) and not (same and text.isupper() and len(text) > 2):
        return score - UNSUPPORTED
    if context.followed_by_cells and term.status != "symbol":
        return score - UNSUPPORTED
    if len(squash(text)) <= SHORT and term.status in ("alias", "previous"):
        return score - UNSUPPORTED
    return score


def _is_cell_name(text: str, lexicons: Lexicons) -> bool:
    """Is it an abbreviation for a cell or tumour in this field ('MSC', 'HCC', 'DC', 'PC3')?"""
    owners = (lexicons.cells, lexicons.diseases, lexicons.cell_lines)
    return any(t.status == "curated" for lexicon in owners for t in lexicon.lookup(text))


def _in_species(candidate: Candidate, text: str, context: Context, lexicons: Lexicons) -> Candidate:
    """The orthologue when the document names only mouse or rat and the symbol is in mouse case."""
    named = [s for s in context.species if s in ("human", "mouse", "rat")]
    symbol = candidate.concept.name
    if not named or named[0] == "human" or "human" in named or not _mouse_case(text, symbol):
        return candidate
    curie = lexicons.orthologue(candidate.concept.curie, named[0])
    if curie is None:
        return candidate
    concept = Concept(curie, symbol.capitalize())
    return Candidate(concept, candidate.score, f"{candidate.reason}; {named[0]} named in the document")


def _mouse_case(text: str, symbol: str) -> bool:
    return len(text) > 1 and text[0].isupper() and text[1:].islower() and squash(text) == symbol.capitalize()
