"""Phenotypes: each rule's example and counterexample, coordination, longest match, direction."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.components.phenotypes import (
    _rows,
    denied,
    direction,
    effect_noun,
    find_phenotypes,
    told_behind,
)
from extractor.rules.loader import read_rows

ROWS = read_rows("phenotypes.tsv", ("id", "canonical", "pattern", "example", "counterexample"))
CUES = read_rows("phenotype_cues.tsv", ("id", "pattern", "direction", "example", "counterexample"))


def names(text: str) -> list[str]:
    found = find_phenotypes(text)
    assert all(text[m.start : m.end] == m.text and m.label == "PHENOTYPE" for m in found)
    assert list(found) == sorted(found, key=lambda m: m.start)
    return [m.name for m in found]


def fired(row: dict[str, str], text: str) -> bool:
    fixed = row["canonical"].replace("{1}", "").strip()
    return any(n == fixed or ("{1}" in row["canonical"] and n.endswith(f" {fixed}")) for n in names(text))


@pytest.mark.parametrize("row", ROWS, ids=[r["id"] for r in ROWS])
def test_each_rule_fires_on_its_example_only(row: dict[str, str]) -> None:
    assert fired(row, row["example"])
    assert not fired(row, row["counterexample"])


def test_rule_ids_are_unique_and_curies_well_formed() -> None:
    assert len({r["id"] for r in ROWS}) == len(ROWS) >= 120
    assert all(r["curie"] == "" or r["curie"].startswith(("GO:", "mesh:D")) for r in ROWS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("proliferation, migration and invasion of B", ["proliferation", "migration", "invasion"]),
        ("less lung metastasis and hepatic metastases", ["lung metastasis", "liver metastasis"]),
        ("gemcitabine resistance", ["gemcitabine resistance"]),
        ("resistance to 5-fluorouracil", ["5-FU resistance"]),
        ("M2 polarization of macrophages", ["M2 polarization"]),
        ("polarization of macrophages toward the M2 phenotype", ["M2 polarization"]),
        ("M2‑like macrophage polarization", ["M2 polarization"]),
        ("epithelial–mesenchymal transition (EMT)", ["EMT", "EMT"]),
        ("destruction of endothelial barriers", ["barrier destruction"]),
        ("expansion of regulatory T cells", ["Treg expansion"]),
        ("osteogenic differentiation", ["osteogenic differentiation"]),
        ("keratinocyte differentiation", ["keratinocyte differentiation"]),
        ("reduction of glucose uptake", ["glucose uptake"]),
        ("induction of dormancy and drug resistance", ["dormancy", "chemoresistance"]),
        ("conversion of normal fibroblasts into CAFs", ["CAF transition"]),
        ("renal fibrosis", ["kidney fibrosis"]),
        ("anti-apoptotic effect", ["apoptosis"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a migration assay",
        "wound healing assays",
        "vascular endothelial growth factor",
        "TNF-related apoptosis-inducing ligand",
        "macrophage migration inhibitory factor",
        "programmed cell death ligand 1",
        "cystic fibrosis",
        "fibroblast activation protein",
        "M2-polarized macrophages",
        "highly metastatic cells",
        "miR-21 in serum of patients",
        "chemoresistant cells",
        "overall survival",
    ],
)
def test_no_phenotype(text: str) -> None:
    assert names(text) == []


def test_stems_only_save_time() -> None:
    """A row without stems is always tried; one with stems where a text holds one of them."""
    row = _rows()[0]
    assert row._replace(stems=()).may_match("anything")
    assert row._replace(stems=("vessel",)).may_match("two vessels")
    assert not row._replace(stems=("vessel",)).may_match("anything")


def test_a_concept_comes_with_the_rule_that_knows_one() -> None:
    (found,) = find_phenotypes("more angiogenesis")
    assert found.concept is not None and found.concept.curie == "GO:0001525"
    (found,) = find_phenotypes("more dormancy")
    assert found.concept is None


def directions(text: str) -> list[str]:
    return [direction(text, m) for m in find_phenotypes(text)]


@pytest.mark.parametrize("row", CUES, ids=[r["id"] for r in CUES])
def test_each_cue_gives_its_direction_on_its_example_only(row: dict[str, str]) -> None:
    assert directions(row["example"]) == [row["direction"]]
    assert directions(row["counterexample"]) == [""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EVs promote proliferation, migration and invasion.", ["increases"] * 3),
        ("EVs inhibited apoptosis and promoted migration.", ["decreases", "increases"]),
        ("Angiogenesis was strongly reduced.", ["decreases"]),
        ("The proliferation of B cells was enhanced.", ["increases"]),
        ("EVs suppress hypoxia-induced apoptosis.", ["decreases"]),
        ("EVs prevented the loss of cell viability.", ["increases"]),
        ("EVs attenuated the inhibition of angiogenesis.", ["increases"]),
        ("EVs did not promote angiogenesis.", [""]),
        ("EVs inhibited G; angiogenesis was studied.", [""]),
        ("an anti-fibrotic effect", ["decreases"]),
        ("a pro-angiogenic effect", ["increases"]),
        ("EVs lower G, resulting in enhanced invasion.", ["increases"]),
        ("They reduced G but increased fibrosis.", ["increases"]),
        ("Angiogenesis of tumours.", [""]),
    ],
)
def test_direction(text: str, expected: list[str]) -> None:
    assert directions(text) == expected


WORDS = [r["example"] for r in ROWS] + [
    "promotes",
    "inhibits",
    "was reduced",
    ",",
    ". ",
    "and",
    "of",
    "–",
    "anti-",
]


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_offsets_hold_and_nothing_overlaps_in_any_mixture(text: str) -> None:
    found = find_phenotypes(text)
    names(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(direction(text, m) in ("increases", "decreases", "") for m in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EVs failed to inhibit apoptosis", "decreases"),
        ("EVs no longer promoted apoptosis", "increases"),
        ("EVs promoted apoptosis", ""),
        ("EVs met no apoptosis", ""),
    ],
)
def test_what_is_denied(text: str, expected: str) -> None:
    assert denied(text, find_phenotypes(text)[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The increase in apoptosis was abolished", ("increases", 4)),
        ("The inhibitory effect of EVs on apoptosis fell", ("decreases", 4)),
        ("EVs reduced apoptosis", ("", 12)),
        ("Inhibition of PTEN, EVs and apoptosis", ("", 28)),
    ],
)
def test_names_of_effects(text: str, expected: tuple[str, int]) -> None:
    assert effect_noun(text, find_phenotypes(text)[0]) == expected


def test_what_is_told_behind_a_phenotype() -> None:
    told = ("apoptosis was reduced", "apoptosis was raised by EVs", "EVs reduced apoptosis")
    assert [told_behind(t, find_phenotypes(t)[0]) for t in told] == ["decreases", "increases", ""]
