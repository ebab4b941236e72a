"""How a text says that vesicles carry a miRNA: the usual wordings, and what bounds them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document

Told = Callable[[str], set[tuple[str, ...]]]


@pytest.fixture
def carried(extractor: Extractor) -> Callable[[str], set[str]]:
    """The miRNAs that a text itself says vesicles carry; a vesicle named nearby does not count."""

    def names(text: str) -> set[str]:
        facts = extractor.analyse(extractor.read(Document("1", text))).facts
        stated = [f for f in facts if f.kind == "CARRIES" and not f.negated]
        return {m.text for f in stated for m in f.right if m.label == "MIRNA"}

    return names


Carried = Callable[[str], set[str]]


@pytest.mark.parametrize(
    "text",
    [
        "CAF exosomes were particularly rich in miR-21.",
        "CAF exosomes are abundant in miR-21.",
        "CAF exosomes were loaded with miR-21.",
        "CAF exosomes were full of miR-21.",
        "A549 exosomes were positive for miR-21.",
        "CAF exosomes were rich in CD63 and miR-21.",
        "CAF exosomes showed significantly higher levels of miR-21.",
        "CAF exosomes had higher miR-21 levels.",
        "CAF exosomes had more miR-21 than NF exosomes.",
        "CAF exosomes exhibited elevated miR-21.",
        "Exosomes of CAFs, having a high content of miR-21, were added to HUVECs.",
        "CAF exosomes presented an excess of miR-21.",
        "CAF exosomes are a rich source of miR-21.",
        "CAF exosomes gained miR-21 under hypoxia.",
        "The CAF exosomes comprised miR-21.",
        "Vesicles of A549 cells abounded in miR-21.",
        "Small vesicles, having much miR-21, reached T cells.",
        "Vesicles of NF1-intact clones had a selective surplus of miR-21.",
        "FLT3-mutant vesicles were rich in miR-21.",
        "Enrichment in the exosomes was seen for miR-21.",
    ],
)
def test_abundance(carried: Carried, text: str) -> None:
    assert carried(text) == {"miR-21"}


@pytest.mark.parametrize(
    "text",
    [
        "A549 cells treated with exosomes showed high miR-21.",
        "The exosomes showed reduced PTEN and miR-21 was raised.",
        "CAF exosomes had no miR-21.",
        "CAF exosomes were rich in CD63; miR-21 rose in cells.",
        "CAF exosomes were rich in CD63, and miR-21 rose in T cells.",
        "Exosomes had an effect on miR-21.",
        "miR-21 rose in T cells, and exosomes were counted.",
        "Enrichment in the cells given exosomes was seen for miR-21.",
    ],
)
def test_no_abundance(carried: Carried, text: str) -> None:
    assert carried(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The miRNA with the greatest enrichment in HeLa EVs was miR-590.",
        "Inside A549 exosomes, miR-590 was the most abundant species.",
        "Among the miRNAs in HeLa exosomes, miR-590 ranked first.",
        "Among the miRNAs in HeLa exosomes, miR-590 was most abundant.",
        "miR-590 dominated the miRNA profile of A549 exosomes.",
        "miR-590 accounted for 30 % of the miRNA reads in A549 exosomes.",
        "miR-590 made up a third of all miRNA in A549 exosomes.",
        "miR-590 climbed in A549 exosomes.",
        "miR-590, with 22% of reads, dominated the population in A549 exosomes.",
        "miR-590 doubled in A549 exosomes.",
        "miR-590 was recovered from exosomes of Y79 cells.",
        "The most abundant miRNA in HeLa exosomes was miR-590.",
    ],
)
def test_rank_and_share(carried: Carried, text: str) -> None:
    assert carried(text) == {"miR-590"}


@pytest.mark.parametrize(
    "text",
    [
        "miR-21 is the most abundant miRNA of hepatocytes.",
        "miR-21 accounted for 30% of variance; exosomes rose.",
        "miR-21 levels doubled in T cells given A549 exosomes.",
    ],
)
def test_rank_and_share_elsewhere(carried: Carried, text: str) -> None:
    assert carried(text) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Small RNA sequencing of A549 exosomes revealed miR-93 and miR-140 as the most abundant.",
            {"miR-93", "miR-140"},
        ),
        ("qPCR of A549 exosomes showed upregulation of miR-93.", {"miR-93"}),
        ("Profiling of A549 exosomes pointed to miR-93.", {"miR-93"}),
        ("RNA-seq of A549 exosomes revealed that miR-93 was upregulated.", {"miR-93"}),
        ("Microarray analysis of A549 exosomes disclosed miR-93 to be elevated.", {"miR-93"}),
        ("Exosomal RNA sequencing revealed miR-93.", {"miR-93"}),
        ("PCR of the exosomes disclosed mRNAs of genes (TBP), microRNAs, among them miR-93.", {"miR-93"}),
        ("EV-miRNA profiles of A549 cells showed a surplus of miR-93.", {"miR-93"}),
        ("Sequencing of HUVECs treated with exosomes revealed miR-93.", set()),
        ("Exosomal uptake assays with A549 cells revealed miR-93.", set()),
    ],
)
def test_what_an_analysis_shows(carried: Carried, text: str, names: set[str]) -> None:
    assert carried(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("EV-miRNAs such as miR-21 and miR-155 rose in A549 cells.", {"miR-21", "miR-155"}),
        ("EV miRNAs of A549 cells, notably miR-21, rose.", {"miR-21"}),
        ("Exosomal miRNAs (miR-21, miR-155) of A549 cells rose.", {"miR-21", "miR-155"}),
        ("58 miRNAs were detected in A549 exosomes, including miR-21.", {"miR-21"}),
        ("miRNAs were found in exosomes of T cells, of which miR-21 was most abundant.", {"miR-21"}),
        ("Several miRNAs were increased in exosomes; of these, miR-21 was selected.", {"miR-21"}),
        ("miRNAs were packed in exosomes of A549 cells, among them miR-21.", {"miR-21"}),
        (
            "1893 transcripts are enriched in EVs, including 522 lncRNAs and 2 microRNAs (miR-17, miR-18a).",
            {"miR-17", "miR-18a"},
        ),
        ("The exosomes contained 40 miRNAs, with miR-21 being the most abundant.", {"miR-21"}),
        ("Of the 40 exosomal miRNAs, miR-21 was chosen.", {"miR-21"}),
        ("miRNAs in exosomes regulate genes including miR-21 targets.", set()),
        ("Of 52 exosomal miRNAs, none changed; of the cellular ones miR-21 did.", set()),
        ("miRNAs in EVs differ from cellular ones such as miR-21.", set()),
        ("miRNAs were found in exosomes of T cells, among which miR-21 was not.", set()),
    ],
)
def test_members_of_a_set(carried: Carried, text: str, names: set[str]) -> None:
    assert carried(text) == names


@pytest.mark.parametrize(
    "rest",
    [
        "The top upregulated were miR-4488 and miR-39.",
        "Among them, miR-4488 and miR-39 ranked first.",
        "Of these, miR-4488 and miR-39 were most abundant.",
        "miR-4488 and miR-39 were the most abundant miRNAs.",
    ],
)
def test_members_in_the_next_sentence(told: Told, rest: str) -> None:
    found = told("58 miRNAs were changed in exosomes of A549 cells. " + rest)
    assert {r[:3] for r in found} == {("yes", "A549 cells", "miR-4488"), ("yes", "A549 cells", "miR-39")}


@pytest.mark.parametrize(
    "text",
    [
        "Exosomes ferry miR-21 into T cells.",
        "Exosomes bring miR-21 to T cells.",
        "A549 exosomes supply HUVECs with miR-21.",
        "Exosomes charged with miR-21 reached HUVECs.",
        "Exosomes ferry agents (CTGF and miR-21) to HUVECs.",
        "Exosomes ferry scar-forming agents (CTGF and miR-21) to HUVECs.",
        "Inflammation rose with miR-21, which CAFs send out in exosomes.",
        "miR-21 was brought by EVs into HUVECs.",
        "miR-21 is handed over within EVs to HUVECs.",
        "The EV/miR-21 axis drives growth.",
        "The exosome/miR-21/PTEN axis drives growth of HUVECs.",
        "miR-21 rose not only in A549 cells but in their EVs.",
        "miR-21 rose not only in the cells but also in their EVs.",
        "miR-21 was high in A549 cells as well as in the EVs they release.",
    ],
)
def test_ways_to_carry(carried: Carried, text: str) -> None:
    assert carried(text) == {"miR-21"}


def test_what_the_next_vesicles_are_rich_in(carried: Carried) -> None:
    text = "Early exosomes were rich in miR-335, late exosomes in miR-1248."
    assert carried(text) == {"miR-335", "miR-1248"}
    assert carried("Early exosomes were rich in miR-335, late cells in miR-1248.") == {"miR-335"}


@pytest.mark.parametrize(
    "text",
    [
        "Exosomes bring about miR-21 loss.",
        "The exosomes were negatively charged; miR-21 rose.",
        "The miR-21/exosome ratio rose.",
        "miR-21 left the nucleus as EVs rose.",
        "EVs of MSCs promoted healing, and PTEN was suppressed by miR-21.",
        "EVs of MSCs promoted healing, but PTEN was controlled by miR-21.",
        "EV release fell since RAB27B was targeted by miR-21.",
        "EVs of MSCs promoted healing of neurons and might be regulated by miR-21.",
        "Exosomes carried VEGF and promoted migration of HUVECs, where miR-21 was lowered.",
        "Exosomes of MSCs spare neurons, thereby miR-21 rose.",
    ],
)
def test_another_clause(carried: Carried, text: str) -> None:
    assert carried(text) == set()


def test_what_vesicles_act_by(carried: Carried) -> None:
    assert carried("EVs protect neurons, reduce stress and suppress PTEN by miR-21.") == {"miR-21"}


@pytest.mark.parametrize(
    "text",
    [
        "MSCs spare neurons by regulating the miR-21/PTEN axis via exosomes.",
        "MSCs spare neurons through the miR-21/PTEN/AKT pathway by exosomes.",
    ],
)
def test_an_axis_keeps_its_target(told: Told, text: str) -> None:
    assert {(mirna, target) for _, _, mirna, _, target in told(text)} == {("miR-21", "PTEN")}
