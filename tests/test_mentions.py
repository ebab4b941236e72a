"""All finders together: who wins where two claim the same words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.mentions import find_mentions, find_mirna_sets, find_other_rnas, resolve
from extractor.types import Mention


def found(text: str, abbreviations: dict[str, str] | None = None) -> list[tuple[str, str]]:
    mentions = find_mentions(text, abbreviations)
    assert all(text[m.start : m.end] == m.text for m in mentions if m.label != "MIRNA")
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    return [(m.label, m.text) for m in mentions]


def test_a_sentence_with_one_of_each() -> None:
    assert found(
        "CAF exosomes carry miR-21 and lncRNA H19 to T cells, where PTEN and migration fell in serum."
    ) == [
        ("CELL", "CAF"),
        ("VESICLE", "exosomes"),
        ("MIRNA", "miR-21"),
        ("OTHER_RNA", "lncRNA H19"),
        ("CELL", "T cells"),
        ("GENE", "PTEN"),
        ("PHENOTYPE", "migration"),
        ("FLUID", "serum"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("epidermal growth factor receptor", [("GENE", "epidermal growth factor receptor")]),
        ("CD4+ T cells", [("CELL", "CD4+ T cells")]),
        ("insulin resistance", [("PHENOTYPE", "insulin resistance")]),
        ("tumor growth", [("PHENOTYPE", "tumor growth")]),
        ("miRNAs", [("MIRNA_SET", "miRNAs")]),
        ("nothing to see", []),
        ("", []),
    ],
)
def test_the_longer_name_is_meant(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.xfail(reason="the gene finder takes the name from behind its hyphen", strict=True)
def test_a_gene_may_hold_the_name_of_a_cell() -> None:
    assert found("platelet-derived growth factor") == [("GENE", "platelet-derived growth factor")]


def test_the_cell_of_a_phenotype_stays_a_cell() -> None:
    assert ("CELL", "T cell") in found("They raised T cell proliferation.")
    assert ("PHENOTYPE", "proliferation") in found("They raised T cell proliferation.")


@pytest.mark.parametrize("text", ["miRNA", "microRNAs", "micro-RNAs", "miRs", "MiRNAs"])
def test_generic_mirnas_are_a_set(text: str) -> None:
    assert [m.text for m in find_mirna_sets(f"Such {text} rose.")] == [text]


@pytest.mark.parametrize("text", ["miRNA-21 rose.", "miR-21 rose.", "premiRNAse", "mRNAs rose."])
def test_a_named_mirna_is_no_set(text: str) -> None:
    assert find_mirna_sets(text) == ()


def test_other_rnas_are_one_mention_each() -> None:
    assert [m.text for m in find_other_rnas("lncRNA H19 and circRNA-7 and LINC00460 but not miR-21.")] == [
        "lncRNA H19",
        "circRNA-7",
        "LINC00460",
    ]


def test_of_two_that_overlap_the_first_kind_then_the_longest_wins() -> None:
    vesicle = Mention("VESICLE", 5, 8, "abc")
    cell = Mention("CELL", 0, 9, "a" * 9)
    gene = Mention("GENE", 0, 4, "a" * 4)
    far = Mention("GENE", 20, 21, "a")
    assert resolve([gene, cell, vesicle, far]) == [gene, vesicle, far]
    assert resolve([gene, cell, far]) == [cell, far]
    assert resolve([]) == []


PIECES = [
    "miR-21",
    "/",
    "-",
    " ",
    "T cell",
    "PTEN",
    "exosome",
    "s",
    "CAF",
    "migration of ",
    "of ",
    "(",
    ")",
    "serum ",
    "H19",
]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.text(max_size=60)))
def test_names_never_overlap(text: str) -> None:
    assert all(0 <= m.start < m.end <= len(text) for m in find_mentions(text))
    found(text)
