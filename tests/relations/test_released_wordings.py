"""How a text says whose vesicles they are: the usual wordings, and what bounds them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document

Givers = Callable[[str], set[str]]


@pytest.fixture
def givers(extractor: Extractor) -> Givers:
    """The cells that a text says release vesicles or what they carry."""

    def names(text: str) -> set[str]:
        facts = extractor.analyse(extractor.read(Document("1", text))).facts
        return {m.text for f in facts if f.kind == "RELEASES" and not f.negated for m in f.left}

    return names


@pytest.fixture
def kinds(extractor: Extractor) -> Givers:
    """The kinds of facts that a text states."""

    def names(text: str) -> set[str]:
        return {f.kind for f in extractor.analyse(extractor.read(Document("1", text))).facts}

    return names


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("EVs were isolated from untreated A549 cells.", "A549 cells"),
        ("EVs isolated from confluent HeLa cells carried miR-21.", "HeLa cells"),
        ("Exosomes from freshly isolated T cells carried miR-21.", "T cells"),
        ("EVs were isolated from two hepatoma cell lines.", "hepatoma cell lines"),
        ("Exosomes of control HaCaT cells contained miR-21.", "HaCaT cells"),
        ("EVs from control MSCs increased growth of neurons.", "MSCs"),
        ("sEVs were collected from polarized Caco-2 monolayers.", "Caco-2"),
        ("sEVs were collected from confluent A549 monolayers.", "A549"),
        ("Exosomes were gathered from MSCs.", "MSCs"),
        ("Exosomes were pelleted from the medium of MSCs.", "MSCs"),
        ("Exosomes were recovered from the medium of MSCs.", "MSCs"),
        ("Exosomes were captured from supernatants of MSCs.", "MSCs"),
        ("Exosomes recovered from MSCs carried miR-21.", "MSCs"),
        ("EV miRNAs of A549 cells rose.", "A549 cells"),
        ("EV miRNAs released by A549 cells rose.", "A549 cells"),
    ],
)
def test_before_the_donor(givers: Givers, text: str, cell: str) -> None:
    assert givers(text) == {cell}


@pytest.mark.parametrize(
    "text",
    [
        "EVs isolated from untreated patients carried miR-21.",
        "EVs from healthy controls carried miR-21.",
        "EVs polarized Caco-2 cells.",
        "Exosomes captured by MSCs carried miR-21.",
        "Labelled EVs were recovered from microglia.",
        "miR-21 was recovered from T cells.",
        "EV miRNAs of glioma patients rose.",
        "EVs were added to the medium of A549 cells.",
        "BMSC-conditioned medium was free of EVs.",
    ],
)
def test_no_donor(givers: Givers, text: str) -> None:
    assert givers(text) == set()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("EVs in the conditioned medium of A549 cells carried miR-21.", "A549 cells"),
        ("EVs present in the supernatant of A549 cells carried miR-21.", "A549 cells"),
        ("EVs contained in A549 conditioned medium carried miR-21.", "A549"),
        ("BMSC-conditioned medium contained EVs with miR-21.", "BMSC"),
        ("The EV fraction of HeLa cells carried miR-21.", "HeLa cells"),
        ("The exosome pellet of HeLa cells carried miR-21.", "HeLa cells"),
    ],
)
def test_vesicles_in_a_medium(givers: Givers, text: str, cell: str) -> None:
    assert givers(text) == {cell}


@pytest.mark.parametrize(
    "text",
    [
        "CAFs expel miR-21 via exosomes.",
        "CAFs eliminate miR-21 through exosomes.",
        "CAFs dispose of miR-21 in exosomes.",
        "CAFs get rid of miR-21 by exosomes.",
        "CAFs give off miR-21 in EVs.",
        "miR-21 is discarded from CAFs through exosomes.",
        "miR-21 is expelled by CAFs in EVs.",
        "miR-21 is dispatched by CAFs to T cells within exosomes.",
        "miR-21 leaves CAFs in exosomes.",
        "miR-21 escapes from CAFs within EVs.",
        "Sorting of miR-21 into exosomes by CAFs rose.",
        "In CAFs, miR-21 is disposed of in microvesicles.",
    ],
)
def test_getting_rid_of_it(givers: Givers, text: str) -> None:
    assert givers(text) == {"CAFs"}


@pytest.mark.parametrize(
    "text",
    [
        "Macrophages eliminate exosomes with miR-21.",
        "miR-21 leaves the nucleus of CAFs.",
        "Uptake of miR-21 in exosomes by CAFs rose.",
    ],
)
def test_not_getting_rid_of_it(givers: Givers, text: str) -> None:
    assert givers(text) == set()


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Exosomal miR-21 of gastric cancer drives growth of HUVECs.", {"gastric cancer"}),
        ("Exosomal miR-21 from primary glioblastoma drives growth of HUVECs.", {"primary glioblastoma"}),
        ("Exosomes of colon cancer slices carried miR-21.", {"colon cancer"}),
        ("Exosomal miR-21 of gastric cancer patients rose.", set()),
        ("Exosomal miR-21 helps the diagnosis of gastric cancer.", set()),
    ],
)
def test_a_tumour_gives(givers: Givers, text: str, cells: set[str]) -> None:
    assert givers(text) == cells


@pytest.mark.parametrize(
    "text",
    [
        "Exosomes from the gingival crevicular fluid carried miR-21.",
        "Exosomes of lymphatic drainage fluid carried miR-21.",
        "Exosomes from dialysis effluent carried miR-21.",
        "Exosomes in nasal mucus carried miR-21.",
        "Exosomes of interstitial fluid carried miR-21.",
        "Exosomes of wound exudate carried miR-21.",
        "Vesicles from nasal lavage carried miR-21.",
    ],
)
def test_fluids(kinds: Givers, text: str) -> None:
    found = kinds(text)
    assert "FLUID" in found
    assert "RELEASES" not in found


@pytest.mark.parametrize(
    "text",
    [
        "EVs of wound-edge keratinocytes carried miR-21.",
        "Exosomes of umbilical cord blood MSCs carried miR-21.",
    ],
)
def test_no_fluids(kinds: Givers, text: str) -> None:
    assert "FLUID" not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Exosomal miR-21 drives the shift from the epithelial to the mesenchymal state of A549 cells.",
        "Exosomal miR-21 speeds conversion from normal fibroblasts to CAFs.",
    ],
)
def test_a_change_of_state_is_no_way(kinds: Givers, text: str) -> None:
    assert "FROMTO" not in kinds(text)


def test_a_way(kinds: Givers) -> None:
    assert "FROMTO" in kinds("Exosomal miR-21 moved from CAFs to T cells.")


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Cy3-labelled miR-21 transfected into BMSCs was detected in co-cultured A549 cells.", True),
        ("A retrovirus coding for miR-1287 was introduced into HS-5 cells.", True),
        ("Exosomes introduced miR-21 into macrophages.", False),
        ("A miR-21 inhibitor was transfected into BMSCs.", False),
    ],
)
def test_a_cell_that_is_given_a_mirna(kinds: Givers, text: str, given: bool) -> None:
    assert ("LOADED" in kinds(text)) == given
