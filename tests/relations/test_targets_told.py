"""How a gene is told to be the target of a miRNA that vesicles carry, and how it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document

Told = Callable[[str], set[tuple[str, ...]]]
ENTRY = "Exosomal miR-9 of melanoma cells entered HUVECs"


def targets(told: Told, text: str) -> set[str]:
    return {target for _, _, _, _, target in told(text)}


@pytest.mark.parametrize(
    ("rest", "gene"),
    [
        (". BTG2 was identified as its target.", "BTG2"),
        (", and TRAF6 was confirmed to be its target gene.", "TRAF6"),
        (". Luciferase assay identified PTEN as the target gene.", "PTEN"),
        (". The target gene was PTEN.", "PTEN"),
        (". SOCS5 was negatively correlated with miR-9.", "SOCS5"),
        (". A negative correlation was observed between miR-9 and SOCS5.", "SOCS5"),
        (". SOCS5 (a target of miR-9) was reduced.", "SOCS5"),
        (" and led to the downregulation of SOCS5.", "SOCS5"),
        (" and resulted in decreased SOCS5 expression.", "SOCS5"),
        (", where the level of PTEN mRNA was reduced.", "PTEN"),
        (". PTEN was downregulated and AKT1 was upregulated by miR-9.", "PTEN"),
        (" and promoted their growth by silencing DAPK1.", "DAPK1"),
        (". miR-9 targeted SOCS5, and SOCS5 overexpression reversed this effect.", "SOCS5"),
        (". DKK2 is a target of miR-9, and RUNX2 was increased.", "DKK2"),
        (" and decreased CD86 and increased CD163 by targeting SOCS5.", "SOCS5"),
        (", which regulates the expression of occludin in HUVECs by targeting KLF2.", "KLF2"),
        (" and targeted ZEB1, and fibronectin, vimentin and N-cadherin were downregulated.", "ZEB1"),
    ],
)
def test_one_target(told: Told, rest: str, gene: str) -> None:
    assert targets(told, ENTRY + rest) == {gene}


@pytest.mark.parametrize(
    "rest",
    [
        ". BTG2 was identified as its regulator.",
        ". PTEN is a therapeutic target.",
        ". SOCS5 was positively correlated with miR-9.",
        " and decreased the phosphorylation of GSK3B.",
        " and reduced the secretion of ICAM1.",
        ", where the level of PTEN mRNA was raised.",
        ". The effect of miR-9 was abolished by silencing DAPK1.",
    ],
)
def test_no_target(told: Told, rest: str) -> None:
    assert targets(told, ENTRY + rest) == {"-"}


@pytest.mark.parametrize(
    ("rest", "genes"),
    [
        (" and targeted ZEB1/2.", {"ZEB1", "ZEB2"}),
        (" and inhibited SMAD2/3.", {"SMAD2", "SMAD3"}),
        (", which targets tumor suppressor genes, including SOCS5 and PTEN.", {"SOCS5", "PTEN"}),
        (". DKK2, PTEN, and SFRP4 were repressed by miR-9.", {"DKK2", "PTEN", "SFRP4"}),
    ],
)
def test_several_targets(told: Told, rest: str, genes: set[str]) -> None:
    assert targets(told, ENTRY + rest) == genes


@pytest.mark.parametrize(
    "text",
    [
        "Exosomal miR-29a and miR-93 of CAFs repressed TGFB2 and SMAD3 in neurons, respectively.",
        "Exosomal miR-29a and miR-93 of CAFs repressed TGFB2 and SMAD3, respectively, in neurons.",
        "Exosomal miR-29a and miR-93 of CAFs respectively repressed TGFB2 and SMAD3 in neurons.",
    ],
)
def test_lists_one_by_one(told: Told, text: str) -> None:
    assert told(text) == {
        ("yes", "CAFs", "miR-29a", "neurons", "TGFB2"),
        ("yes", "CAFs", "miR-93", "neurons", "SMAD3"),
    }


def test_lists_without_the_word_are_crossed(told: Told) -> None:
    text = "Exosomal miR-29a and miR-93 of CAFs repressed TGFB2 and SMAD3 in neurons."
    assert {(m, t) for _, _, m, _, t in told(text)} == {
        (m, t) for m in ("miR-29a", "miR-93") for t in ("TGFB2", "SMAD3")
    }


def test_what_is_hit_in_the_donor_is_no_target(told: Told) -> None:
    text = (
        "In donor HCC cells, miR-103 targeted PTEN. HCC cell-secreted exosomal miR-103 was delivered to "
        "endothelial cells and targeted VE-cadherin."
    )
    assert told(text) == {("yes", "HCC cell", "miR-103", "endothelial cells", "VE-cadherin")}


def test_what_is_hit_in_donor_and_recipient_is_one(told: Told) -> None:
    text = (
        "In A549 cells, miR-103 targeted PTEN. Exosomal miR-103 from A549 cells was delivered to other A549 "
        "cells and targeted PTEN."
    )
    assert targets(told, text) == {"PTEN"}


def test_a_receptor_of_RNA_is_bound(extractor: Extractor) -> None:
    def effects(text: str) -> dict[str, str | None]:
        found = extractor.extract(Document("1", text))
        return {r.target.text: r.effect for r in found if r.target}

    assert effects("Exosomal miR-21 from A549 cells binds to TLR7/8 in macrophages.") == {
        "TLR7": "binds",
        "TLR8": "binds",
    }
    assert effects("Exosomal miR-21 from A549 cells binds PTEN mRNA in macrophages.") == {"PTEN": "decreases"}
