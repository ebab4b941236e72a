"""Who gives vesicles and what they carry: near misses of the usual wordings, and what they lacked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document

Told = Callable[[str, str], set[tuple[str, str]]]


@pytest.fixture
def told(extractor: Extractor) -> Told:
    """The pairs of names that a text ties by facts of a kind."""

    def pairs(text: str, kind: str) -> set[tuple[str, str]]:
        facts = extractor.analyse(extractor.read(Document("1", text))).facts
        return {
            (a.text, b.text)
            for f in facts
            if f.kind == kind and not f.negated
            for a in f.left
            for b in f.right
        }

    return pairs


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Exosomes of LPS treated macrophages carried miR-21.", "macrophages"),
        ("Exosomes from HIV infected macrophages carried miR-21.", "infected macrophages"),
        ("EVs of Helicobacter pylori infected enterocytes carried miR-155.", "infected enterocytes"),
        ("EVs of hypoxia treated MSCs carried miR-21 to neurons.", "MSCs"),
        ("Exosomes of TNF-α stimulated MSCs carried miR-21.", "MSCs"),
        ("Exosomes derived from high glucose stimulated podocytes carried miR-221.", "podocytes"),
        ("Exosomes from C6 ceramide-treated OPM2 cells carried miR-202.", "ceramide-treated OPM2 cells"),
        ("Exosomes from PM2.5-treated and control HaCaT cells contained miR-21.", "HaCaT cells"),
        ("EVs of both psoriatic and control keratinocytes carried miR-31.", "keratinocytes"),
        ("Exosomes of healthy control fibroblasts carried miR-21.", "fibroblasts"),
        ("Exosomes of CAFs activated T cells through miR-21.", "CAFs"),
        ("Exosomes from hypoxic A549 activated HUVECs by miR-21.", "hypoxic A549"),
        ("Conditioned medium of cardiomyocytes contained exosomes.", "cardiomyocytes"),
        ("Neurons give off exosomes, which pass on miR-21 to astrocytes.", "Neurons"),
        ("Silencing of miR-21 weakened the paracrine effects of ADSCs on HUVECs.", "ADSCs"),
        ("EV-miR-21 of A549 cells reached HUVECs.", "A549 cells"),
        ("EV miR-21 released by CAFs entered T cells.", "CAFs"),
        ("miR-21 expelled by CAFs in EVs entered T cells.", "CAFs"),
        ("miR-21, which T cells pass to B cells through exosomes, lowered BCL6.", "T cells"),
    ],
)
def test_who_gives(told: Told, text: str, cell: str) -> None:
    assert {c for c, _ in told(text, "RELEASES")} == {cell}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Exosomes from CAF treated T cells with miR-21.", "T cells"),
        ("miR-21 inhibition reduced the protection of cardiomyocytes by MSC exosomes.", "cardiomyocytes"),
        ("miR-21 inhibitors suppressed the angiogenic activity of HUVECs.", "HUVECs"),
        ("miR-21 inhibitors cut the protective effects of CAFs treated with exosomes.", "CAFs"),
        ("Treatment of HUVECs with glucose increased miR-21 in EVs from platelets.", "HUVECs"),
        ("Inhibition of miR-155 reduced pro-inflammatory activity of macrophages.", "macrophages"),
        ("miR-21 of exosomes was released after uptake by T cells from the endosome.", "T cells"),
        ("Neurons protected by MSCs through exosomal miR-21 survived.", "Neurons"),
        ("BMSC-conditioned medium had effects similar to exosomes from ADSCs.", "BMSC"),
        ("Secretion of miR-21 by tumor cells was exosome-independent.", "tumor cells"),
        ("miR-21 was upregulated in T cells and exosomes were taken up.", "T cells"),
        ("miR-21 was upregulated in T cells and the exosomes lowered it.", "T cells"),
    ],
)
def test_who_does_not_give(told: Told, text: str, cell: str) -> None:
    assert cell not in {c for c, _ in told(text, "RELEASES")}


@pytest.mark.parametrize(
    "text",
    [
        "miR-21 represents a target of exosomes.",
        "miR-21 left unchanged by exosomes was measured.",
        "Analysis of exosome uptake revealed that miR-21 promotes endocytosis.",
        "Exosome quantification showed that miR-21 overexpression increased particle number.",
        "Exosomes provide neurons with neurotrophic factors and miR-21 lowers PTEN.",
        "CAF-EVs provided T cells with resistance against miR-21 mimics.",
        "miR-21 was upregulated in T cells and exosomes were taken up.",
        "miR-21 was lost after exosomal secretion was blocked.",
        "A rise in CAF exosomes was observed with miR-21 mimics.",
        "MSC exosomes had a greater effect than miR-21 mimics.",
        "The exosomes were loaded with dye and miR-21 was measured in T cells.",
        "Exosomes are enriched in targets of miR-21.",
    ],
)
def test_what_they_do_not_carry(told: Told, text: str) -> None:
    assert not told(text, "CARRIES")


@pytest.mark.parametrize(
    "text",
    [
        "miR-21 represents the bulk of small RNAs in exosomes.",
        "Exosome sequencing showed that miR-21 increased 3-fold.",
        "Exosome profiling showed that miR-21 increased significantly in patients.",
        "CAF exosomes have been shown to be high in miR-21.",
        "CAF exosomes are rich in growth factors and miR-21.",
        "miR-21 enters T cells following exosomal secretion.",
        "Enrichment in CAF exosomes was found for miR-21.",
        "Platelet EVs supplied HUVECs with functional miR-223.",
        "The level of miR-21 in CAFs and exosomes was higher.",
        "miR-21, which T cells pass to B cells through exosomes, lowered BCL6.",
    ],
)
def test_what_they_carry(told: Told, text: str) -> None:
    assert told(text, "CARRIES")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("EVs of healthy control fibroblasts carried miR-21.", "fibroblasts"),
        ("Exosomes from treated and control HaCaT cells contained miR-21.", "HaCaT cells"),
        ("Exosomal miR-21 was added to the control HUVECs.", "HUVECs"),
    ],
)
def test_control_is_no_verb(told: Told, text: str, cell: str) -> None:
    assert cell not in {c for _, c in told(text, "AFFECTS")}


def test_control_as_a_verb(told: Told) -> None:
    assert told("EVs control T cells by miR-21.", "AFFECTS") == {("EVs", "T cells")}


def test_to_be_rid_of_it_is_not_to_get_it(told: Told) -> None:
    assert not told("CAFs get rid of miR-21 through exosomes.", "REACHES")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("miR-21 rose in EV-treated T cells.", "T cells"),
        ("Exosome-educated NK cells showed miR-21.", "NK cells"),
        ("MSC-EV-treated B cells showed less miR-21.", "B cells"),
    ],
)
def test_cells_of_few_letters_given_vesicles(told: Told, text: str, cell: str) -> None:
    assert cell in {c for _, c in told(text, "REACHES")}


def test_a_bracket_names_the_vesicles(told: Told) -> None:
    text = "Extracellular vesicles from cisplatin-resistant T24 cells (T24/DDP-EVs) carried miR-21."
    assert told(text, "SAME") == {("cisplatin-resistant T24 cells", "T24/DDP")}
    assert ("cisplatin-resistant T24 cells", "Extracellular vesicles") in told(text, "RELEASES")


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        (
            "A549/DDP exosomes transferred miR-21 to A549 cells and H1299 cells.",
            {"A549 cells", "H1299 cells"},
        ),
        ("miR-21 was transferred from MCF-7/ADR to MCF-7 cells via exosomes.", {"MCF-7 cells"}),
    ],
)
def test_a_subline_is_another_cell(extractor: Extractor, text: str, recipients: set[str]) -> None:
    found = extractor.extract(Document("1", text))
    assert {r.recipient.text for r in found if r.recipient} == recipients


@pytest.mark.parametrize(
    ("text", "donors"),
    [
        ("Exosomes from A549/DDP and A549 cells carried miR-21.", {"A549/DDP", "A549 cells"}),
        (
            "Exosomes from resistant A549 and sensitive A549 cells carried miR-21.",
            {"resistant A549", "sensitive A549 cells"},
        ),
        ("Exosomes from A549-luc and A549 cells carried miR-21.", {"A549 cells"}),
    ],
)
def test_sublines_are_two_donors(extractor: Extractor, text: str, donors: set[str]) -> None:
    assert {r.donor.text for r in extractor.extract(Document("1", text)) if r.donor} == donors
