"""Who gives, where a sentence tells it by what came of it: an effect, an exposure, a boosted release."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.components.cells import find_cells

Stated = Callable[[str, str], set[tuple[str, str]]]
Told = Callable[[str], set[tuple[str, ...]]]


def givers(stated: Stated, text: str) -> set[str]:
    return {cell for cell, _ in stated(text, "RELEASES")}


@pytest.mark.parametrize(
    ("text", "donor"),
    [
        (
            "Enhanced cardioprotection by dental pulp stem cells driven by exosomal miR-9.",
            "dental pulp stem cells",
        ),
        ("Superior neuroprotection by ADSCs mediated by exosomal miR-9.", "ADSCs"),
        ("Improved wound healing by ADSCs through exosomal miR-9.", "ADSCs"),
        ("Better wound healing by ADSCs via the transfer of exosomal miR-9.", "ADSCs"),
        ("ADSCs protect the heart, driven by exosomal miR-9.", "ADSCs"),
    ],
)
def test_an_effect_by_the_donor(stated: Stated, told: Told, text: str, donor: str) -> None:
    assert givers(stated, text) == {donor}
    assert not stated(text, "AFFECTS")
    assert {r[1] for r in told(text)} == {donor}
    assert {r[3] for r in told(text)} == {"-"}


@pytest.mark.parametrize(
    "text",
    [
        "Invasion of HCC cells driven by exosomal miR-9.",
        "Phagocytosis by macrophages driven by exosomal miR-9.",
    ],
)
def test_what_cells_do_themselves_is_no_effect_of_theirs(stated: Stated, text: str) -> None:
    assert not givers(stated, text)


@pytest.mark.parametrize(
    "text",
    [
        "Inhibition of miR-9 abolished the protective effects of MSCs.",
        "Loss of miR-9 weakened the therapeutic effects of MSCs.",
        "An antagomir of miR-9 blunted the angiogenic effects of MSCs.",
        "Inhibitors of miR-9 reversed the paracrine effects exerted by MSCs.",
        "miR-9 knockdown abrogated the neuroprotection conferred by MSCs.",
        "Antagonism of miR-9 by oligonucleotides blunted the antiapoptotic and angiogenic effects of MSCs.",
    ],
)
def test_the_effect_that_is_lost_with_a_mirna(stated: Stated, text: str) -> None:
    assert ("MSCs", "miR-9") in stated(text, "RELEASES")
    assert not stated(text, "HOST")


def test_the_effect_that_is_lost_on_a_cell(stated: Stated) -> None:
    text = "Inhibition of miR-9 abolished the protective effects of MSCs on neurons."
    assert stated(text, "FROMTO") == {("MSCs", "neurons")}


@pytest.mark.parametrize("effect", ["cardioprotective effect", "angiogenic effects"])
def test_who_has_an_effect_is_no_host_of_it(stated: Stated, effect: str) -> None:
    text = f"Exosomes of CAFs carried miR-9, which enhanced the {effect} of MSCs."
    assert not stated(text, "HOST")
    assert not stated(text, "AFFECTS")


def test_lost_invasion_is_no_effect_of_a_donor(stated: Stated) -> None:
    text = "Inhibition of miR-9 abolished the invasion of HCC cells."
    assert not givers(stated, text)
    assert stated(text, "HOST") == {("HCC cells", "invasion")}


@pytest.mark.parametrize(
    "text",
    [
        "Exposure of podocytes to glucose increased miR-9 in supernatant EVs.",
        "Stimulation of podocytes with IL-1 raised the levels of miR-9 in the secreted EVs.",
        "Treating podocytes with metformin reduced miR-9 in small EVs.",
        "Hypoxia promoted exosome secretion of podocytes.",
        "Exosome release by podocytes rose with miR-9.",
        "Hypoxia stimulated the secretion of exosomes in podocytes, and miR-9 rose.",
        "Hypoxia in podocytes boosted exosome release, and miR-9 rose.",
        "miR-9 was measured in exosomes from serum samples and the supernatant of podocytes.",
        "miR-9 was high in exosomes of serum and culture medium of podocytes.",
    ],
)
def test_vesicles_of_a_cell_that_was_exposed(stated: Stated, text: str) -> None:
    assert givers(stated, text) == {"podocytes"}


@pytest.mark.parametrize(
    "text",
    [
        "Exposure of podocytes to EVs increased miR-9 in podocytes.",
        "Hypoxia in podocytes boosted exosome uptake, and miR-9 rose.",
        "miR-9 lowers exosome release in podocytes.",
        "Loss of miR-9 in podocytes increased exosome release.",
        "Heat promoted the transfer of exosomes to podocytes.",
        "Serum exosomes from gastric cancer lung metastasis patients held miR-9.",
        "miR-9 was measured in exosomes from serum samples and urine.",
    ],
)
def test_no_donor(stated: Stated, text: str) -> None:
    assert not givers(stated, text)


@pytest.mark.parametrize(
    ("text", "donors"),
    [
        ("Exosomes delivered miR-9 into the other PDAC cells.", {"other PDAC cells"}),
        ("Exosomal miR-9 spread to neighbouring glioma cells.", {"neighbouring glioma cells"}),
        ("CAF exosomes delivered miR-9 to neighbouring HCC cells.", {"CAF"}),
        ("Serum exosomes delivered miR-9 to neighbouring HCC cells.", {"-"}),
        ("Exosomal miR-9 was transferred to surrounding endothelial cells.", {"-"}),
    ],
)
def test_neighbours_of_one_kind(told: Told, text: str, donors: set[str]) -> None:
    assert {r[1] for r in told(text)} == donors


def test_ceramide_is_no_line() -> None:
    assert not find_cells("C6 ceramide raised miR-9.")
    assert find_cells("C6 cells raised miR-9.")
