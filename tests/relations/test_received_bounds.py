"""What vesicles give and what they do not: blocked vesicles, treated cells, and who acts through his own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Stated = Callable[[str, str], set[tuple[str, str]]]


@pytest.mark.parametrize(
    "text",
    [
        "miR-21 was upregulated in A549 cells treated with exosome inhibitor GW4869.",
        "miR-21 was upregulated in A549 cells after inhibition of exosome release.",
        "miR-21 in A549 cells rose after exosome secretion was blocked with GW4869.",
        "miR-21 was raised in A549 cells after removal of exosomes.",
        "miR-21 was increased in the liver following injection of the exosome inhibitor GW4869.",
        "miR-21 was increased in A549 cells after hypoxia and released by exosomes.",
        "A549 cells were treated with GW4869, an inhibitor of exosome release.",
        "A549 cells were treated with GW4869 to block exosome secretion.",
        "In A549 cells treated with GW4869, exosomal miR-21 was increased.",
    ],
)
def test_blocked_vesicles_give_nothing(stated: Stated, text: str) -> None:
    assert not stated(text, "REACHES")


@pytest.mark.parametrize(
    "text",
    [
        "Macrophages were treated with LPS for 24 h before exosomes were isolated.",
        "Macrophages were treated with LPS for 24 h, after which EVs were isolated by ultracentrifugation.",
        "Macrophages were treated with LPS for 24 h for exosome isolation.",
        "Macrophages were stimulated with LPS prior to the collection of exosomes.",
    ],
)
def test_the_treated_cell_is_the_donor(stated: Stated, text: str) -> None:
    assert not stated(text, "REACHES")


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("HUVECs were cultured with exosomes for isolation of RNA.", ("exosomes", "HUVECs")),
        ("A549 cells were treated with cisplatin and then with exosomes.", ("exosomes", "A549 cells")),
        ("Exosome-treated HUVECs showed higher miR-21.", ("miR-21", "HUVECs")),
        ("miR-21 was elevated in A549 exosome-treated HUVECs.", ("miR-21", "HUVECs")),
        ("miR-21 in EV-treated cardiomyocytes was higher.", ("miR-21", "cardiomyocytes")),
        ("miR-21 in cardiomyocytes treated with EVs was increased.", ("miR-21", "cardiomyocytes")),
        ("In exosome-treated HUVECs, miR-21 went up.", ("miR-21", "HUVECs")),
        ("Upon delivery to fibroblasts by A549 exosomes, miR-21 lowered PTEN.", ("miR-21", "fibroblasts")),
        ("When added to HUVECs, A549 exosomes induced migration.", ("exosomes", "HUVECs")),
        ("At 24 h after exosome treatment, HUVECs migrated faster.", ("exosome", "HUVECs")),
        ("HUVECs were given PBS or A549 exosomes.", ("exosomes", "HUVECs")),
        ("The exosomes colocalized with lysosomes of HUVECs.", ("exosomes", "HUVECs")),
        ("Invasion of exosome-treated HUVECs was faster.", ("exosome", "HUVECs")),
        ("MSCs took EVs up. The myotubes contained more miR-4454 afterwards.", ("miR-4454", "myotubes")),
        ("The HUVECs expressed higher miR-21 and less PTEN after the treatment.", ("miR-21", "HUVECs")),
    ],
)
def test_received(stated: Stated, text: str, reached: tuple[str, str]) -> None:
    assert reached in stated(text, "REACHES")


@pytest.mark.parametrize(
    ("text", "not_reached"),
    [
        ("miR-21 in cardiomyocytes treated with EVs was lower.", "miR-21"),
        ("When transferred to HUVECs with lipofectamine, miR-21 repressed PTEN.", "miR-21"),
        ("After delivery into MSCs, miR-21 was enriched in MSC exosomes.", "miR-21"),
        ("Exosomal miR-21 conferred on A549 cells the capacity to migrate to the brain.", "miR-21"),
        ("HUVECs gained resistance by miR-21 mimics.", "miR-21"),
        ("Co-culture with A549 cells raised the release of miR-21 in CAFs.", "miR-21"),
        ("The HUVECs contained more miR-21 after treatment with LPS.", "miR-21"),
        ("Besides HUVECs, A549 exosomes were added to CAFs.", "HUVECs"),
    ],
)
def test_not_received(stated: Stated, text: str, not_reached: str) -> None:
    assert not_reached not in {name for pair in stated(text, "REACHES") for name in pair}


def test_treated_cells_given_to_others(stated: Stated) -> None:
    for text in (
        "Exosome-educated macrophages were then incubated with A549 cells.",
        "Macrophages treated with exosomes were co-cultured with A549 cells.",
        "Medium of macrophages treated with exosomes was added to A549 cells.",
    ):
        assert {b for _, b in stated(text, "REACHES")} == {
            next(w for w in ("macrophages", "Macrophages") if w in text)
        }


def test_they_are_given_them(stated: Stated) -> None:
    text = "A549 cells shed exosomes. HUVECs were incubated with them and migrated faster."
    assert ("HUVECs", "HUVECs") in stated(text, "RECIPIENT")
    assert not stated("HUVECs were exposed to them and LPS.", "RECIPIENT")


def test_the_vesicles_of_treated_cells_carry_nothing_of_theirs(stated: Stated) -> None:
    text = "PTEN and miR-21 were lower in exosome-treated HUVECs."
    assert ("exosome", "miR-21") not in stated(text, "CARRIES")


@pytest.mark.parametrize(
    ("text", "donor"),
    [
        ("MSCs protect cardiomyocytes against hypoxia via exosomal miR-21.", "MSCs"),
        ("MSCs attenuate hypoxia-induced apoptosis of cardiomyocytes via exosomal miR-21.", "MSCs"),
        ("CAFs promote proliferation of A549 cells through exosomal miR-21.", "CAFs"),
        ("Hypoxic CAFs could enhance angiogenesis via secreted exosomal miR-21.", "Hypoxic CAFs"),
        ("We show that MSCs reduce infarct size through exosomal miR-21.", "MSCs"),
        ("CAFs were found to promote A549 invasion via exosomal miR-21.", "CAFs"),
        ("Macrophages drive lung cancer growth through extracellular vesicle miR-21.", "Macrophages"),
    ],
)
def test_who_acts_through_vesicles_gives_them(stated: Stated, text: str, donor: str) -> None:
    assert {a for a, _ in stated(text, "RELEASES")} == {donor}


@pytest.mark.parametrize(
    ("text", "donors"),
    [
        ("CAFs promote invasion of A549 cells through exosomal miR-21 from macrophages.", {"macrophages"}),
        ("CAFs promote invasion of A549 cells through MSC exosomal miR-21.", {"MSC"}),
        ("HUVECs improved after treatment via exosomal miR-21.", set()),
        ("Hypoxia promotes A549 cell invasion via exosomal miR-21.", set()),
        ("Macrophage polarization promotes fibrosis via exosomal miR-21.", set()),
        ("T cells are activated via exosomal miR-21.", set()),
        ("T cells suppress tumors by taking up exosomal miR-21.", set()),
        ("Microglia modulate neurons by uptake of exosomal miR-21.", set()),
        ("CAFs promote invasion by blocking exosomal miR-21.", set()),
        ("Loss of PTEN in MSCs promotes fibrosis via exosomal miR-21.", set()),
        ("A549 cells promote growth, and hypoxia lowers it via exosomal miR-21.", set()),
    ],
)
def test_who_does_not_act_through_them(stated: Stated, text: str, donors: set[str]) -> None:
    assert {a for a, _ in stated(text, "RELEASES")} == donors


def test_who_protects_acts_on_the_protected(stated: Stated) -> None:
    text = "MSCs protect cardiomyocytes against hypoxia via exosomal miR-21."
    assert ("miR-21", "cardiomyocytes") in stated(text, "AFFECTS")


def test_a_level_in_cells_is_no_effect_on_them(stated: Stated) -> None:
    assert not stated("In A549 cells, exosomal miR-21 was upregulated.", "AFFECTS")
    text = "In A549 cells, exosomal miR-21 was found to promote growth."
    assert ("miR-21", "A549 cells") in stated(text, "AFFECTS")


def test_a_barrier_is_the_cells_that_it_is_made_of(stated: Stated) -> None:
    text = "Exosomal miR-21 disrupts the endothelial barrier of HUVECs."
    assert {b for _, b in stated(text, "AFFECTS")} == {"HUVECs"}
    text = "Exosomal miR-21 disrupts the endothelial barrier."
    assert {b for _, b in stated(text, "AFFECTS")} == {"endothelial barrier"}
