"""miRNAs that a sentence ties to the vesicles that were spoken of before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], set[tuple[str, ...]]]
BEFORE = "M2 macrophage-derived exosomes promoted migration of glioma cells. "


@pytest.mark.parametrize(
    ("rest", "target"),
    [
        ("Mechanistically, miR-15a was responsible for this effect by targeting CCND1.", "CCND1"),
        ("These effects were mediated by miR-15a, which targeted CCND1.", "CCND1"),
        ("miR-15a was identified as the key mediator of this effect and targeted CCND1.", "CCND1"),
        ("We identified miR-15a as the functional cargo and CCND1 as its target.", "CCND1"),
        ("miR-15a was transferred to glioma cells and inhibited CCND1.", "CCND1"),
        ("This effect was abolished by a miR-15a inhibitor. miR-15a suppressed CCND1.", "CCND1"),
    ],
)
def test_the_miRNA_of_this_effect(told: Told, rest: str, target: str) -> None:
    assert told(BEFORE + rest) == {("yes", "M2 macrophage", "miR-15a", "glioma cells", target)}


@pytest.mark.parametrize(
    "text",
    [
        BEFORE + "Transfection of glioma cells with miR-15a mimics had no such effect.",
        BEFORE + "Survival was longer in patients with high miR-15a.",
        "We counted glioma cells. This effect was mediated by miR-15a.",
        BEFORE + "This effect was reversed by miR-34a mimics.",
        BEFORE + "miR-21 was transferred to glioma cells by nanoparticles.",
        BEFORE + "miR-34a in glioma cells is a mediator of apoptosis.",
        BEFORE + "The effect of hypoxia was mediated by miR-210.",
        BEFORE + "As a result, miR-155 was increased in neurons.",
        "MSCs were transfected with a miR-21 inhibitor. Exosomes from these MSCs failed to help neurons.",
    ],
)
def test_other_miRNAs_are_not_tied(told: Told, text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "BMSCs were transfected with miR-21 mimics. BMSC-derived exosomes inhibited PTEN in HUVECs.",
        "BMSCs overexpressing miR-21 were made. Their exosomes hit HUVECs. PTEN was a target of miR-21.",
        "BMSCs were infected with miR-21 lentivirus. Exosomes from these cells hit HUVECs by targeting PTEN.",
    ],
)
def test_a_cell_that_was_given_a_miRNA_gives_it(told: Told, text: str) -> None:
    assert told(text) == {("yes", "BMSCs", "miR-21", "HUVECs", "PTEN")}


@pytest.mark.parametrize(
    "text",
    [
        "MSC exosomes relieved fibrosis by decreasing miR-21 in hepatic stellate cells.",
        "MSC exosomes suppress miR-155 in microglia.",
        "Exosomal IL-6 from CAFs upregulated miR-15a in macrophages.",
        "Exosomes from MSCs overexpressing lncRNA TCTN2 improved neurons through miR-329-3p.",
        "No study has shown that exosomal miR-10a from BMSCs targets PTEN in neurons.",
        "Exosomal HOTAIR from breast cancer cells binds to miR-449b in macrophages. miR-449b targets SIRT1.",
    ],
)
def test_what_is_no_cargo(told: Told, text: str) -> None:
    assert {r for r in told(text) if r[0] == "yes"} == set()


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "Exosomal miR-126 from EPCs targets SPRED1 in HUVECs. SNHG12 sponged miR-126 in HUVECs.",
            ("yes", "EPCs", "miR-126", "HUVECs", "SPRED1"),
        ),
        (
            "BMSC exosomes increased miR-21 in fibroblasts.",
            ("yes", "BMSC", "miR-21", "fibroblasts", "-"),
        ),
        (
            "miR-10a is transferred not via nanotubes but via exosomes from BMSCs to neurons.",
            ("yes", "BMSCs", "miR-10a", "neurons", "-"),
        ),
        (
            "Exosomes of HCC cells treated with miR-37 inhibitor failed to promote growth of HUVECs.",
            ("yes", "HCC cells", "miR-37", "HUVECs", "-"),
        ),
        (
            "Metformin increased exosomal miR-126 in HUVECs. Exosomal miR-126 hit SPRED1 in fibroblasts.",
            ("yes", "HUVECs", "miR-126", "fibroblasts", "SPRED1"),
        ),
        (
            "TNF-α stimulated MSCs to secrete exosomal miR-21, which was delivered to neurons.",
            ("yes", "MSCs", "miR-21", "neurons", "-"),
        ),
        (
            "Podocytes cultured in high glucose secreted exosomal miR-2, which was taken up by HK-2 cells.",
            ("yes", "Podocytes", "miR-2", "HK-2 cells", "-"),
        ),
        (
            "RAW264.7 cells were exposed to LPS and exosomes were isolated from the medium. H9c2 cells were "
            "treated with the exosomes. Exosomal miR-155 reduced SOCS1.",
            ("yes", "RAW264.7 cells", "miR-155", "H9c2 cells", "SOCS1"),
        ),
        (
            "CAFs confer cisplatin resistance to A2780 cells through exosomal transfer of miR-98-5p.",
            ("yes", "CAFs", "miR-98-5p", "A2780 cells", "-"),
        ),
        (
            "Exosomal miR-21 mediates the interaction between gastric cancer cells and CAFs.",
            ("yes", "gastric cancer cells", "miR-21", "CAFs", "-"),
        ),
        (
            "A549-derived exosomal miR-21 suppressed PTEN in recipient cells (HUVECs).",
            ("yes", "A549", "miR-21", "HUVECs", "PTEN"),
        ),
        (
            "Exosomes from HCC cells (Huh7 and HepG2) delivered miR-21 to HUVECs.",
            ("yes", "HCC cells", "miR-21", "HUVECs", "-"),
        ),
        (
            "Exosomal miR-21 is transferred from hypoxic to normoxic glioma cells.",
            ("yes", "hypoxic glioma cells", "miR-21", "normoxic glioma cells", "-"),
        ),
        (
            "Exosomal miR-944 from cancer stem cells promotes invasion of AGS cells by repressing PTEN.",
            ("yes", "cancer stem cells", "miR-944", "AGS cells", "PTEN"),
        ),
    ],
)
def test_one_relation(told: Told, text: str, relation: tuple[str, ...]) -> None:
    assert told(text) == {relation}


def test_names_in_front_of_a_clause_are_its_place(told: Told) -> None:
    text = (
        "Glioma exosomes carry miR-21 and miR-9. In microglia, miR-21 targeted BTG2, and in endothelial "
        "cells, miR-9 targeted PTCH1."
    )
    assert told(text) == {
        ("yes", "Glioma", "miR-21", "microglia", "BTG2"),
        ("yes", "Glioma", "miR-9", "endothelial cells", "PTCH1"),
    }


def test_a_finding_told_in_one_sentence_keeps_to_it(told: Told) -> None:
    text = (
        "Exosomal miR-21 from CAFs promotes the migration of A549 cells, while exosomal miR-155 from HeLa "
        "cells activates T cells."
    )
    assert told(text) == {
        ("yes", "CAFs", "miR-21", "A549 cells", "-"),
        ("yes", "HeLa cells", "miR-155", "T cells", "-"),
    }


def test_vesicles_of_a_fluid_are_not_those_of_a_cell_that_was_given_a_miRNA(told: Told) -> None:
    text = "HUVECs were transfected with miR-21 mimics. Serum exosomes of rats were added to neurons."
    assert ("yes", "HUVECs", "miR-21") not in {r[:3] for r in told(text)}
