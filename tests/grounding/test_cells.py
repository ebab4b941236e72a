"""Cells compose: type, disease, tissue, line, states and species, and the best single CURIE."""

from __future__ import annotations

import pytest

from extractor.grounding import Context, ground


@pytest.mark.parametrize(
    ("name", "curie"),
    [
        ("EC", "CL:0000115"),
        ("HUVECs", "CL:0002618"),
        ("ECs", "CL:0000115"),
        ("DCs", "CL:0000451"),
        ("HCC cell", "MONDO:0007256"),
        ("Macrophage", "CL:0000235"),
        ("M2-like macrophages", "CL:0000890"),
        ("CD4 + T cell", "CL:0000624"),
        ("TAM", "mesh:D000084582"),
        ("breast cancer–associated fibroblast", "mesh:D000072645"),
        ("hypoxic SW480", "cellosaurus:CVCL_0546"),
        ("Panc-1 cells", "cellosaurus:CVCL_0480"),
        ("PC3", "cellosaurus:CVCL_0035"),
        ("hepatoma cell line HepG2", "cellosaurus:CVCL_0027"),
        ("THP-1 macrophages", "cellosaurus:CVCL_0006"),
        ("bone marrow-derived mesenchymal stem cells", "CL:0002540"),
        ("Wharton jelly-derived MSCs", "CL:0002568"),
        ("lung fibroblasts", "CL:0002553"),
        ("oxaliplatin-resistant colorectal cancer", "MONDO:0005575"),
        ("Infarcted Hearts", "UBERON:0000948"),
        ("Tumor", "CL:0001064"),
        ("Lewis lung carcinoma", "cellosaurus:CVCL_4358"),
    ],
)
def test_best_concept(name: str, curie: str) -> None:
    decision = ground(name, "CELL")
    assert decision.best is not None and decision.best.curie == curie
    assert decision.confident


@pytest.mark.parametrize(
    "name", ["recipient cells", "target cell", "mutant cells", "xyzzy cells", "", "cells"]
)
def test_roles_and_unknown_names_are_not_grounded(name: str) -> None:
    assert ground(name, "CELL").best is None


def test_parts_of_a_cancer_associated_fibroblast() -> None:
    parts = ground("human breast cancer-associated fibroblast", "CELL").parts
    assert parts is not None
    assert parts.type is not None and parts.type.name == "Cancer-Associated Fibroblasts"
    assert parts.disease is not None and parts.disease.curie == "MONDO:0007254"
    assert parts.species == "human"


def test_parts_of_a_line_come_with_it() -> None:
    parts = ground("hypoxic SW480", "CELL").parts
    assert parts is not None
    assert parts.states == ("hypoxic",)
    assert parts.line is not None and parts.line.name == "SW480"
    assert parts.tissue is not None and parts.tissue.name == "colon"
    assert parts.disease is not None and parts.disease.name == "colorectal adenocarcinoma"
    assert (parts.species, parts.type and parts.type.name) == ("human", "malignant cell")


def test_parts_of_a_tumour_cell() -> None:
    parts = ground("cisplatin-resistant ovarian cancer cells", "CELL").parts
    assert parts is not None
    assert parts.type is not None and parts.type.curie == "CL:0001064"
    assert parts.disease is not None and parts.disease.name == "ovarian cancer"
    assert parts.states == ("cisplatin-resistant",)


def test_the_documents_long_form_decides() -> None:
    assert not ground("PSC", "CELL").confident
    for long, curie in (
        ("pancreatic stellate cells", "CL:0002410"),
        ("pluripotent stem cells", "CL:0002248"),
    ):
        decision = ground("PSCs", "CELL", Context(abbreviations={"PSCs": long}))
        assert decision.best is not None and decision.best.curie == curie
        assert decision.confident
        assert long in decision.candidates[0].reason


def test_a_misread_long_form_is_ignored() -> None:
    context = Context(abbreviations={"HUVECs": "human tumour cells as the donor and endothelial cells"})
    best = ground("HUVECs", "CELL", context).best
    assert best is not None and best.curie == "CL:0002618"


def test_both_readings_of_an_abbreviation_stay() -> None:
    names = {c.concept.name for c in ground("GC", "CELL").candidates}
    assert {"granulosa cell", "gastric cancer"} <= names


def test_a_tissue_is_labelled_as_such() -> None:
    assert ground("kidney", "TISSUE").label == "TISSUE"


def test_other_labels_are_told() -> None:
    assert "not grounded" in ground("exosomes", "VESICLE").note
