"""Cells that stand beside vesicles and do not take them up."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document


def stated(extractor: Extractor, text: str, kind: str) -> set[tuple[str, str]]:
    """Pairs of names between which facts of a kind are stated and not denied."""
    facts = extractor.analyse(extractor.read(Document("1", text))).facts
    return {
        (a.text, b.text) for f in facts if f.kind == kind and not f.negated for a in f.left for b in f.right
    }


@pytest.mark.parametrize(
    "text",
    [
        "HUVECs were exposed to palmitate for 24 h, and exosomes were collected.",
        "HUVECs were exposed to palmitate and their exosomes were purified.",
        "When macrophages were stimulated with LPS, the exosomes contained more miR-155.",
        "After macrophages were stimulated with LPS, EVs carried more miR-155.",
        "Caco-2 cells treated with IPA showed a greater discharge of EVs.",
        "Caco-2 cells treated with IPA displayed elevated EV secretion.",
    ],
)
def test_a_drug_before_the_vesicles(extractor: Extractor, text: str) -> None:
    assert stated(extractor, text, "REACHES") == set()


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("A549 cells were treated with cisplatin and then with exosomes.", ("exosomes", "A549 cells")),
        ("A549 cells were treated with PBS or exosomes.", ("exosomes", "A549 cells")),
        ("HUVECs were treated with LPS and CAF exosomes.", ("exosomes", "HUVECs")),
        ("When macrophages were treated with exosomes, miR-21 rose.", ("exosomes", "macrophages")),
        ("Macrophages treated with medium that contained exosomes grew.", ("exosomes", "Macrophages")),
        ("Macrophages were co-cultured with exosomes.", ("exosomes", "Macrophages")),
    ],
)
def test_vesicles_beside_a_drug(extractor: Extractor, text: str, reached: tuple[str, str]) -> None:
    assert reached in stated(extractor, text, "REACHES")


@pytest.mark.parametrize(
    ("text", "released"),
    [
        (
            "When macrophages were stimulated with LPS, the exosomes contained more miR-155.",
            {("macrophages", "exosomes")},
        ),
        (
            "After macrophages were exposed to LPS, the exosomes were collected.",
            {("macrophages", "exosomes")},
        ),
        ("When macrophages were stimulated with LPS, exosomes were counted.", set()),
    ],
)
def test_the_vesicles_of_a_stimulated_cell(
    extractor: Extractor, text: str, released: set[tuple[str, str]]
) -> None:
    assert stated(extractor, text, "RELEASES") == released


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Monocytes were treated with GSC exosomes and then cultured with fibroblasts.", {"Monocytes"}),
        ("Exosome-treated macrophages were co-cultured with A549 cells.", {"macrophages"}),
        ("Conditioned medium from exosome-treated macrophages was added to HUVECs.", {"macrophages"}),
        ("HeLa cells that took up exosomes acquired the ability to migrate to the brain.", {"HeLa cells"}),
    ],
)
def test_cells_met_later(extractor: Extractor, text: str, cells: set[str]) -> None:
    assert {cell for _, cell in stated(extractor, text, "REACHES")} == cells


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Exosomal miR-21 decreased in CAFs.", set()),
        ("Exosomal miR-21 was taken up by A549 cells and decreased in CAFs.", set()),
        ("Exosomal miR-21 decreased stress in CAFs.", {("miR-21", "CAFs")}),
        ("Exosomal miR-21 acted in CAFs.", {("miR-21", "CAFs")}),
    ],
)
def test_a_level_is_no_effect(extractor: Extractor, text: str, changed: set[tuple[str, str]]) -> None:
    assert stated(extractor, text, "AFFECTS") == changed


def test_where_a_miRNA_is_made(extractor: Extractor) -> None:
    text = "MSC exosomes increased miR-362 production in hepatocytes."
    assert stated(extractor, text, "REACHES") == set()
