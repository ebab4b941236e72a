"""Vesicle names: exosomes, EVs, microvesicles, ... and the short forms that a document coins for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractor.rules.loader import read_rows
from extractor.types import Concept, Mention

# "synaptic vesicles" and the like are organelles of one cell, not messengers between cells
_ORGANELLE = re.compile(
    r"(?:synaptic|secretory|transport|endocytic|intracellular|coated|cytoplasmic)\s+$", re.I
)

# words for the vesicles of one donor or plant, which a document may define: TDEs, RBCEVs, ELNs
_HOLDS_A_DONOR = re.compile(r"(?:(?:T|[A-Z]{3,6})EV|TEX|TDE|EL[NV]|NV|OMV|EMV)s?")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = read_rows("vesicle_words.tsv", ("pattern", "kind", "form"))
    compiled = []
    for row in rows:
        # words are matched in any case; coined short forms (EVs, Exos) only as printed
        cased = bool(re.search(r"[A-Z]{2}|^\(?\??:?[A-Z]|^exos\(", row["pattern"]))
        flags = 0 if cased and row["pattern"] != "exomiRs?" else re.I
        compiled.append(
            (re.compile(rf"(?<![A-Za-z0-9])(?:{row['pattern']})(?![a-z])", flags), row["kind"], row["form"])
        )
    return tuple(compiled)


@cache
def _curies() -> dict[str, str]:
    """The Gene Ontology's identifiers of the kinds that it has."""
    return {row["kind"]: row["curie"] for row in read_rows("vesicle_kinds.tsv", ("kind", "curie"))}


def vesicle_kind(phrase: str) -> str | None:
    """The kind of vesicle that a phrase names, e.g. a long form ending in one; None where it names none."""
    found = [m for m in find_vesicles(phrase) if len(phrase.rstrip(" )")) - m.end < 12]
    return found[-1].name.split(":")[0] if found else None


def find_vesicles(text: str, abbreviations: Mapping[str, str] | None = None) -> tuple[Mention, ...]:
    """All vesicle names, sorted, not overlapping.

    ``name`` is ``kind:form``, form being ``noun`` (``exosomes``), ``adjective`` (``exosomal``) or
    ``short`` (a coined short form such as ``MDE``, whose long form names one). The concept is the kind's.
    """
    spans: list[tuple[int, int, str]] = []
    for short, long in sorted((abbreviations or {}).items()):
        kind = vesicle_kind(long)
        if kind and not (vesicle_kind(short) and not _HOLDS_A_DONOR.fullmatch(short)):
            coined = rf"(?<![A-Za-z0-9]){re.escape(short)}s?(?![A-Za-z0-9])"
            spans += [(m.start(), m.end(), f"{kind}:short") for m in re.finditer(coined, text)]
    for pattern, kind, form in _patterns():
        spans += [(m.start(), m.end(), f"{kind}:{form}") for m in pattern.finditer(text)]
    kept: list[Mention] = []
    for start, end, name in sorted(spans, key=lambda s: (s[0], s[0] - s[1])):
        if kept and start < kept[-1].end:
            continue
        if name.startswith("vesicle:") and _ORGANELLE.search(text[max(0, start - 20) : start]):
            continue
        kind = name.partition(":")[0]
        concept = Concept(_curies()[kind], kind) if kind in _curies() else None
        kept.append(Mention("VESICLE", start, end, text[start:end], name, concept))
    return tuple(kept)
