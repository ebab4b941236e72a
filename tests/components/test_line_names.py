"""Cell lines by what the text says of them: vesicles come from them, "cells" or "line" stand beside them."""

from __future__ import annotations

import time

import pytest

from extractor.components.cells import find_cells


def names(text: str) -> list[str]:
    return [m.text for m in find_cells(text) if m.label == "CELL"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exosomes derived from SNU-761 contain miR-21.", ["SNU-761"]),
        ("EVs secreted by TM4 were rich in miR-21.", ["TM4"]),
        ("Exosomes were isolated from the supernatants of GC9811-P.", ["GC9811-P"]),
        ("HN4 exosomes contained miR-21.", ["HN4"]),
        ("We fed HAP1-derived exosomes to mice.", ["HAP1"]),
        ("QGP-1 secreted EVs were purified.", ["QGP-1"]),
        ("Vesicles from HEK293F and HN6 were compared.", ["HEK293F", "HN6"]),
        ("Vesicles of TM3 rose. Later TM3 grew.", ["TM3", "TM3"]),
        ("Exosomes from AN3CA and KLE cells carry miR-21.", ["AN3CA", "KLE cells"]),
        ("Mel-RM, 1205Lu and A375-MA2 cells released EVs.", ["Mel-RM", "1205Lu", "A375-MA2 cells"]),
        ("The MYCN-amplified lines IMR-32 and Kelly took them up.", ["IMR-32", "Kelly"]),
        ("Two cell lines (451Lu, MKN7 and ZF4) were used.", ["451Lu", "MKN7", "ZF4"]),
        ("TM3, a mouse Leydig cell line, took up EVs.", ["TM3", "mouse Leydig cell line"]),
        ("XQ19K cells took up EVs; PTEN fell in XQ19K.", ["XQ19K cells", "XQ19K"]),
        ("Exosomes were harvested from HUCEC. HUCEC cells grew.", ["HUCEC", "HUCEC cells"]),
    ],
)
def test_a_line_is_known_by_its_context(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "CD63-positive exosomes rose.",
        "RAB27A exosomes fell.",
        "Exosomes from P1 and GW4869-treated exosomes fell.",
        "Exosomes of COVID-19 patients and T2DM patients rose.",
        "Exosomes from MS1 mice rose.",
        "Exosomes derived from PTEN knockout mice rose.",
        "CSF-derived exosomes rose.",
        "TM4 rose in the group.",
        "DOX-loaded EVs and TNF-treated EVs rose.",
        "Day 3 EVs and H2O2 exosomes rose.",
    ],
)
def test_a_code_alone_is_no_line(text: str) -> None:
    assert names(text) == []


def test_genes_beside_lines_are_no_lines() -> None:
    assert names("CD9 and KLE cells, TGF-b1 and A549 cells grew.") == ["KLE cells", "A549 cells"]
    assert names("IL6 cells rose. IL6 fell.") == ["IL6 cells"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the pancreatic cancer line PANC-1 grew", "pancreatic cancer line PANC-1"),
        ("the mesothelial line HMrSV5 grew", "mesothelial line HMrSV5"),
        ("the epithelial line HPAC grew", "epithelial line HPAC"),
        ("the triple-negative line MDA-MB-231 grew", "triple-negative line MDA-MB-231"),
        ("the human monocytic cell line THP-1 grew", "human monocytic cell line THP-1"),
        ("human monocytic THP-1 cells grew", "human monocytic THP-1 cells"),
        ("the HCC line HepG2 grew", "HCC line HepG2"),
        ("a mouse Leydig cell line TM3 grew", "mouse Leydig cell line TM3"),
        ("uveal melanoma lines grew", "uveal melanoma lines"),
        ("metastatic melanoma sublines grew", "metastatic melanoma sublines"),
    ],
)
def test_a_type_and_its_line_are_one_name(text: str, expected: str) -> None:
    assert names(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "patients on first-line cisplatin",
        "a second line of evidence",
        "the breast cancer line of treatment",
        "a melanoma line of research",
    ],
)
def test_other_lines_are_no_cells(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "name",
    [
        "SGC-7901/CPT",
        "PC-3/DTX",
        "DU145/TXR",
        "Hep3B/Sor",
        "PC9-R",
        "H1975/OR",
        "U87/TR",
        "SKOV3/TXL",
        "786-O/SR",
        "T24R",
        "HepG2-SR",
        "A549-R",
        "MKN45-P",
        "PC-9M",
        "MCF-7/ADR",
        "A549/DDP",
        "PANC-1/GR",
        "HCT-116/L-OHP",
        "B16F10-luc",
    ],
)
def test_a_line_grown_from_another_is_named_in_full(name: str) -> None:
    assert names(f"Exosomes of {name} rose.") == [name]
    assert names(f"We grew {name} cells.") == [f"{name} cells"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PC-3/DU145 grew", ["PC-3", "DU145"]),
        ("A549/HUVEC grew", ["A549", "HUVEC"]),
        ("A549-EVs rose", ["A549"]),
        ("A549/PTEN rose", ["A549"]),
        ("PTEN/AKT fell", []),
        ("PC-3M grew", ["PC-3M"]),
    ],
)
def test_what_else_a_slash_or_hyphen_joins_to_a_line(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "words", ["exosomes from TM4 ", "A1-", "lines A1, ", "exosomes of the human ", "A1/"]
)
def test_repeated_words_take_no_long_time(words: str) -> None:
    find_cells("exosomes from TM4 cells")
    begun = time.process_time()
    find_cells(words * (10_000 // len(words)))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "text",
    [
        "EVs were isolated by SEC and carried miR-21.",
        "EVs were obtained from SEC fractions.",
        "Exosomes from CAD and controls carried miR-21.",
        "VTE-derived EVs carried miR-21.",
        "EVs isolated by TM4 were counted.",
    ],
)
def test_methods_and_diseases_are_no_lines(text: str) -> None:
    assert not names(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exosomes from KLE carried miR-21 into KLE cells.", ["KLE", "KLE cells"]),
        ("EVs secreted by TM4 carried miR-21.", ["TM4"]),
        ("They were fed vesicles harvested from GH3 and MMQ.", ["GH3", "MMQ"]),
    ],
)
def test_short_names_of_lines(text: str, expected: list[str]) -> None:
    assert names(text) == expected
