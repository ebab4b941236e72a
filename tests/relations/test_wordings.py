"""Usual wordings in plain sentences, each with the one relation that it states."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], set[tuple[str, ...]]]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "Exosomal miR-21 from A549 cells induced macrophages to polarize toward M2.",
            ("yes", "A549 cells", "miR-21", "macrophages", "-"),
        ),
        (  # "to" behind a donor leads to a recipient, not to a verb
            "Exosomal miR-21 was transferred from activated macrophages to hepatocytes.",
            ("yes", "activated macrophages", "miR-21", "hepatocytes", "-"),
        ),
        (
            "The effect of MSC exosomal miR-21 on neurons was abolished by AKT1 inhibition.",
            ("yes", "MSC", "miR-21", "neurons", "-"),
        ),
        (
            "Osteoblast exosomes delivered miR-126 to T cells. CD19 is a potential therapeutic target.",
            ("yes", "Osteoblast", "miR-126", "T cells", "-"),
        ),
        (
            "MSC-derived exosomal miR-21 inhibited IL-1β-induced apoptosis of chondrocytes.",
            ("yes", "MSC", "miR-21", "chondrocytes", "-"),
        ),
        (
            "Astrocyte exosomes delivered miR-21 to neurons, leading to downregulation of PTEN.",
            ("yes", "Astrocyte", "miR-21", "neurons", "PTEN"),
        ),
        (
            "Hepatocyte exosomal miR-122 promotes EMT of lung cancer cells through PTEN inhibition.",
            ("yes", "Hepatocyte", "miR-122", "lung cancer cells", "PTEN"),
        ),
        ("Astrocyte-to-neuron transfer of exosomal miR-21.", ("yes", "Astrocyte", "miR-21", "neuron", "-")),
        (
            "Exosomal miR-21 from A549 cells was elevated compared with normal BEAS-2B cells.",
            ("yes", "A549 cells", "miR-21", "-", "-"),
        ),
        (
            "The exosomes of osteoblasts were internalised by T cells. Their cargo, miR-21, suppressed PTEN.",
            ("yes", "osteoblasts", "miR-21", "T cells", "PTEN"),
        ),
        ("Exosomal miR-21 derived from serum was taken up by HUVECs.", ("yes", "-", "miR-21", "HUVECs", "-")),
        (  # the gene further down is no target
            "MSC exosomal miR-21 decreased iNOS in macrophages by targeting PTEN.",
            ("yes", "MSC", "miR-21", "macrophages", "PTEN"),
        ),
        (
            "Osteoblast exosomes delivered miR-126 to T cells. SPRED1 was confirmed as a direct target.",
            ("yes", "Osteoblast", "miR-126", "T cells", "SPRED1"),
        ),
        (
            "Exosomal miR-21 from A549 cells activated fibroblasts by targeting PTEN.",
            ("yes", "A549 cells", "miR-21", "fibroblasts", "PTEN"),
        ),
        (  # a state behind an adverb of states, or behind "of"
            "Exosomes of alternatively activated macrophages carried miR-21 to T cells.",
            ("yes", "alternatively activated macrophages", "miR-21", "T cells", "-"),
        ),
        (  # the line of the assay took up nothing
            "A549 exosomes were co-cultured with THP-1 cells. Exosomal miR-21 bound PTEN in HEK293T cells.",
            ("yes", "A549", "miR-21", "THP-1 cells", "PTEN"),
        ),
        (
            "HEK293T cells took up exosomes of A549 cells with miR-21.",
            ("yes", "A549 cells", "miR-21", "HEK293T cells", "-"),
        ),
        (
            "A549 exosomes carried miR-21. HUVECs were used as recipient cells. miR-21 targeted PTEN.",
            ("yes", "A549", "miR-21", "HUVECs", "PTEN"),
        ),
        (
            "Exosomes from A549 cells were used to treat HUVECs. Exosomal miR-21 targeted PTEN.",
            ("yes", "A549 cells", "miR-21", "HUVECs", "PTEN"),
        ),
        (
            "MSC-derived exosomes containing miR-21 accumulated in the brain.",
            ("yes", "MSC", "miR-21", "brain", "-"),
        ),
        (
            "Exosomes from MCF-7/ADR cells deliver miR-21 to HUVECs.",
            ("yes", "MCF-7/ADR cells", "miR-21", "HUVECs", "-"),
        ),
        (  # nobody is said to give it
            "Exosomal miR-21 promotes proliferation of HUVECs by targeting PTEN.",
            ("yes", "-", "miR-21", "HUVECs", "PTEN"),
        ),
        (
            "Exosomal miR-21 released by HUVECs promotes proliferation of HUVECs by targeting PTEN.",
            ("yes", "HUVECs", "miR-21", "HUVECs", "PTEN"),
        ),
        ("MSC-exo delivered miR-21 to microglia.", ("yes", "MSC", "miR-21", "microglia", "-")),
        (
            "Exosomes from human umbilical cord MSCs delivered miR-21 to microglia.",
            ("yes", "human umbilical cord MSCs", "miR-21", "microglia", "-"),
        ),
        (
            "Exosomes from hucMSCs brought miR-21 to microglia.",
            ("yes", "hucMSCs", "miR-21", "microglia", "-"),
        ),
    ],
)
def test_one_relation(told: Told, text: str, relation: tuple[str, ...]) -> None:
    assert told(text) == {relation}


def test_a_direct_target_of_which_of_two_is_not_told(told: Told) -> None:
    text = "Osteoblast exosomes delivered miR-126 and miR-21 to T cells. SPRED1 was shown as a direct target."
    assert {r[-1] for r in told(text)} == {"-"}
