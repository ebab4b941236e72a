"""Vesicles that cells are exposed to, by the usual verbs and nouns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document

Stated = Callable[[str, str], set[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("HUVECs were kept for 48 h with A549 exosomes.", ("exosomes", "HUVECs")),
        ("HUVECs were grown in the presence of A549 exosomes.", ("exosomes", "HUVECs")),
        ("HUVECs were maintained in medium containing A549 exosomes.", ("exosomes", "HUVECs")),
        ("HUVECs pulsed with A549 exosomes grew.", ("exosomes", "HUVECs")),
        ("HUVECs were supplied with A549 exosomes.", ("exosomes", "HUVECs")),
        ("HUVECs were covered with A549 exosomes.", ("exosomes", "HUVECs")),
        ("HUVECs loaded with A549 exosomes migrated.", ("exosomes", "HUVECs")),
        ("HUVECs were given A549 exosomes.", ("exosomes", "HUVECs")),
        ("HUVECs were given 20 µg/mL EVs for a day.", ("EVs", "HUVECs")),
        ("Under A549 exosomes, HUVECs divided.", ("exosomes", "HUVECs")),
        ("HUVECs fed A549 exosomes migrated.", ("exosomes", "HUVECs")),
        ("HUVECs offered the purified EVs migrated.", ("EVs", "HUVECs")),
        ("A549 exosomes were offered to HUVECs.", ("exosomes", "HUVECs")),
        ("A549 exosomes were placed on HUVECs.", ("exosomes", "HUVECs")),
        ("A549 exosomes were presented to HUVECs.", ("exosomes", "HUVECs")),
        ("Addition of A549 exosomes to neurons was harmful.", ("exosomes", "neurons")),
        ("Adding the EVs to neurons was harmful.", ("EVs", "neurons")),
        ("After 24 h with A549 exosomes, HUVECs migrated.", ("exosomes", "HUVECs")),
        ("24 h after addition of EVs, HUVECs migrated.", ("EVs", "HUVECs")),
        ("Exosome-treated macrophages grew.", ("Exosome", "macrophages")),
    ],
)
def test_exposed_cells(stated: Stated, text: str, reached: tuple[str, str]) -> None:
    assert reached in stated(text, "REACHES")


@pytest.mark.parametrize(
    "text",
    [
        "HUVECs were grown in exosome-free serum.",
        "HUVECs were maintained with exosome-depleted serum.",
        "HUVECs were kept in culture and exosomes were isolated.",
        "HEK293 cells were given the vector and exosomes were harvested.",
        "Mice were given exosomes of HeLa cells.",
        "In addition, exosomes of HeLa cells were counted.",
        "After 24 h with cisplatin, HUVECs and exosomes were counted.",
        "The exosome signature was put to the test in melanoma.",
        "Exosome-producing macrophages grew.",
    ],
)
def test_no_exposure(stated: Stated, text: str) -> None:
    assert stated(text, "REACHES") == set()


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("PKH67-labeled exosomes were observed in the cytoplasm of HUVECs.", ("exosomes", "HUVECs")),
        ("Labelled exosomes were found in HUVECs.", ("exosomes", "HUVECs")),
        ("The exosomes were seen inside HUVECs.", ("exosomes", "HUVECs")),
        ("Exosomes localized to the perinuclear region of HUVECs.", ("Exosomes", "HUVECs")),
        ("Exosomes ended up inside HS-5 cells.", ("Exosomes", "HS-5 cells")),
        ("Entry of EVs into acinar cells was seen.", ("EVs", "acinar cells")),
        ("Penetration of exosomes into acinar cells was seen.", ("exosomes", "acinar cells")),
        ("Exosomes accumulated mainly in the liver.", ("Exosomes", "liver")),
        ("Exosomes accumulated in orthotopic PANC-1 tumors.", ("Exosomes", "PANC-1")),
    ],
)
def test_vesicles_seen_inside(stated: Stated, text: str, reached: tuple[str, str]) -> None:
    assert reached in stated(text, "REACHES")


@pytest.mark.parametrize(
    "text",
    [
        "Exosomes were found in the supernatant of chondrocytes.",
        "Exosomes were detected in A549 cultures by TEM.",
        "Labelled exosomes were detected in A549 cell supernatants.",
        "Labelled exosomes were detected in serum.",
        "Exosomes accumulated in filter units.",
    ],
)
def test_vesicles_seen_elsewhere(stated: Stated, text: str) -> None:
    assert stated(text, "REACHES") == set()


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("Transferred to macrophages, exosomal miR-21 repressed PTEN.", ("miR-21", "macrophages")),
        ("Once delivered into HUVECs, miR-21 repressed PTEN.", ("miR-21", "HUVECs")),
        ("Upon transfer to fibroblasts, miR-21 repressed PTEN.", ("miR-21", "fibroblasts")),
        ("Upon internalization by fibroblasts, miR-21 repressed PTEN.", ("miR-21", "fibroblasts")),
        ("Handed over to fibroblasts, miR-21 repressed PTEN.", ("miR-21", "fibroblasts")),
        ("Taken up by macrophages, miR-21 repressed PTEN.", ("miR-21", "macrophages")),
        ("When delivered by exosomes to fibroblasts, miR-21 repressed PTEN.", ("miR-21", "fibroblasts")),
    ],
)
def test_told_in_front(stated: Stated, text: str, reached: tuple[str, str]) -> None:
    assert reached in stated(text, "REACHES")


@pytest.mark.parametrize(
    "text",
    [
        "When exposed to macrophages, miR-21 rose.",
        "Compared to macrophages, exosomal miR-21 rose.",
        "When transferred to HUVECs, siRNA lowered miR-21.",
    ],
)
def test_another_thing_told_in_front(stated: Stated, text: str) -> None:
    assert stated(text, "REACHES") == set()


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            "Exosomes were internalised by MIA PaCa-2 cells and, to a lesser extent, by stellate cells.",
            {"MIA PaCa-2 cells", "stellate cells"},
        ),
        ("Exosomes were taken up by A549 and, though less, HepG2 cells.", {"A549", "HepG2 cells"}),
        ("Exosomes were taken up by HUVECs, followed by neurons.", {"HUVECs", "neurons"}),
        ("Exosomes were taken up by neurons but not by astrocytes.", {"neurons"}),
    ],
)
def test_asides_in_a_list(stated: Stated, text: str, cells: set[str]) -> None:
    assert {cell for _, cell in stated(text, "REACHES")} == cells


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "miR-21 repressed PTEN and, to a lesser extent, SPRED1.",
            {("miR-21", "PTEN"), ("miR-21", "SPRED1")},
        ),
        ("miR-21 and, in A549 cells, PTEN rose.", set()),
    ],
)
def test_asides_in_a_list_of_molecules(stated: Stated, text: str, pairs: set[tuple[str, str]]) -> None:
    assert stated(text, "TARGETS") == pairs


@pytest.mark.parametrize("aside", ["and, to a lesser extent,", "and possibly"])
def test_asides_in_a_list_of_cargo(stated: Stated, aside: str) -> None:
    text = f"Exosomal miR-21 {aside} miR-22 repressed PTEN."
    assert stated(text, "CARRIES") == {("Exosomal", "miR-21"), ("Exosomal", "miR-22")}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Exosomal miR-21 dampened stress in T cells.", "T cells"),
        ("Exosomal miR-21 thwarted stress in T cells.", "T cells"),
        ("Exosomal miR-21 primed T cells.", "T cells"),
        ("Exosomal miR-21 corrupted fibroblasts.", "fibroblasts"),
        ("Exosomal miR-21 made T cells resistant to cisplatin.", "T cells"),
        ("Exosomal miR-21 left T cells exhausted.", "T cells"),
        ("Exosomal miR-21 instilled resistance in A549 cells.", "A549 cells"),
        ("Exosomal miR-21 increased IL-8 secretion by epithelial cells.", "epithelial cells"),
        ("Exosomal miR-21 reduced the secretion of IL-6 by macrophages.", "macrophages"),
        ("Exosomal miR-21 enhanced chemokine release by astrocytes.", "astrocytes"),
    ],
)
def test_changed_cells(stated: Stated, text: str, cell: str) -> None:
    assert stated(text, "AFFECTS") == {("miR-21", cell)}
    assert stated(text, "RELEASES") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Exosomal miR-21 rose in LPS-primed macrophages.",
        "Exosomal miR-21 made a good marker of macrophages.",
    ],
)
def test_unchanged_cells(stated: Stated, text: str) -> None:
    assert stated(text, "AFFECTS") == set()


def test_a_gene_that_the_recipient_secretes(stated: Stated) -> None:
    text = "Exosomal miR-21 reduced the secretion of IL-6 by macrophages."
    assert ("macrophages", "IL-6") in stated(text, "HOST")
    text = "Morphine enhanced miR-21 release by astrocytes."
    assert stated(text, "RELEASES") == {("astrocytes", "miR-21")}


@pytest.mark.parametrize(
    "text",
    ["HUVECs were exposed to them.", "HUVECs took them up.", "HUVECs internalized them."],
)
def test_them(stated: Stated, text: str) -> None:
    before = "A549 exosomes held miR-21. "
    assert stated(before + text, "RECIPIENT") == {("HUVECs", "HUVECs")}
    assert stated(before + text.replace("them", "it"), "RECIPIENT") == set()


def recipients(extractor: Extractor, text: str) -> set[str]:
    analysis = extractor.analyse(extractor.read(Document("1", text)))
    roles = analysis.findings[0].roles
    return {key for found in roles.recipients.values() for key in found}


def test_vesicles_of_a_line_are_those_of_its_tumour(extractor: Extractor) -> None:
    title = "Breast cancer exosomal miR-1260b promotes metastasis. "
    assert recipients(extractor, title + "MCF-7 exosomes were captured by macrophages.") == {
        "CELL:macrophage"
    }
    assert recipients(extractor, title + "Neuron exosomes were captured by macrophages.") == set()
