"""The scanner: boundaries, variants, longest match; offsets always slice the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.lexicons import Lexicon, Scanner, Term, load
from extractor.lexicons.table import ConceptRow, Entry, Table, render

NAMES = {
    "X:1": ("endothelial cell",),
    "X:2": ("MCF-7",),
    "X:3": ("mast cell", "MC"),
    "X:4": ("TGF-beta 1",),
    "X:5": ("lung metastasis",),
    "X:6": ("SET",),
    "X:7": ("lung",),
    "X:8": ("CD4+ T cell",),
}


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    concepts = [ConceptRow(curie, names[0]) for curie, names in NAMES.items()]
    entries = [Entry(text, curie, "c") for curie, names in NAMES.items() for text in names]
    table = Table.parse(render("toy", concepts, entries), "toy")
    curated = [Term("BM-MC", "X:9", "marrow mast cell", "curated", "", "curated")]
    return Scanner(Lexicon([lambda: table], curated, frozenset({"mc"})))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Endothelial cells took them up.", [("Endothelial cells", "X:1")]),
        ("ENDOTHELIAL-CELL barrier", [("ENDOTHELIAL-CELL", "X:1")]),
        ("MCF7/MCF-7-derived vesicles", [("MCF7", "X:2"), ("MCF-7", "X:2")]),
        ("MCF 7s grew", [("MCF 7s", "X:2")]),
        ("xMCF-7 and MCF-77", []),
        ("with TGF-β1.", [("TGF-β1", "X:4")]),
        ("lung metastases of the lung", [("lung metastases", "X:5"), ("lung", "X:7")]),
        ("a set of SETs", [("SETs", "X:6")]),
        ("MC cells", []),
        ("BM-MC here", [("BM-MC", "X:9")]),
        ("CD4+ T cells", [("CD4+ T cells", "X:8")]),
        ("mast, cell", []),
        ("mast/cell", []),
        ("", []),
    ],
)
def test_finds_exactly(scanner: Scanner, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[m.start : m.end], m.terms[0].curie) for m in scanner.find_terms(text)] == expected


@given(st.text(alphabet=st.sampled_from(list("MCF-7 lung/setSETβα.,()+s\n'")), max_size=40))
def test_matches_are_ordered_do_not_overlap_and_lie_in_the_text(text: str) -> None:
    matches = load().scanner("tissues").find_terms(text)
    ends = [0, *(m.end for m in matches)]
    for previous, match in zip(ends, matches, strict=False):
        assert previous <= match.start < match.end <= len(text)
        assert match.terms


def test_an_unknown_lexicon_is_named() -> None:
    with pytest.raises(ValueError, match="no lexicon 'planets'"):
        load().scanner("planets")
