"""``load()``: every lexicon, each read at its first use, so that unused ones cost nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast

from extractor.lexicons import curated
from extractor.lexicons.lexicon import Lexicon
from extractor.lexicons.mirna import MirnaIndex
from extractor.lexicons.policy import gene_terms
from extractor.lexicons.scan import Scanner
from extractor.lexicons.table import Table
from extractor.lexicons.terms import Species, Status, Term, fold
from extractor.resources import resource

OPTIONAL_GENES = ("genes_mouse", "genes_rat")


class Lexicons:
    """The lexicons of one folder. Attributes are look-ups; ``scanner(name)`` searches a text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _table(self, name: str) -> Callable[[], Table]:
        return lambda: Table.read(self._folder / f"{name}.tsv.gz")

    @cached_property
    def genes(self) -> Lexicon:
        """Human genes, families and complexes; full mouse and rat tables where the user built them."""
        built = [n for n in OPTIONAL_GENES if (self._folder / f"{n}.tsv.gz").exists()]
        tables = [self._table(name) for name in ("genes", "families", *built)]
        return Lexicon(tables, _terms("genes"), _blocked("gene"))

    @cached_property
    def cells(self) -> Lexicon:
        """Cell types: curated abbreviations, CL, then MeSH."""
        return Lexicon([self._table("cells"), self._table("cells_mesh")], _terms("cells"), _blocked("cell"))

    @cached_property
    def cell_lines(self) -> Lexicon:
        """Cell lines: about 200 curated ones with synonyms, then Cellosaurus names."""
        return Lexicon([self._table("cell_lines")], _line_terms(), _blocked("cell_line"))

    @cached_property
    def tissues(self) -> Lexicon:
        """UBERON terms and curated adjectives ('hepatic')."""
        return Lexicon([self._table("tissues")], _terms("tissues"), _blocked("tissue"))

    @cached_property
    def diseases(self) -> Lexicon:
        """MONDO neoplasms and curated abbreviations ('HCC')."""
        return Lexicon([self._table("diseases")], _terms("diseases"), _blocked("disease"))

    @cached_property
    def mirnas(self) -> MirnaIndex:
        """Mature miRNAs, hairpins and families of all species."""
        return MirnaIndex.read(self._folder / "mirnas.tsv.gz")

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Lower-case words that are also gene names: no gene without a cue."""
        return frozenset(row["text"].casefold() for row in curated.rows("common_words"))

    def is_common_word(self, text: str) -> bool:
        """Is a lower-case or title-case printing of this an ordinary word ('set', 'Rest')?"""
        return text.casefold() in self.common_words

    def orthologue(self, curie: str, species: str) -> str | None:
        """The mouse or rat CURIE of a human gene, where HGNC gives one; None otherwise."""
        prefix = {"mouse": "mgi:", "rat": "rgd:"}.get(species)
        row = self.genes.concept(curie) if prefix else None
        return next((x for x in row.xrefs if x.startswith(str(prefix))), None) if row else None

    def line_details(self, curie: str) -> curated.Row | None:
        """Species, tissue and disease of a curated cell line (columns of ``cell_lines.tsv``)."""
        return next((r for r in curated.rows("cell_lines") if r["curie"] == curie), None)

    def scanner(self, name: str) -> Scanner:
        """A Scanner over ``genes`` (by policy.py), ``cells``, ``cell_lines``, ``tissues`` or ``diseases``."""
        if name == "genes":
            return Scanner(self.genes, lambda text, terms: gene_terms(text, terms, self.common_words))
        if name not in ("cells", "cell_lines", "tissues", "diseases"):
            raise ValueError(f"no lexicon {name!r}; choose genes, cells, cell_lines, tissues or diseases")
        return Scanner(getattr(self, name), min_length=3)


@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Lexicons:
    """The lexicons of ``folder`` (default: the ones that travel with the package). Nothing is read yet."""
    return Lexicons(folder or resource("models", "lexicons"))


def _terms(name: str) -> tuple[Term, ...]:
    """Curated terms of one lexicon; a row may list several printings."""
    return tuple(
        Term(
            text,
            row["curie"],
            row["name"],
            cast(Status, row.get("status") or "curated"),
            cast(Species, row.get("species", "")),
            "curated",
        )
        for row in curated.rows(name)
        for text in curated.listed(row["text"])
    )


def _line_terms() -> tuple[Term, ...]:
    return tuple(
        Term(text, row["curie"], row["name"], "curated", cast(Species, _model(row["species"])), "curated")
        for row in curated.rows("cell_lines")
        for text in (row["name"], *curated.listed(row["synonyms"]))
    )


def _model(species: str) -> str:
    return species if species in ("human", "mouse", "rat") else ""


def _blocked(label: str) -> frozenset[str]:
    """Keys that built tables hold but that are never grounded as this label."""
    return frozenset(
        fold(row["text"]) for row in curated.rows("never_ground") if label in curated.listed(row["labels"])
    )
