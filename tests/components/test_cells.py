"""Cell names: types, lines, short forms; tumours and tissues that stand for cells; fluids; what is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.components.cell_names import expand, key_words, singular
from extractor.components.cells import find_cells, label_of


def found(text: str, abbreviations: dict[str, str] | None = None) -> list[tuple[str, str]]:
    mentions = find_cells(text, abbreviations)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    return [(m.label, m.text) for m in mentions]


CELLS = [
    "macrophages",
    "M2 macrophages",
    "T cells",
    "CD8+ T cells",
    "regulatory T cells",
    "endothelial cells",
    "human umbilical vein endothelial cells",
    "mesenchymal stem cells",
    "bone marrow-derived mesenchymal stem cells",
    "breast cancer cells",
    "cisplatin-resistant lung cancer cells",
    "cancer-associated fibroblasts",
    "hepatic stellate cells",
    "cardiomyocytes",
    "MDA-MB-231 cells",
    "HUVECs",
    "CAFs",
    "BM-MSCs",
    "A549",
    "PTEN-null prostate cancer cells",
]


def test_a_verb_that_opens_a_sentence_is_no_part_of_a_name() -> None:
    assert found("Loading stem cell exosomes helped.") == [("CELL", "stem cell")]
    assert found("Ewing sarcoma cells grew.") == [("CELL", "Ewing sarcoma cells")]


def test_a_name_does_not_run_over_the_end_of_a_title() -> None:
    text = "Exosomes ease Myocardial Damage.\nAdipose-derived stromal cells heal."
    assert found(text)[-1] == ("CELL", "Adipose-derived stromal cells")


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_is_one_mention(name: str) -> None:
    assert found(f"We counted {name} twice.") == [("CELL", name)]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("melanoma", "TISSUE"),
        ("lung cancer", "TISSUE"),
        ("liver", "TISSUE"),
        ("serum", "FLUID"),
        ("plasma", "FLUID"),
        ("urine", "FLUID"),
    ],
)
def test_tissues_and_fluids_are_told_from_cells(name: str, label: str) -> None:
    assert found(f"In {name} it rose.") == [(label, name)]


@pytest.mark.parametrize(
    "text", ["The cell cycle stopped.", "We ran cell counting.", "PTEN fell.", "It rose in mice.", "", "   "]
)
def test_what_is_no_cell(text: str) -> None:
    assert found(text) == []


def test_several_cells_of_one_sentence() -> None:
    assert found("Neurons met astrocytes, and MSCs met HUVECs in plasma.") == [
        ("CELL", "Neurons"),
        ("CELL", "astrocytes"),
        ("CELL", "MSCs"),
        ("CELL", "HUVECs"),
        ("FLUID", "plasma"),
    ]


def test_a_short_form_of_the_document_is_a_cell_only_there() -> None:
    text = "QZF were grown."
    assert found(text) == []
    assert found(text, {"QZF": "quail zonal fibroblasts"}) == [("CELL", "QZF")]


def test_the_document_redefines_a_short_form() -> None:
    text = "Later the CAF was raised."
    assert found(text) == [("CELL", "CAF")]
    assert found(text, {"CAF": "common access fee"}) == []


@pytest.mark.parametrize(
    ("phrase", "label"),
    [
        ("umbilical cord mesenchymal stem cells", "CELL"),
        ("stem cells from human exfoliated deciduous teeth", "CELL"),
        ("hepatocellular carcinoma", "TISSUE"),
        ("plasma", "FLUID"),
        ("nuclear factor", None),
    ],
)
def test_what_a_long_form_names(phrase: str, label: str | None) -> None:
    assert label_of(phrase) == label


def test_key_words_are_what_two_names_share() -> None:
    assert key_words("human BM-MSCs", {}) == {"bone", "marrow", "mesenchymal", "stem"}
    assert key_words("tumour cells", {}) == key_words("tumor cell lines", {}) == {"tumor"}
    assert key_words("macrophages", {}) != key_words("fibroblasts", {})
    assert key_words("XYZs", {"XYZ": "renal tubular cells"}) == {"kidney", "tubular"}


def test_key_words_of_a_plain_word_are_not_empty() -> None:
    assert key_words("cells", {}) and key_words("human cells", {})


def test_words_are_written_out() -> None:
    assert expand("HUVECs", {"HUVEC": "vein cells"}) == "vein cells"
    assert "mesenchymal" in expand("MSC", {})
    assert expand("neurons", {}) == "neurons"


@pytest.mark.parametrize(
    ("many", "one"), [("glass", "glass"), ("ECs", "EC"), ("as", "as"), ("bodies", "body")]
)
def test_singular(many: str, one: str) -> None:
    assert singular(many) == one


@pytest.mark.parametrize("name", ["red blood cells", "bone marrow mononuclear cells"])
def test_blood_cells(name: str) -> None:
    assert found(f"We counted {name} twice.") == [("CELL", name)]


@pytest.mark.xfail(reason='"cultured" may be what the authors did', strict=True)
def test_a_verb_is_no_part_of_a_name() -> None:
    assert found("There we cultured astrocytes.") == [("CELL", "astrocytes")]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["T ", "CD4+ ", "-", "cells ", "lung ", "cancer ", "M2-", "MSC", "s ", "(", "/"])
    )
)
def test_any_order_of_words_is_read(pieces: list[str]) -> None:
    found("".join(pieces))
