"""Genes printed by their last part only (``TIMP2/3``, ``MMP-2 and -9``), with a slash, and compounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from extractor.lexicons import Term, curated, load
from extractor.lexicons.scan import is_wording
from extractor.rules.loader import read_rows
from extractor.types import Mention

Make = Callable[[int, int, tuple[Term, ...]], Mention]

_SHARED = re.compile(r"/(\d{1,2}[A-Z]?|[A-Da-d])(?![A-Za-z0-9]|\.\d)")
# the hyphen says that the number is no amount: MMP-2 and -9, but MMP2 and 9 patients
_HYPHENED = re.compile(r"(?:,? (?:and|or|as well as) |, |/)[-‐‑–−](\d{1,2}[A-Z]?)(?![A-Za-z0-9%]|\.\d|-\d)")
_LAST_PART = re.compile(r"(?:\d+[A-Z]?|(?<=\d)[A-Da-d]|[A-D])$")
_LAST_LETTER = re.compile(r"(?<=\d)[A-Da-d]$")
_LAST_NUMBER = re.compile(r"\d+[A-Z]?$")


def shared_stem(text: str, genes: Iterable[Mention], make: Make) -> Iterator[Mention]:
    """``TIMP2/3``: the 3 stands for TIMP3; ``Smad1/5/8`` names three; ``MMP-2 and -9`` two."""
    for gene in genes:
        yield from _rest(text, gene, _SHARED, _LAST_PART, make)
        yield from _rest(text, gene, _HYPHENED, _LAST_NUMBER, make)


def _rest(
    text: str, gene: Mention, link: re.Pattern[str], part: re.Pattern[str], make: Make
) -> Iterator[Mention]:
    stem, end = part.sub("", gene.text), gene.end
    while stem != gene.text and (match := link.match(text, end)):
        numbered = _LAST_LETTER.sub("", gene.text)  # WNT5A/B: the number is shared, too
        terms = load().genes.lookup(numbered + match.group(1)) if match.group(1).isalpha() else ()
        terms = terms or (load().genes.lookup(stem + match.group(1)) if stem else ())
        if not terms:
            break
        start = match.start(1) - (link is _HYPHENED)
        yield make(start, match.end(1), terms)
        end = match.end()


@cache
def _slashed() -> re.Pattern[str]:
    """Curated names that hold a slash (C/EBPβ); the scanner takes a slash to part two names."""
    rows = [row for row in curated.rows("genes") if not row["curie"].startswith("fplx:")]  # ERK1/2 are two
    printed = {t for row in rows for t in curated.listed(row["text"]) if "/" in t}
    ordered = sorted(printed, key=lambda t: (-len(t), t))
    each = "|".join(f"(?i:{re.escape(t)})" if is_wording(t) else re.escape(t) for t in ordered)
    return re.compile(rf"(?<![A-Za-z0-9/])(?:{each})(?![A-Za-z0-9/]|-\d)")


def slashed_names(text: str, make: Make) -> Iterator[Mention]:
    """Curated names with a slash in them, as printed."""
    if "/" in text:
        for match in _slashed().finditer(text):
            yield make(match.start(), match.end(), load().genes.lookup_loose(match.group()))


@cache
def _compounds() -> tuple[re.Pattern[str], ...]:
    rows = read_rows("gene_compounds.tsv", ("pattern", "example", "counterexample", "reason"))
    return tuple(re.compile(rf"(?<![A-Za-z0-9])(?:{row['pattern']})(?![A-Za-z0-9])") for row in rows)


def compounds(text: str) -> Iterator[Mention]:
    """Fusions and receptors of two genes (BCR-ABL, integrin αvβ3): one mention, and no one gene's concept."""
    for pattern in _compounds():
        for match in pattern.finditer(text):
            yield Mention("GENE", match.start(), match.end(), match.group(), match.group())
