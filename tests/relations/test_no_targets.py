"""Genes that a sentence names beside a miRNA and does not call its target."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], set[tuple[str, ...]]]
ENTRY = "Exosomal miR-9 of melanoma cells entered HUVECs. "


def targets(told: Told, text: str) -> set[str]:
    return {target for _, _, _, _, target in told(text)} - {"-"}


@pytest.mark.parametrize(
    "text",
    [
        "LRIG1, a negative regulator of EGFR, is repressed by miR-9.",
        "LRIG1 (an inhibitor of AKT1) is targeted by miR-9.",
        "LRIG1, which suppresses BRAF, is targeted by miR-9.",
        "LRIG1, which normally restrains MET activity, was directly targeted by miR-9.",
        "LRIG1, a negative regulator of EGFR family receptors, is repressed by miR-9.",
        "LRIG1, the inhibitor of MMP14, was silenced by miR-9.",
    ],
)
def test_what_a_target_acts_on_is_none(told: Told, text: str) -> None:
    assert targets(told, ENTRY + text) == {"LRIG1"}


@pytest.mark.parametrize(
    ("text", "genes"),
    [
        ("PTEN, an inhibitor of AKT1, and SMAD7 were targeted by miR-9.", {"PTEN", "SMAD7"}),
        ("PTEN, a tumor suppressor, is targeted by miR-9.", {"PTEN"}),
    ],
)
def test_a_gene_beside_the_target(told: Told, text: str, genes: set[str]) -> None:
    assert targets(told, ENTRY + text) == genes


@pytest.mark.parametrize(
    "text",
    [
        "miR-9 was loaded into exosomes by binding to hnRNPA2B1.",
        "miR-9 binds to AGO2.",
        "Sorting of miR-9 requires binding by YBX1.",
        "miR-9 binds to the RNA-binding protein human antigen R (HuR).",
        "The interaction of miR-9 with hnRNPA1 was seen in melanoma cells.",
    ],
)
def test_what_packs_a_mirna_is_no_target(told: Told, text: str) -> None:
    assert not targets(told, ENTRY + text)


@pytest.mark.parametrize(
    ("text", "gene"),
    [
        ("miR-9 binds TLR7.", "TLR7"),
        ("miR-9 binds the 3'UTR of YBX1.", "YBX1"),
        ("miR-9 targets YBX1.", "YBX1"),
        ("miR-9 binds KRAS.", "KRAS"),
    ],
)
def test_what_a_mirna_binds_is_a_target(told: Told, text: str, gene: str) -> None:
    assert targets(told, ENTRY + text) == {gene}


@pytest.mark.parametrize(
    ("text", "gene"),
    [
        ("miR-9 targets PTEN, and AKT1 and CCND1 rose.", "PTEN"),
        ("miR-9 targets PTEN, and VEGFA decreased.", "PTEN"),
        ("miR-9 binds PTEN mRNA, and COL1A1 and ACTA2 levels increase.", "PTEN"),
        ("miR-9 binds the messenger of PTEN, and COL1A1, ACTA2, and CCND1 go up.", "PTEN"),
        ("TPM1 declined with SMARCA4, and TPM1 proved to be a direct target of miR-9.", "TPM1"),
        ("miR-9 silenced SUFU, activated GLI1, and raised output of CXCL12.", "SUFU"),
    ],
)
def test_the_next_clause_is_another(told: Told, text: str, gene: str) -> None:
    assert targets(told, ENTRY + text) == {gene}


@pytest.mark.parametrize(
    ("text", "genes"),
    [
        ("miR-9 targets PTEN, SMAD7, and KLF4 in cells.", {"PTEN", "SMAD7", "KLF4"}),
        ("VHL, and PTEN were direct targets of miR-9.", {"VHL", "PTEN"}),
        ("Levels of PTEN, SMAD7, and KLF4 fell as they were bound by miR-9.", set()),
    ],
)
def test_a_list_is_one(told: Told, text: str, genes: set[str]) -> None:
    assert targets(told, ENTRY + text) >= genes


def test_unlike_the_target(told: Told) -> None:
    text = "CBLB protein (a target gene of miR-9) was down-regulated, whereas the related CBL was not."
    assert targets(told, ENTRY + text) == {"CBLB"}


@pytest.mark.parametrize(
    "text",
    [
        "Inhibitors of miR-9 decreased PTEN.",
        "Antagomirs against miR-9 and miR-223 impaired PTEN.",
        "An antisense oligonucleotide to miR-9 reduced PTEN.",
        "Sponges against miR-9 reduced PTEN.",
        "miR-9 reduced the insulin-sensitizing effect.",
        "miR-9 blocked the KLF4-stimulating action.",
        "miR-9 inhibited NOD-like receptor pyrin 3 (NLRP3) signaling.",
    ],
)
def test_no_target(told: Told, text: str) -> None:
    assert not targets(told, ENTRY + text)


@pytest.mark.parametrize(
    ("text", "gene"),
    [
        ("miR-9 is an inhibitor of PTEN.", "PTEN"),
        ("An inhibitor of miR-9 restored PTEN.", "PTEN"),
        ("The PTEN-targeting miR-9 slowed growth.", "PTEN"),
        ("miR-9 inhibited nuclear factor kappa B (NF-kB) signaling by targeting TRAF6.", "TRAF6"),
        ("miR-9 targets PTEN. miR-9 or PTEN knockdown lowered CCND1.", "PTEN"),
        ("miR-9 or sorafenib lowered CCND1.", "CCND1"),
        ("miR-9 targets PTEN and thereby indirectly reduces BCL2.", "PTEN"),
        ("miR-9 targets PTEN; BCL2 was reduced by miR-9 as well, but this was secondary.", "PTEN"),
        ("miR-9 targets PTEN; BCL2 was reduced by miR-9, but its 3'UTR was not bound.", "PTEN"),
        ("miR-9 directly or indirectly reduces BCL2.", "BCL2"),
        ("BCL2 was reduced by miR-9, but this was transient.", "BCL2"),
    ],
)
def test_the_target_alone(told: Told, text: str, gene: str) -> None:
    assert targets(told, ENTRY + text) == {gene}


def test_what_falls_by_means_of_the_target(told: Told) -> None:
    text = "miR-9 lowered collagen output in HUVECs by acting on FOXP4."
    assert "collagen" not in targets(told, ENTRY + text)


def test_a_gene_and_a_pathway(told: Told) -> None:
    text = "miR-9 targeted phosphatase and tensin homolog (PTEN) and AKT signaling."
    assert targets(told, ENTRY + text) == {"phosphatase and tensin homolog"}
