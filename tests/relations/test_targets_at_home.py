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
