"""Vesicle names: nouns, adjectives, coined short forms; organelles and look-alikes are none."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractor.components.vesicles import find_vesicles, vesicle_kind


def found(text: str, abbreviations: dict[str, str] | None = None) -> list[tuple[str, str]]:
    mentions = find_vesicles(text, abbreviations)
    assert all(text[m.start : m.end] == m.text and m.label == "VESICLE" for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    return [(m.text, m.name) for m in mentions]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("exosomes", "exosome:noun"),
        ("Exosomes", "exosome:noun"),
        ("EXOSOMES", "exosome:noun"),
        ("exosomal", "exosome:adjective"),
        ("extracellular vesicles", "extracellular vesicle:noun"),
        ("EVs", "extracellular vesicle:noun"),
        ("sEVs", "extracellular vesicle:noun"),
        ("microvesicles", "microvesicle:noun"),
        ("micro-vesicles", "microvesicle:noun"),
        ("microparticles", "microparticle:noun"),
        ("ectosomes", "ectosome:noun"),
        ("apoptotic bodies", "apoptotic body:noun"),
        ("vesicles", "vesicle:noun"),
        ("vesicular", "vesicle:adjective"),
    ],
)
def test_a_vesicle_has_a_kind_and_a_form(printed: str, name: str) -> None:
    assert found(f"{printed} rose.") == [(printed, name)]


@pytest.mark.parametrize(
    "text",
    [
        "Synaptic vesicles fused.",
        "The secretory vesicles fused.",
        "Endosomes and lysosomes fused.",
        "A nanoparticle fused.",
        "Exome sequencing was run.",
        "EVT cells and the EVI1 gene.",
        "MVP was measured.",
        "microvascular walls",
        "",
    ],
)
def test_what_is_no_vesicle(text: str) -> None:
    assert found(text) == []


def test_a_coined_short_form_is_a_vesicle_only_where_it_is_defined() -> None:
    assert found("MDE rose, MDEs fell.") == []
    assert found("MDE rose, MDEs fell.", {"MDE": "macrophage-derived exosomes"}) == [
        ("MDE", "exosome:short"),
        ("MDEs", "exosome:short"),
    ]


def test_a_short_form_inside_a_word_is_not_meant() -> None:
    assert found("MDEX and AMDE rose.", {"MDE": "macrophage-derived exosomes"}) == []


def test_a_short_form_of_something_else_is_no_vesicle() -> None:
    assert found("MDE rose.", {"MDE": "macrophage differentiation element"}) == []


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("macrophage-derived exosomes", "exosome"),
        ("small extracellular vesicles", "extracellular vesicle"),
        ("exosomes of very many different macrophages", None),
        ("macrophage", None),
    ],
)
def test_the_kind_of_a_long_form_is_its_head(phrase: str, kind: str | None) -> None:
    assert vesicle_kind(phrase) == kind


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("apoVs", "apoptotic body:noun"),
        ("ApoBDs", "apoptotic body:noun"),
        ("TEXs", "exosome:noun"),
        ("TDEs", "exosome:noun"),
        ("OMVs", "vesicle:noun"),
        ("NVs", "nanovesicle:noun"),
        ("RBCEVs", "extracellular vesicle:noun"),
        ("exomeres", "exomere:noun"),
        ("dexosomes", "exosome:noun"),
        ("exosome-like nanoparticles", "exosome:noun"),
        ("shedding vesicles", "microvesicle:noun"),
        ("exosomally", "exosome:adjective"),
    ],
)
def test_a_vesicle_word_of_the_field(printed: str, name: str) -> None:
    assert found(f"They gave {printed} to mice.") == [(printed, name)]


@pytest.mark.parametrize(
    "text",
    [
        "TEX cells",
        "HEVs of nodes",
        "the exocytic pathway",
        "auto-ABs",
        "ApoE of mice",
        "EMPs and PMPs",
        "ELN",
    ],
)
def test_a_look_alike_of_one_is_none(text: str) -> None:
    assert found(f"They saw {text} here.") == []


def test_a_word_stands_for_the_vesicles_of_a_donor_where_the_document_defines_it_so() -> None:
    assert found("TDEs rose.") == [("TDEs", "exosome:noun")]
    assert found("TDEs rose.", {"TDEs": "tumor-derived exosomes"}) == [("TDEs", "exosome:short")]
    assert found("EVs rose.", {"EVs": "tumor-derived extracellular vesicles"}) == [
        ("EVs", "extracellular vesicle:noun")
    ]
    assert found("GELNs rose.", {"GELNs": "Ginger exosome-like nanoparticles"}) == [
        ("GELNs", "exosome:short")
    ]
