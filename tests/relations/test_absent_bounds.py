"""What denials of carriage mean, and what they leave alone: conditions, other vesicles, other miRNAs."""

from __future__ import annotations

import pytest

from extractor.pipeline import build_pipeline
from extractor.types import Document


def reported(text: str) -> set[tuple[str, str]]:
    """Donor and miRNA of what is reported as so."""
    found = build_pipeline().extract(Document("1", text))
    return {(r.donor.text if r.donor else "", r.mirna.text) for r in found if not r.negated}


@pytest.mark.parametrize(
    "text",
    [
        "There was no miR-222 in exosomes of MDA-MB-468 cells.",
        "There were hardly any copies of miR-222 in MDA-MB-468 exosomes.",
        "MDA-MB-468 exosomes contained undetectable levels of miR-222.",
        "Exosomes of MDA-MB-468 cells showed negligible amounts of miR-222.",
        "MDA-MB-468 cells had no miR-222 in their exosomes.",
        "miR-222 was detected neither in MDA-MB-468 exosomes nor in microvesicles.",
        "In neither exosomes nor microvesicles of MDA-MB-468 cells was miR-222 found.",
        "Transfer of miR-222 from MDA-MB-468 cells to astrocytes by exosomes could not be demonstrated.",
        "Transfer of miR-222 via exosomes from MDA-MB-468 cells to astrocytes was not observed.",
        "Our data do not support that MDA-MB-468 exosomes deliver miR-222 to astrocytes.",
        "We found no indication that MDA-MB-468 exosomes carry miR-222.",
        "The effect of MDA-MB-468 exosomes on astrocytes did not depend on miR-222.",
        "The effect of MDA-MB-468 exosomes on astrocytes was not attributable to miR-222 but to IL6.",
        "miR-222 was not responsible for the effect of MDA-MB-468 exosomes on astrocytes.",
        "MDA-MB-468 exosomes acted on astrocytes through IL6 rather than miR-222.",
        "MDA-MB-468 exosomes acted on astrocytes by silencing DKK1, not by delivering miR-222.",
        "Silencing of miR-222 in MDA-MB-468 cells did not alter the effect of their exosomes on astrocytes.",
        "miR-222 inhibitors did not change the effect of MDA-MB-468 exosomes on astrocytes.",
        "MDA-MB-468 exosomes did not alter miR-222 in astrocytes.",
        "Treatment with MDA-MB-468 exosomes left miR-222 in astrocytes unaltered.",
    ],
)
def test_it_is_not_carried(text: str) -> None:
    assert reported(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "miR-30d was enriched in MDA-MB-468 exosomes, whereas miR-222 was not.",
        "miR-30d was enriched in MDA-MB-468 exosomes; miR-222 was not.",
        "Unlike miR-222, miR-30d was enriched in MDA-MB-468 exosomes and entered astrocytes.",
        "In contrast to cellular miR-222, exosomal miR-30d of MDA-MB-468 cells entered astrocytes.",
        "Instead of miR-222, MDA-MB-468 exosomes carried miR-30d to astrocytes.",
    ],
)
def test_only_the_other_one_is_carried(text: str) -> None:
    assert {mirna for _, mirna in reported(text)} == {"miR-30d"}


def test_what_a_mirna_is_told_apart_from_is_not_denied_in_its_place() -> None:
    text = "miR-222, unlike miR-30d, was not packaged into MDA-MB-468 exosomes."
    denied = [r.mirna.text for r in build_pipeline().extract(Document("1", text)) if r.negated]
    assert denied == ["miR-222"]


@pytest.mark.parametrize(
    "text",
    [
        "miR-222 in QZ exosomes was negligible. Astrocytes given MDA-MB-468 exosomes had more miR-222.",
        "Mutant miR-222 was not sorted into exosomes. MDA-MB-468 exosomes changed astrocytes via miR-222.",
        "Exosomes that contained no miR-222 had no effect. MDA-MB-468 exosomes acted through miR-222.",
        "Uptake of MDA-MB-468 exosomes did not depend on miR-222. MDA-MB-468 exosomes hit DKK1 via miR-222.",
        "Loading of exosomes did not require miR-222. MDA-MB-468 exosomes silenced DKK1 via miR-222.",
        "Our data do not only suggest that MDA-MB-468 exosomes deliver miR-222 but that they cure mice.",
        "There was no change in exosomal miR-222 of MDA-MB-468 cells.",
        "There was no doubt that MDA-MB-468 exosomes carried miR-222.",
        "There was no miR-222 in astrocytes until exosomes of MDA-MB-468 cells delivered miR-222.",
        "Transfer of miR-222 by exosomes was not seen with GW4869. MDA-MB-468 exosomes carried miR-222.",
        "MDA-MB-468 exosomes did not change DKK1 but delivered miR-222 to astrocytes.",
        "The effect of MDA-MB-468 exosomes was not only mediated by miR-222 but also by IL6.",
        "The effect of MDA-MB-468 exosomes was not due to debris but to miR-222.",
        "Silencing of miR-222 did not alter exosome size but abolished the effect of MDA-MB-468 exosomes.",
    ],
)
def test_it_is_still_carried(text: str) -> None:
    assert any(m == "miR-222" and d.startswith("MDA-MB-468") for d, m in reported(text))


def test_a_condition_before_it_leaves_the_tie_of_other_sentences() -> None:
    text = (
        "Exosomes promoted invasion of gastric cancer cells. Without exosomes, miR-222 was not transferred. "
        "These effects were mediated by miR-222."
    )
    assert {m for _, m in reported(text)} == {"miR-222"}


def test_whose_vesicles_lack_it_gives_it_by_no_neighbour() -> None:
    text = (
        "Cancer cells secreted miR-222 in exosomes to endothelial cells. "
        "MCF-10A cells had no miR-222 in their exosomes."
    )
    assert "MCF-10A cells" not in {d for d, _ in reported(text)}


@pytest.mark.parametrize(
    "text",
    [
        "MDA-MB-468 exosomes increased miR-30d and decreased miR-222 in astrocytes.",
        "MDA-MB-468 exosomes upregulated miR-30d expression and downregulated the level of miR-222 in mice.",
        "MDA-MB-468 exosomes transferred miR-30d and inhibited miR-222 expression in astrocytes.",
    ],
)
def test_what_they_lower_beside_what_they_raise_is_not_carried(text: str) -> None:
    assert {mirna for _, mirna in reported(text)} == {"miR-30d"}


@pytest.mark.parametrize(
    "text",
    [
        "MDA-MB-468 exosomes raised miR-222 in astrocytes. The exosomes did not increase pri-miR-222.",
        "MDA-MB-468 exosomes raised miR-222 in astrocytes but did not increase transcription of miR-222.",
        "Astrocytes given MDA-MB-468 exosomes did not show reduced miR-222. Exosomes acted through miR-222.",
        "MDA-MB-468 exosomes raised miR-222 in astrocytes. The exosomes did not reduce endogenous miR-222.",
    ],
)
def test_what_vesicles_do_not_change_still_is_theirs(text: str) -> None:
    assert "miR-222" in {m for _, m in reported(text)}


@pytest.mark.parametrize(
    "text",
    [
        "MSC exosomes increased miR-222 in the kidney tissue of rats and lowered DKK1 in tubular cells.",
        "Injection of MSC exosomes raised miR-222 in the hippocampus and lowered DKK1 in neurons.",
        "miR-222 in the hippocampus was higher in mice given MSC exosomes, which spared neurons.",
    ],
)
def test_what_vesicles_raise_in_a_tissue_is_theirs(text: str) -> None:
    assert ("MSC", "miR-222") in reported(text)


@pytest.mark.parametrize(
    "text",
    [
        "Exosomal DKK1 of MDA-MB-468 cells and tissue miR-222 rose.",
        "In patients, exosomal DKK1 fell, and miR-222 in tumor tissue was higher.",
    ],
)
def test_what_rises_in_a_tissue_by_itself_is_not(text: str) -> None:
    assert reported(text) == set()
