"""Genes, proteins and their families by symbol, alias and long name, where the text means the gene."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import zip_longest

from extractor.components._gene_context import (
    cues,
    is_cell_marker,
    is_gene_phrase,
    is_stopped,
    long_form,
    safe_short,
)
from extractor.components._gene_lists import compounds, shared_stem, slashed_names
from extractor.components._longest import longest
from extractor.components.mirna import find_mirnas
from extractor.lexicons import Scanner, Term, load
from extractor.lexicons.lexicon import RANK
from extractor.lexicons.policy import gene_terms
from extractor.lexicons.scan import is_wording
from extractor.lexicons.terms import squash
from extractor.types import Concept, Mention

_DIGIT = re.compile(r"\d")
_TAIL = re.compile(r"\s(?:proteins?|genes?|mRNA)$")
_END_OF_RNA = re.compile(r"\s[35]$")
_PRIME = re.compile(r"\s?(?:['′’´`]|-?(?:prime|UTR))")
_LEAD = re.compile(r"^(?:transcription factor|oncogene|tumor suppressor)\s")
_SHAPE = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Z][A-Za-z]{0,6}\d{1,3}[A-Za-z]?\d?|[A-Z]{4,7})(?![A-Za-z0-9])")
_AND = re.compile(r",? (?:and|or) |, |/")
_OF_A_DISEASE = re.compile(
    r" (?:resistance|sensitivity|tolerance|diseases?|deficiency anemia|therapy)\b", re.I
)
_NUMBERED = re.compile(
    r"[ -]?(?:(?<=[ -])(?:\d{1,2}[A-Z]?|I{1,3}|IV)|[α-ω])"
    r"(?=[\s,;.)/(]+(?!(?:%|h|d|days?|µ|μ|mg|ml|nM|fold)\b))"
)
_AMOUNT = re.compile(
    r"\.\d|\s?(?:%|(?:h|hours?|d|days?|weeks?|months?|years?|min|mg|ml|µM|μM|nM|patients|mice|cases)\b)"
)
_STRONG = frozenset({"utr", "product", "target", "mirna"})


def _accept(text: str, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The lexicon's policy, and symbols in three-letter mouse case (Shh) or mixed case (eIF4E3)."""
    common = load().common_words
    if text.islower() and text.removesuffix("s") in common:
        return tuple(t for t in terms if t.status == "curated" and t.text == text)
    kept = gene_terms(text, terms, common)
    if kept:
        return () if _scattered(text, kept) else kept
    shown = squash(text)
    if " " in text or text.islower() or text.casefold() in common:
        return ()
    mixed = len(shown) > 3 and bool(_DIGIT.search(shown)) and any(c.isupper() for c in shown)
    return tuple(
        t
        for t in terms
        if (mixed and squash(t.text).casefold() == shown.casefold())
        or (t.status == "symbol" and len(shown) == 3 and shown == squash(t.text).capitalize())
    )


def _scattered(text: str, terms: Iterable[Term]) -> bool:
    """Are the words of the text only by chance those of a name written in one (``and pro`` for ANDPRO)?"""
    return " " in text and text.islower() and all(" " not in t.text and "-" not in t.text for t in terms)


@cache
def _scanner() -> Scanner:
    return Scanner(load().genes, _accept)


def concept_of(terms: Iterable[Term]) -> Concept | None:
    """The best owner of a name; None where another one ranks as high."""
    ranked = sorted(terms, key=lambda t: RANK[t.status])
    best = {t.curie: t.name for t in ranked if RANK[t.status] == RANK[ranked[0].status]}
    return Concept(*next(iter(best.items()))) if len(best) == 1 else None


def _mention(text: str, start: int, end: int, terms: Iterable[Term]) -> Mention:
    concept = concept_of(terms)
    printed = text[start:end]
    return Mention("GENE", start, end, printed, concept.name if concept else printed, concept)


def _owners(printed: str) -> tuple[Term, ...]:
    """Who owns a name cut from a longer one: as printed, else in mouse or mixed case (Rab27a)."""
    return load().genes.lookup(printed) or _accept(printed, load().genes.lookup_loose(printed))


def _trimmed(text: str, found: Mention) -> Mention:
    """Without ``protein`` behind or a class name before it, where the rest is a name by itself."""
    start, end = found.start, found.end
    tail = _TAIL.search(found.text)
    if tail is None and _PRIME.match(text, end):
        tail = _END_OF_RNA.search(found.text)  # PTEN 3'UTR, but TIMP 3
    if tail:
        end = start + tail.start()
    if lead := _LEAD.search(found.text):
        start += lead.end()
    terms = _owners(text[start:end]) if (start, end) != (found.start, found.end) else ()
    return _mention(text, start, end, terms) if terms else found


def _numbered(text: str, found: Mention) -> Mention:
    """``growth factor receptor 2`` is not the receptor that the lexicon has without a number."""
    number = _NUMBERED.match(text, found.end) if is_wording(found.text) and " " in found.text else None
    if number is None or found.text[-1].isdigit():
        return found
    end = number.end()
    return Mention("GENE", found.start, end, text[found.start : end], text[found.start : end])


def _known(text: str) -> Iterator[Mention]:
    for match in _scanner().find_terms(text):
        if text[match.end - 1].isdigit() and text[match.end - 2] == " " and _AMOUNT.match(text, match.end):
            continue  # TAC 3.0, B-cell lymphoma 2 weeks
        yield _numbered(text, _trimmed(text, _mention(text, match.start, match.end, match.terms)))


def _without_classes(text: str, found: Sequence[Mention]) -> list[Mention]:
    """In ``the E3 ubiquitin ligase NEDD4`` only NEDD4 is named: the words before it say what it is."""
    return [m for m, after in zip_longest(found, found[1:]) if not (after and _is_class_of(text, m, after))]


def _is_class_of(text: str, mention: Mention, after: Mention) -> bool:
    family = mention.concept is not None and mention.concept.curie.startswith("fplx:")
    words = " " in mention.text and mention.text[-1].islower() and is_wording(mention.text)
    return family and words and text[mention.end : after.start] == " " and not is_wording(after.text)


def _needs_cue(found: Mention, long: str) -> bool:
    """Short codes, common words and what the document spells out as something unclear need a cue."""
    shown = squash(found.text)
    common = found.text.casefold() in load().common_words
    if is_wording(found.text) or (_is_curated(found.text) and (not common or shown in safe_short())):
        return False
    if long and not _DIGIT.search(shown):
        return True
    return shown not in safe_short() and (len(shown) <= 3 or common)


def _is_curated(printed: str) -> bool:
    """Did somebody decide that this very printing means a gene? Not so for a word in lower case."""
    return not printed.islower() and any(t.status == "curated" for t in load().genes.lookup(printed))


def _meant(text: str, found: Sequence[Mention], abbreviations: Mapping[str, str]) -> Iterator[Mention]:
    """Those that the document means as genes; one clear use of a name vouches for its other uses."""
    clear = {m.text for m in found if cues(text, m.start, m.end)}
    previous: Mention | None = None
    for mention in found:
        long = long_form(mention.text, abbreviations)
        said = is_gene_phrase(long) if long else None
        if said is False or is_cell_marker(text, mention.end) or _OF_A_DISEASE.match(text, mention.end):
            continue
        listed = previous is not None and bool(_AND.fullmatch(text, previous.end, mention.start))
        vouched = mention.text in clear or listed or not _needs_cue(mention, long)
        if said or (vouched and not is_stopped(mention.text)):
            previous = _spelt_out(mention, long) if said else mention
            yield previous


def _spelt_out(mention: Mention, long: str) -> Mention:
    """A short form with the concept of its long form, where the lexicon knows that one."""
    concept = concept_of(load().genes.lookup_loose(long))
    return replace(mention, name=concept.name, concept=concept) if concept else mention


def _spells(short: str, long: str) -> bool:
    """Is a long form of unclear wording the gene's, too? Not paclitaxel (PTX), which a cue made a gene."""
    said = is_gene_phrase(long)
    return said is True or (said is None and (_is_curated(short) or bool(_DIGIT.search(short))))


def _long_forms(text: str, genes: Iterable[Mention], abbreviations: Mapping[str, str]) -> Iterator[Mention]:
    """A gene's long form as the document words it, which no lexicon may hold."""
    by_text = {m.text: m for m in genes}
    for short, long in abbreviations.items():
        gene = by_text.get(short)
        if gene and len(long) > len(short) and _spells(short, long):
            for match in re.finditer(re.escape(long), text, re.I):
                yield replace(gene, start=match.start(), end=match.end(), text=match.group())


def _by_shape(text: str, abbreviations: Mapping[str, str]) -> Iterator[Mention]:
    """Codes that no lexicon holds, only where a strong cue says gene; without a concept."""
    for match in _SHAPE.finditer(text):
        start, end = match.span()
        long = long_form(match.group(), abbreviations)
        if is_stopped(match.group()) or (long and is_gene_phrase(long) is False):
            continue
        if _STRONG.intersection(cues(text, start, end)) and _DIGIT.search(match.group()):
            yield Mention("GENE", start, end, match.group(), match.group())


def find_genes(text: str, abbreviations: Mapping[str, str] | None = None) -> tuple[Mention, ...]:
    """All genes, proteins and families, sorted, not overlapping; never inside a miRNA's name.

    ``abbreviations`` are the document's own short and long forms: they decide what MSC or CAT mean here.
    ``name`` is the approved symbol or family; ``concept`` is empty where several genes own the name equally,
    or where only the wording (``targeting QRX9``) says that it is a gene.
    """
    known = abbreviations or {}
    if not any(c.isalnum() for c in text):
        return ()
    make = partial(_mention, text)
    found = longest([*_known(text), *slashed_names(text, make)], len(text))
    genes = list(_meant(text, _without_classes(text, found), known))
    genes += _long_forms(text, genes, known)
    genes += shared_stem(text, genes, make)
    genes += _by_shape(text, known)
    genes += compounds(text)
    return longest(genes, len(text), [(m.start, m.end) for m in find_mirnas(text)])
