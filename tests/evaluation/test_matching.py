"""What counts as the same thing, and what does not: every case in both directions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluation.matching import Kind, cell_words, mirna_key, same_entity, same_name

SAME: list[tuple[Kind, str, str]] = [
    ("cell", "BMSC", "BMSCs"),
    ("cell", "human BMSCs", "BMSCs"),
    ("cell", "M2 macrophages", "M2-polarized macrophages"),
    ("cell", "M1-like macrophage", "M1 macrophages"),
    ("cell", "HCT-116", "HCT116 cells"),
    ("cell", "HCT116", "HCT116 colorectal cancer cells"),
    ("cell", "THP-1 macrophages", "THP-1"),
    ("cell", "endothelial cells (ECs)", "EC"),
    ("cell", "T cells", "CD8+ T cells"),
    ("cell", "CD4 + T cell", "CD4+ T cells"),
    ("cell", "hepatocellular cancer", "hepatocellular carcinoma cell lines"),
    ("cell", "tumour cells", "tumor cells"),
    ("cell", "bone marrow-derived MSCs", "bone marrow MSC"),
    ("cell", "CAFs of prostate cancer", "CAF"),
    ("cell", "microglial", "microglia"),
    ("cell", "cardiac fibroblasts", "fibroblasts"),
    ("mirna", "hsa-miR-21-5p", "miR-21-5p"),
    ("mirna", "microRNA (miR)-29c-3p", "miR-29c-3p"),
    ("mirna", "MIR21", "miR-21"),
    ("mirna", "MIRLET7A", "let-7a"),
    ("mirna", "miRNA-214", "microRNA-214"),
    ("mirna", "MicRNA-214", "microRNA-214"),
    ("mirna", "EV-miR-6127", "miR-6127"),
    ("mirna", "miR-200s", "miR-200 family"),
    ("mirna", "miR\u2212542\u20113p", "miR-542-3p"),
    ("gene", "TLR-4", "TLR4"),
    ("gene", "AMPK\u03b12", "AMPK alpha 2"),
    ("gene", "AMPK\u03b12", "AMPKa2"),
    ("gene", "PTEN mRNA", "PTEN"),
    ("gene", "PTEN 3'-UTR", "PTEN"),
    ("gene", "suppressor of cytokine signaling 5 (SOCS5)", "SOCS5"),
    ("gene", "TLRs", "TLR"),
    ("word", "binds", "Binds"),
]

DIFFERENT: list[tuple[Kind, str, str]] = [
    ("cell", "breast cancer cells", "cancer-associated fibroblasts"),
    ("cell", "fibroblasts", "cancer-associated fibroblasts"),
    ("cell", "M1 macrophages", "M2 macrophages"),
    ("cell", "macrophages", "M2 macrophages"),
    ("cell", "cancer cells", "breast cancer cells"),
    ("cell", "lung cancer cells", "breast cancer cells"),
    ("cell", "A549", "A549/DDP"),
    ("cell", "endothelial cells", "endothelial progenitor cells"),
    ("cell", "stem cells", "neural stem cells"),
    ("cell", "CD4+ T cells", "CD8+ T cells"),
    ("cell", "regulatory T cells", "T cells"),
    ("cell", "oxaliplatin-resistant CRC cells", "CRC cells"),
    ("cell", "non-small cell lung cancer", "small cell lung cancer"),
    ("cell", "cardiac fibroblasts", "lung fibroblasts"),
    ("mirna", "miR-409", "miR-409-3p"),
    ("mirna", "miR-409-5p", "miR-409-3p"),
    ("mirna", "miR-21", "miR-210"),
    ("mirna", "let-7a", "let-7b"),
    ("mirna", "miR-29a/b", "miR-29a"),
    ("gene", "IL6", "IL6R"),
    ("gene", "interleukin 6", "interleukin 6 receptor"),
    ("gene", "p21 (RAC1)-activated kinase 2", "RAC1"),
    ("gene", "ROCK1", "ROCK2"),
    ("gene", "p53", "TP53"),
    ("word", "binds", "decreases"),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_same(kind: Kind, one: str, other: str) -> None:
    assert same_name(kind, one, other)
    assert same_name(kind, other, one)


@pytest.mark.parametrize(("kind", "one", "other"), DIFFERENT)
def test_different(kind: Kind, one: str, other: str) -> None:
    assert not same_name(kind, one, other)
    assert not same_name(kind, other, one)


def test_arms_differ_unless_lenient() -> None:
    assert same_name("mirna", "miR-409", "miR-409-3p", lenient=True)
    assert same_name("mirna", "miR-409*", "miR-409", lenient=True)
    assert not same_name("mirna", "miR-409a", "miR-409", lenient=True)


def test_a_gold_list_decides_about_the_arm() -> None:
    assert same_entity("mirna", ("miR-409", "miR-409-3p"), ("miR-409-3p",))
    assert not same_entity("mirna", ("miR-409-3p",), ("miR-409",))


def test_any_name_of_one_may_be_any_name_of_the_other() -> None:
    assert same_entity("gene", ("phosphatase and tensin homolog", "PTEN"), ("MMAC1", "PTEN"))
    assert not same_entity("gene", ("PTEN",), ("TEP1",))


def test_identifiers_are_names_too() -> None:
    assert same_entity("gene", ("ZO-1", "hgnc:11827"), ("tight junction protein 1", "HGNC:11827"))
    assert not same_entity("gene", ("ZO-1", "hgnc:11827"), ("ZO-2", "hgnc:11828"))


def test_empty_agrees_with_empty_only() -> None:
    assert same_entity("cell", (), ())
    assert not same_entity("cell", (), ("macrophage",))
    assert not same_entity("cell", ("macrophage",), ())


def test_a_name_of_nothing_but_heads_matches_nothing() -> None:
    assert cell_words("the cells") == ()
    assert not same_name("cell", "cells", "cell lines")


def test_a_bracket_inside_a_cell_name_is_not_split() -> None:
    assert cell_words("p (x) y") == (("p", "x", "y"),)


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("miR-17-92a cluster", "mir-17-92a"),
        ("miRs-21", "mir-21"),
        ("mirR-21", "mir-21"),
        ("MicroR-16", "mir-16"),
        ("Lb-miR2911", "mir-2911"),
    ],
)
def test_odd_printings(printed: str, key: str) -> None:
    assert mirna_key(printed) == key


NAMES = st.text("abcMR12 -+()s\u03b1/", min_size=1, max_size=12)
KINDS = st.sampled_from(["mirna", "cell", "gene", "word"])


@given(KINDS, NAMES, NAMES, st.booleans())
def test_sameness_is_symmetric(kind: Kind, one: str, other: str, lenient: bool) -> None:
    assert same_name(kind, one, other, lenient) == same_name(kind, other, one, lenient)


@given(NAMES)
def test_a_mirna_name_is_itself_and_its_key_is_stable(name: str) -> None:
    assert same_name("mirna", name, name)
    assert mirna_key(mirna_key(name)) == mirna_key(name)
