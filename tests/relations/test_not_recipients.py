"""Cells that stand beside vesicles and do not take them up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Stated = Callable[[str, str], set[tuple[str, str]]]


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
def test_a_drug_before_the_vesicles(stated: Stated, text: str) -> None:
    assert stated(text, "REACHES") == set()


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
def test_vesicles_beside_a_drug(stated: Stated, text: str, reached: tuple[str, str]) -> None:
    assert reached in stated(text, "REACHES")


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
def test_the_vesicles_of_a_stimulated_cell(stated: Stated, text: str, released: set[tuple[str, str]]) -> None:
    assert stated(text, "RELEASES") == released


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Monocytes were treated with GSC exosomes and then cultured with fibroblasts.", {"Monocytes"}),
        ("Exosome-treated macrophages were co-cultured with A549 cells.", {"macrophages"}),
        ("Conditioned medium from exosome-treated macrophages was added to HUVECs.", {"macrophages"}),
        ("HeLa cells that took up exosomes acquired the ability to migrate to the brain.", {"HeLa cells"}),
    ],
)
def test_cells_met_later(stated: Stated, text: str, cells: set[str]) -> None:
    assert {cell for _, cell in stated(text, "REACHES")} == cells


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Exosomal miR-21 decreased in CAFs.", set()),
        ("Exosomal miR-21 was taken up by A549 cells and decreased in CAFs.", set()),
        ("Exosomal miR-21 decreased stress in CAFs.", {("miR-21", "CAFs")}),
        ("Exosomal miR-21 acted in CAFs.", {("miR-21", "CAFs")}),
    ],
)
def test_a_level_is_no_effect(stated: Stated, text: str, changed: set[tuple[str, str]]) -> None:
    assert stated(text, "AFFECTS") == changed


def test_where_a_miRNA_is_made(stated: Stated) -> None:
    text = "MSC exosomes increased miR-362 production in hepatocytes."
    assert stated(text, "REACHES") == set()
