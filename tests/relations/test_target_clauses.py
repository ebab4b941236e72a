"""Which genes and miRNAs belong to one clause, what raises a miRNA, and what is denied of its targets."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document


def told(extractor: Extractor, text: str, *kinds: str, negated: bool = False) -> set[tuple[str, str]]:
    facts = extractor.analyse(extractor.read(Document("1", text))).facts
    chosen = [f for f in facts if f.kind in kinds and f.negated is negated]
    return {(a.text, b.text) for f in chosen for a in f.left for b in f.right}


def genes(extractor: Extractor, text: str) -> set[str]:
    return {gene for _, gene in told(extractor, text, "TARGETS", "VIA")}


@pytest.mark.parametrize(
    "text, expected",
    [
        # of a list before "signaling", only the name of the pathway is one
        ("miR-9 suppressed NKRF, NF-kB signaling and cytokine release in macrophages.", {"NKRF"}),
        ("miR-9 inhibited TRAF6 and NF-kB signaling in macrophages.", {"TRAF6"}),
        ("miR-9 inhibited TRAF6, IRAK1, and NF-kB signaling in macrophages.", {"TRAF6", "IRAK1"}),
        ("miR-9 inhibited PI3K, AKT, and mTOR signaling.", set()),
        ("miR-9 inhibited PTEN, PI3K and AKT pathways.", set()),
        # another clause begins
        ("miR-9 binds PTEN, and AKT and mTOR phosphorylation increased in HUVECs.", {"PTEN"}),
        ("miR-9 targeted PTEN, and both AKT and mTOR rose.", {"PTEN"}),
        ("miR-9 repressed PTEN, and VEGF secretion increased.", {"PTEN"}),
        ("miR-9 targets PTEN, and AKT signaling increased.", {"PTEN"}),
        ("Unlike PTEN, PDCD4 was targeted by miR-9.", {"PDCD4"}),
        ("miR-9 bound PTEN and AKT mRNA.", {"PTEN", "AKT"}),
        ("By inhibiting PTEN, PDCD4, and KLF4, miR-9 sped growth.", {"PTEN", "PDCD4", "KLF4"}),
        ("PTEN, PDCD4, and TPM1 were direct targets of miR-9.", {"PTEN", "PDCD4", "TPM1"}),
        # what only tells what another gene is
        ("SOCS1 and SOCS3, negative regulators of JAK2, are targeted by miR-9.", {"SOCS1", "SOCS3"}),
        ("miR-9 reduced BAX, a downstream gene of PTEN.", {"BAX"}),
        ("miR-9 inhibited the PTEN target gene BAX.", {"BAX"}),
        ("miR-9 reduced PTEN and, indirectly, BAX.", {"PTEN"}),
        ("miR-9 decreased BAX through binding to the PTEN 3'UTR.", {"PTEN"}),
        ("The gene targeted by miR-9 in HUVECs is PTEN.", {"PTEN"}),
        ("PTEN repression by miR-9 activated HUVECs.", {"PTEN"}),
        ("By acting on Foxp4, miR-9 lowers COL1A1 in fibroblasts.", {"Foxp4"}),
        ("By acting on Foxp4, miR-9 lowers growth, and it targets COL1A1.", {"Foxp4", "COL1A1"}),
        ("PTEN repression of miR-9 activated HUVECs.", set()),
        ("An inverse relation between PTEN and miR-9 was found.", {"PTEN"}),
    ],
)
def test_what_is_hit(extractor: Extractor, text: str, expected: set[str]) -> None:
    assert genes(extractor, text) == expected


def test_each_mirna_has_its_clause(extractor: Extractor) -> None:
    text = "ABCA1 was targeted by miR-33, and miR-9 targeted E-cadherin in HUVECs."
    assert told(extractor, text, "TARGETS") == {("miR-33", "ABCA1"), ("miR-9", "E-cadherin")}


@pytest.mark.parametrize(
    "text",
    [
        "miR-9 was upregulated by inhibition of PTEN in A549 exosomes.",
        "Exosomal miR-9 was increased by loss of PTEN.",
        "Exosomal miR-9 rose in A549 cells as a result of loss of PTEN.",
        "The upregulation of exosomal miR-9 was caused by downregulation of PTEN.",
        "Exosomal miR-9 was upregulated via PTEN inhibition.",
        "The secretion of exosomal miR-9 depends on PTEN loss.",
        "The release of exosomal miR-9 depends on suppression of PTEN.",
        "The effect of exosomal miR-9 was reversed with inhibition of PTEN in HUVECs.",
        "The effect of miR-9 was abolished through silencing of PTEN.",
        "Exosomal miR-9 combined with inhibition of PTEN killed A549 cells.",
        "Exosomal miR-9 was induced via PTEN.",
    ],
)
def test_what_raises_or_undoes_it_is_no_target(extractor: Extractor, text: str) -> None:
    assert genes(extractor, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Exosomal miR-9 promoted growth, which depends on suppression of PTEN.",
        "The effect of exosomal miR-9 was mediated by inhibition of PTEN.",
        "Injury was lowered by exosomal miR-9, and apoptosis was attenuated through repression of PTEN.",
        "Overexpression of miR-9 promoted growth through suppression of PTEN.",
    ],
)
def test_how_it_acts_is_a_target(extractor: Extractor, text: str) -> None:
    assert genes(extractor, text) == {"PTEN"}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Neither PTEN nor PDCD4 was targeted by exosomal miR-9.", {"PTEN", "PDCD4"}),
        ("Neither PTEN nor PDCD4 was a target of miR-9.", {"PTEN", "PDCD4"}),
        ("None of PTEN, PDCD4 and TPM1 was targeted by miR-9.", {"PTEN", "PDCD4", "TPM1"}),
        ("miR-9 targets neither PTEN nor PDCD4.", {"PTEN", "PDCD4"}),
    ],
)
def test_denied_of_all(extractor: Extractor, text: str, expected: set[str]) -> None:
    assert not told(extractor, text, "TARGETS")
    assert {g for _, g in told(extractor, text, "TARGETS", negated=True)} == expected


def test_neither_of_a_verdict_on_levels_denies_no_carriage(extractor: Extractor) -> None:
    text = "Neither serum nor EV amounts of miR-9 told the groups apart."
    assert not told(extractor, text, "LACKS")


@pytest.mark.parametrize(
    "text",
    [
        "In A549 cells, miR-9 inhibited PTEN and was secreted in exosomes.",
        "miR-9 inhibits PTEN and is released in exosomes from A549 cells.",
        "miR-9 suppressed PTEN in exosome recipient cells.",
    ],
)
def test_what_it_represses_is_not_what_lies_in_vesicles(extractor: Extractor, text: str) -> None:
    assert not told(extractor, text, "UNTIED")


def test_a_protein_in_vesicles_ties_nothing(extractor: Extractor) -> None:
    assert told(extractor, "miR-9 reduced the amount of PD-L1 that was found in exosomes.", "UNTIED")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The expression of PTEN was up-regulated by the inhibition of exosomal miR-9.", {"PTEN"}),
        ("PTEN was restored in HUVECs after knockdown of miR-9.", {"PTEN"}),
        ("PTEN was reduced by a miR-9 inhibitor.", set()),
        ("PTEN was increased by heat, and a miR-9 inhibitor had no effect.", set()),
    ],
)
def test_raised_where_it_is_inhibited(extractor: Extractor, text: str, expected: set[str]) -> None:
    assert {g for _, g in told(extractor, text, "SUPPORTS", "TARGETS")} == expected
