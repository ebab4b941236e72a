"""A miRNA whose level rises in a cell that was given vesicles came with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Stated = Callable[[str, str], set[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("The level of miR-21 in HUVECs was increased after treatment with exosomes.", ("miR-21", "HUVECs")),
        ("miR-21 abundance in HUVECs doubled upon treatment with exosomes.", ("miR-21", "HUVECs")),
        ("miR-21 was elevated 5-fold in fibroblasts cultured with exosomes.", ("miR-21", "fibroblasts")),
        ("miR-21 accumulated in HCT-8 cells upon uptake.", ("miR-21", "HCT-8 cells")),
        ("miR-21 accumulated in the treated fibroblasts.", ("miR-21", "fibroblasts")),
        ("miR-21 rose in exosome-treated fibroblasts.", ("miR-21", "fibroblasts")),
        ("In HUVECs exposed to exosomes, miR-122 went up.", ("miR-122", "HUVECs")),
        ("HUVECs that took up the exosomes accumulated miR-21.", ("miR-21", "HUVECs")),
        ("HUVECs treated with exosomes contained more miR-21.", ("miR-21", "HUVECs")),
        ("HUVECs treated with exosomes showed elevated miR-21.", ("miR-21", "HUVECs")),
        ("HUVECs exposed to the exosomes gained miR-424.", ("miR-424", "HUVECs")),
        ("T cells gained miR-21 from exosomes of HeLa cells.", ("miR-21", "T cells")),
        ("After uptake, miR-21 was detected in A549 cells.", ("miR-21", "A549 cells")),
        ("miR-21 rose in HUVECs despite actinomycin D.", ("miR-21", "HUVECs")),
        ("The three miRNAs increased in MIN6 cells upon uptake.", ("miRNAs", "MIN6 cells")),
        ("Co-culture with CAFs increased the miR-21 level of A549 cells.", ("miR-21", "A549 cells")),
        ("Co-culture with CAFs increased miR-21 in A549 cells.", ("miR-21", "A549 cells")),
        ("miR-21 in A549 cells rose after co-culture with CAFs.", ("miR-21", "A549 cells")),
        ("miR-21 rose in A549 cells after co-culture with CAFs.", ("miR-21", "A549 cells")),
        ("In HUVECs that took them up, the amount of miR-21 rose.", ("miR-21", "HUVECs")),
        (
            "EVs held miR-21 and miR-22, and both were raised in HUVECs after incubation.",
            ("miR-22", "HUVECs"),
        ),
        ("They pass EVs directly to HUVECs, in which miR-21 consequently accumulated.", ("miR-21", "HUVECs")),
        ("HUVECs exposed to exosomes grew faster and contained more miR-21.", ("miR-21", "HUVECs")),
    ],
)
def test_raised_by_vesicles(stated: Stated, text: str, reached: tuple[str, str]) -> None:
    assert reached in stated(text, "REACHES")


@pytest.mark.parametrize(
    "text",
    [
        "miR-21 in HUVECs increased after hypoxia.",
        "miR-21 in HUVECs increased after hypoxia and exosomes were counted.",
        "miR-21 in HUVECs did not change after treatment with exosomes.",
        "miR-21 fell in HUVECs treated with exosomes.",
        "miR-21 rose in cisplatin-treated A549 cells.",
        "miR-21 accumulated in A549 cells upon uptake of cholesterol.",
        "HUVECs were exposed to exosomes that contained more miR-21.",
        "miR-21 rose in HUVECs despite cisplatin.",
        "We counted T cells and obtained miR-21 from exosomes.",
        "miR-21 was increased in HUVECs and secreted with exosomes.",
        "Co-culture with CAFs lowered miR-21 in A549 cells.",
        "EVs held miR-21, and it was raised in HUVECs after treatment with LPS.",
        "HUVECs were exposed to it. The exosomes held miR-21.",
    ],
)
def test_raised_by_something_else(stated: Stated, text: str) -> None:
    assert not {x for x, _ in stated(text, "REACHES")} & {"miR-21"}


def test_raised_where_it_comes_from(stated: Stated) -> None:
    text = "miR-483 raised in ACC cells is brought by exosomes to neighbouring fibroblasts."
    assert {cell for _, cell in stated(text, "REACHES")} == {"neighbouring fibroblasts"}
    assert stated(text, "AFFECTS") == set()
