"""What a miRNA hits in the cells that give it is no target of the transfer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], set[tuple[str, ...]]]
GIVEN = "CAFs secrete exosomal miR-9 that enters glioma cells and lowers SOCS5. "


def targets(told: Told, text: str) -> set[str]:
    return {target for _, _, _, _, target in told(text)}


@pytest.mark.parametrize(
    "text",
    [
        "miR-9 was upregulated in CAFs, where it repressed PTEN.",
        "miR-9 was upregulated in CAFs, where it likewise repressed PTEN.",
        "PTEN is likewise a target of miR-9 in the VHL-null renal CAFs themselves.",
        "miR-9 was upregulated in CAFs, in which it also repressed PTEN.",
        "PTEN is a target of miR-9 in the CAFs themselves.",
        "PTEN was regulated by miR-9 within CAFs.",
        "Within CAFs miR-9 reduced PTEN.",
        "Within the producing cells, miR-9 targeted PTEN.",
        "In the parent cells miR-9 targeted PTEN and KLF4.",
        "PTEN was repressed by miR-9 in the donor cells.",
    ],
)
def test_hit_at_home(told: Told, text: str) -> None:
    assert targets(told, GIVEN + text) == {"SOCS5"}


@pytest.mark.parametrize(
    "text",
    [
        "CAFs secrete exosomal miR-9. It was delivered to T cells, where miR-9 repressed PTEN.",
        "CAFs secrete exosomal miR-9 that enters A549 cells. Within A549 cells miR-9 reduced PTEN.",
        "CAFs secrete exosomal miR-9 that enters A549 cells. PTEN is a target of miR-9 in A549 cells.",
        "HeLa cells secrete exosomal miR-9 that returns to HeLa cells, where it reduced PTEN.",
        "CAFs secrete exosomal miR-9 that enters A549 cells. In the recipient cells, miR-9 reduced PTEN.",
    ],
)
def test_hit_where_it_arrives(told: Told, text: str) -> None:
    assert targets(told, text) == {"PTEN"}


REACHED = "T cells and HUVECs took up exosomal miR-9 of CAFs. "


def pairs(told: Told, text: str, first: int) -> set[tuple[str, str]]:
    return {(row[first], row[4]) for row in told(text)}


def test_vesicles_of_the_sentence_before_act_by_what_they_carry(told: Told) -> None:
    text = (
        "CAFs raised miR-9 and miR-21 in their exosomes. "
        "T cells that took up the exosomes slowed through silencing of PTEN."
    )
    assert pairs(told, text, 2) == {("miR-9", "PTEN"), ("miR-21", "PTEN")}


def test_a_third_mirna_that_is_carried_leaves_it_open(told: Told) -> None:
    text = (
        "CAFs shed exosomal miR-155. CAFs raised miR-9 and miR-21 in their exosomes. "
        "T cells that took up the exosomes slowed through silencing of PTEN."
    )
    assert ("miR-9", "PTEN") not in pairs(told, text, 2)


def test_a_target_told_of_one_of_two_cells_is_hit_in_both(told: Told) -> None:
    text = REACHED + "miR-9 targets PTEN in HUVECs."
    assert pairs(told, text, 3) == {("T cells", "PTEN"), ("HUVECs", "PTEN")}


def test_each_cell_has_its_own_target(told: Told) -> None:
    text = REACHED + "PTEN is a target of miR-9 in HUVECs. KLF4 is a target of miR-9 in T cells."
    assert pairs(told, text, 3) == {("T cells", "KLF4"), ("HUVECs", "PTEN")}
