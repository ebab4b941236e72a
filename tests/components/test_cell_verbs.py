"""Where a cell's name begins: verbs, stimuli and earlier sentences in front of it are no part of it."""

from __future__ import annotations

import pytest

from extractor.mentions import find_mentions


def cells(text: str) -> list[str]:
    return [m.text for m in find_mentions(text) if m.label == "CELL"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exosomal miR-1 targets chondrocytes.", ["chondrocytes"]),
        ("Exosomal miR-1 that activated T cells", ["T cells"]),
        ("Exosomes had miR-1, which activated fibroblasts.", ["fibroblasts"]),
        ("Exosomes held miR-1 and activated fibroblasts by hitting PTEN.", ["fibroblasts"]),
        ("These exosomes then activated fibroblasts.", ["fibroblasts"]),
        ("Exosomes that activated macrophages held miR-1.", ["macrophages"]),
        ("Exosomal miR-1 (miR-1-3p) induced macrophage polarization.", ["macrophage"]),
        ("High glucose induced HK-2 cells to release exosomes.", ["HK-2 cells"]),
        ("Exercise induced endothelial cells to release exosomes.", ["endothelial cells"]),
        ("Exosomes of A549 cells transfected HUVECs with miR-1.", ["A549 cells", "HUVECs"]),
        ("It eased LPS-induced microglial activation.", ["microglial"]),
        ("It eased H/R-induced H9c2 cell injury.", ["H9c2 cell"]),
        ("Exosomes Ease Glutamate-Induced HT22 Cell Injury", ["HT22 Cell"]),
        ("It repressed SOCS3. Macrophages took it up.", ["Macrophages"]),
        ("Within tumor cells, miR-1 rose.", ["tumor cells"]),
        ("It helps by supporting tumor cells.", ["tumor cells"]),
    ],
)
def test_what_stands_before_a_cell_is_left_out(text: str, expected: list[str]) -> None:
    assert cells(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exosomes inhibited activated T cells.", ["activated T cells"]),
        ("We found activated macrophages there.", ["activated macrophages"]),
        ("We used target cells.", ["target cells"]),
        ("Cochlear supporting cells took it up.", ["Cochlear supporting cells"]),
        ("Exosomes of transfected HEK293T cells", ["transfected HEK293T cells"]),
        ("We grew LPS-induced microglia with it.", ["LPS-induced microglia"]),
        ("IL-4-induced macrophage exosomes held it.", ["IL-4-induced macrophage"]),
        ("RAW264.7 cells and SKOV3.ip cells", ["RAW264.7 cells", "SKOV3.ip cells"]),
    ],
)
def test_states_stay(text: str, expected: list[str]) -> None:
    assert cells(text) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Umbilical cord MSCs",
        "Human umbilical cord MSC",
        "bone marrow-derived MSCs",
        "Gingival MSC",
        "Adipose MSCs",
    ],
)
def test_a_stem_cell_keeps_its_tissue(name: str) -> None:
    assert cells(f"{name} exosomes help.") == [name]
