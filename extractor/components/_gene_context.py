"""What the words round a short name say: is it a gene here, a cell, a method, a marker?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from extractor.lexicons import curated, load
from extractor.lexicons.terms import squash
from extractor.rules.loader import read_rows

# The head of a long form tells what its short form is.
_GENE_HEAD = re.compile(
    r"(?:protein|gene|receptors?|kinase|phosphatase|factor|ligand|enzyme|transporter|homolog(?:ue)?|antigen|cadherin"
    r"|integrin|cyclin|collagen|synthase|transferase|reductase|dehydrogenase|hydroxylase|protease|peptidase|ase\b"
    r"|channel|molecule|hormone|inhibitor|regulator|suppressor|activator|repressor|subunit|peptide|interleukin"
    r"|interferon|chemokine|cytokine|globulin|albumin|oncogene|mediator|element|adapt[eo]r|tensin|actin|domain)"
    r"(?:[ -]?(?:[0-9]+[A-Za-z]?|[IVX]+|[A-Z][0-9]?|[α-ω]|alpha|beta|gamma))?$",
    re.I,
)
_OTHER_HEAD = re.compile(
    r"(?:cells?|macrophages?|monocytes?|fibroblasts?|neurons?|exosomes?|vesicles?|cancers?|carcinomas?|tumou?rs?"
    r"|diseases?|disorders?|syndromes?|ataxia|infarction|failure|injury|epilepsy|leuka?emia|lymphoma|glioma"
    r"|melanoma|sarcoma|blastoma|transition|imaging|chain reaction|assay|microscopy|ratio|index|interval"
    r"|survival|region|system|barrier|microenvironment|matrix|acid|species|plasma|fluid|serum|medium|model"
    r"|mice|rats?|therapy|resistance|metastasis|ammonis|bodies|nanoparticles?|scattering|spectroscopy"
    r"|controls?|group|treatment|RNAs?|microRNAs?|variance|chromatography|spectrometry|sequencing)$",
    re.I,
)
# classes of genes, none in particular
_CLASS = re.compile(
    r"^(?:(?:transcription|growth|trophic|clotting|risk) factors?|(?:receptor )?tyrosine kinases?"
    r"|(?:cell )?surface (?:markers?|receptors?)|(?:target|housekeeping|differentially expressed) genes?"
    r"|controls?|knock-?out)$",
    re.I,
)
_MARKER = re.compile(
    r"\s?(?:\+(?!/)|⁺|＋|\((?:\+|-|−|high|low|hi|lo)\)"
    r"|(?:high|hi|low|lo|bright|dim|neg|pos)(?![a-z])|[−-](?=\s?(?:T )?cells?\b))"
)
_CELL_WORD = re.compile(
    r"^[\s\w+,/()⁺＋-]{0,40}?(?:cells?|lymphocytes?|Tregs?|monocytes?|macrophages?|subsets?|populations?|thymocytes?)\b"
)


class _Cue(NamedTuple):
    name: str
    pattern: re.Pattern[str]


@cache
def _cues(side: str) -> tuple[_Cue, ...]:
    rows = read_rows("gene_cues.tsv", ("id", "side", "pattern", "example", "counterexample"))
    return tuple(_Cue(r["id"], re.compile(r["pattern"])) for r in rows if r["side"] == side)


@cache
def stop_words() -> frozenset[str]:
    """Printed forms of cells, methods, diseases ... that are no genes unless the document spells one out."""
    stops = {r["text"] for r in read_rows("gene_stop.tsv", ("text", "kind", "reason"))}
    lines = {t for r in curated.rows("cell_lines") for t in (r["name"], *curated.listed(r["synonyms"]))}
    return frozenset({squash(t) for t in stops | lines} | {squash(t).casefold() for t in lines if len(t) > 3})


def is_stopped(text: str) -> bool:
    """Is this printed form, or its singular, one of the stop words?"""
    shown = squash(text)
    forms = {shown, shown.removesuffix("s")}
    return bool(forms & stop_words()) or (len(shown) > 3 and shown.casefold() in stop_words())


@cache
def safe_short() -> frozenset[str]:
    """Names of two or three characters that need no cue, without hyphens."""
    return frozenset(squash(r["text"]) for r in read_rows("gene_short.tsv", ("text", "reason")))


def cues(text: str, start: int, end: int) -> tuple[str, ...]:
    """The ids of the cues that stand right after and right before a name."""
    before = text[max(0, start - 50) : start]
    right = [c.name for c in _cues("right") if c.pattern.match(text, end)]
    return (*right, *(c.name for c in _cues("left") if c.pattern.search(before)))


def is_cell_marker(text: str, end: int) -> bool:
    """Is the name that ends at ``end`` part of a cell's name, as in ``CD4+ T cells``?"""
    match = _MARKER.match(text, end)
    return bool(match and _CELL_WORD.match(text[match.end() : match.end() + 60]))


def is_gene_phrase(long: str) -> bool | None:
    """Does a long form name a gene? None where its wording does not tell."""
    if _CLASS.search(long):
        return False
    if load().genes.lookup_loose(long):
        return True
    if _OTHER_HEAD.search(long):
        return False
    return True if _GENE_HEAD.search(long) else None


def long_form(short: str, abbreviations: Mapping[str, str]) -> str:
    """The document's long form of a short one or of its plural; empty where it gives none."""
    return abbreviations.get(short) or abbreviations.get(short.removesuffix("s")) or ""
