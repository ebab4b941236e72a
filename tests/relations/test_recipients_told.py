"""Who takes, and who only stands by: assays, doses, the own miRNA of a cell, two types with their lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], set[tuple[str, ...]]]

Stated = Callable[[str, str], set[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "Paracrine actions of ADSCs were assessed by coculture with cardiomyocytes and HUVECs.",
            {("ADSCs", "cardiomyocytes"), ("ADSCs", "HUVECs")},
        ),
        ("The cytoprotective effects of ADSCs were tested in podocytes.", {("ADSCs", "podocytes")}),
        ("The angiogenic effects of ADSCs were evaluated on HUVECs.", {("ADSCs", "HUVECs")}),
        ("ADSCs were cocultured with fibroblasts to expand them.", set()),
        ("The paracrine effects of ADSCs were assessed by ELISA.", set()),
    ],
)
def test_a_paracrine_assay(stated: Stated, text: str, pairs: set[tuple[str, str]]) -> None:
    assert stated(f"{text} Exosomal miR-9 was found.", "FROMTO") == pairs


@pytest.mark.parametrize(
    "text",
    [
        "Knockdown of Rab27a and accumulation of miR-9 suppressed the growth of melanoma cells.",
        "GW4869 restored miR-9 and inhibited growth of melanoma cells.",
        "Blocking exosome secretion retained miR-9 and inhibited growth of melanoma cells.",
        "miR-9 acts through direct effects on melanoma cells and indirect modulation via exosomes.",
        "miR-9 acts cell-autonomously in melanoma cells, whereas exosomal miR-9 changes T cells.",
    ],
)
def test_the_own_mirna_of_a_cell(stated: Stated, text: str) -> None:
    assert ("melanoma cells", "melanoma cells") in stated(text, "ASIDE")


@pytest.mark.parametrize(
    "text",
    [
        "Blocking exosome secretion in CAFs reduced growth of melanoma cells.",
        "GW4869 inhibited growth of melanoma cells and lowered miR-9 in exosomes.",
        "Rab27a knockdown caused accumulation of miR-9 only in melanoma cells.",
        "Exosomal miR-9 directly affects melanoma cells.",
        "Exosomal miR-9 has direct effects on melanoma cells but indirect ones through exosomes of CAFs.",
    ],
)
def test_a_cell_that_may_take(stated: Stated, text: str) -> None:
    assert not stated(text, "ASIDE")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Smoke activates fibroblasts via epithelial cell exosomal miR-9.", "fibroblasts"),
        ("High glucose injures podocytes through macrophage-derived exosomal miR-9.", "podocytes"),
        ("Cold stimulated hepatocytes via WAT secreted exosomal miR-9.", "hepatocytes"),
        ("Hypoxia activated endothelial cells through exosomal miR-9.", "endothelial cells"),
        ("TGF-β activated fibroblasts through exosomal miR-9.", "fibroblasts"),
        ("Exosomal miR-9 weakens endothelial barriers.", "endothelial barriers"),
    ],
)
def test_what_a_stimulus_does_through_a_mirna(stated: Stated, text: str, cell: str) -> None:
    assert ("miR-9", cell) in stated(text, "AFFECTS")


@pytest.mark.parametrize(
    "text",
    [
        "LPS activates macrophages to release exosomal miR-9.",
        "Exosomes mediate communication between hepatocytes and stellate cells through miR-9.",
        "EVs-mediated crosstalk between hepatocytes and stellate cells involves miR-9.",
    ],
)
def test_no_effect_on_a_cell(stated: Stated, text: str) -> None:
    assert not stated(text, "AFFECTS")


def test_the_balance_of_two_cells_is_affected(stated: Stated) -> None:
    text = "Exosomal miR-9 shifts the balance between Th17 and Treg cells."
    assert ("miR-9", "Treg cells") in stated(text, "AFFECTS")


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("miR-9 levels were increased in the kidney after injection of MSC exosomes.", {("miR-9", "kidney")}),
        ("After infusion of MSC exosomes, kidney miR-9 levels rose.", {("miR-9", "kidney")}),
        ("Kidney miR-9 rose after intranasal MSC exosomes.", {("miR-9", "Kidney")}),
        ("miR-9 levels were increased in the kidney after ischaemia, and exosomes rose.", set()),
        ("After infusion of saline, kidney miR-9 levels rose.", set()),
        ("Genes fell in lung fibroblasts transfected with EV-miR-9.", {("miR-9", "lung fibroblasts")}),
        ("Genes fell in fibroblasts transfected with exosomal miR-9.", {("miR-9", "fibroblasts")}),
        ("Fibroblasts transfected with exosomal miR-9 and their exosomes were sampled.", set()),
    ],
)
def test_where_a_mirna_arrives(stated: Stated, text: str, reached: set[tuple[str, str]]) -> None:
    assert stated(text, "REACHES") == reached


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Exosomes carried miR-9 into the hepatoma HepG2 and lung cancer A549 cell lines.", 2),
        ("Exosomal miR-9 entered breast cancer MCF-7 and prostate cancer PC-3 cells.", 2),
        ("Exosomal miR-9 entered breast cancer MCF-7 and T47D cells.", 1),
    ],
)
def test_two_types_with_their_lines(told: Told, text: str, count: int) -> None:
    assert len({r[3] for r in told(text)}) == count


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("miR-9 weakens endothelial barriers following exosomal release.", True),
        ("miR-9 impairs the endothelial barrier after exosomal transfer.", True),
        ("miR-9 impairs the endothelial barrier after exosomal depletion.", False),
    ],
)
def test_following_exosomal_transfer(stated: Stated, text: str, carried: bool) -> None:
    assert bool(stated(text, "CARRIES")) is carried


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("Release of exosomes was blocked by disrupting expression of Rab27a.", False),
        ("Exosomes with miR-9 were suppressed by knocking down TSG101.", False),
        ("Exosomes reduced Rab27a in HUVECs.", True),
    ],
)
def test_what_blocks_vesicles_is_no_target(stated: Stated, text: str, hit: bool) -> None:
    assert bool(stated(text, "VTARGETS")) is hit


@pytest.mark.parametrize("loss", ["degradation", "mRNA decay"])
def test_induced_loss_raises_nothing(stated: Stated, loss: str) -> None:
    text = f"Exosomal miR-9 drives growth by inducing TGFBR2 {loss}."
    assert stated(text, "TARGETS") == {("miR-9", "TGFBR2")}
    assert not stated(text, "CHANGES")


def test_a_family_beside_its_members_is_no_target(told: Told) -> None:
    text = "Exosomal miR-9 targets ROCK1 and ROCK2, and lowers ROCK in T cells."
    assert {r[4] for r in told(text)} == {"ROCK1", "ROCK2"}
