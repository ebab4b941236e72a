"""Gene names to HGNC, FamPlex and orthologues, in context."""

from __future__ import annotations

import pytest

from extractor.grounding import Context, ground

CUE = Context(gene_cue=True)


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("TJP1", "TJP1"),
        ("ZO-1", "TJP1"),
        ("Zonula Occludens protein 1", "TJP1"),
        ("PTEN protein", "PTEN"),
        ("β-catenin", "CTNNB1"),
        ("beta catenin", "CTNNB1"),
        ("TGFβ1", "TGFB1"),
        ("integrin α5", "ITGA5"),
        ("integrin alpha 6", "ITGA6"),
        ("NF-kB", "NFkappaB"),
        ("TLR", "TLR"),
        ("Survival of Motor Neuron (SMN) protein", "SMN1"),
        ("Mef2c", "MEF2C"),
        ("VEGF", "VEGF"),
        ("SMAD4", "SMAD4"),
        ("Pyruvate kinase", "PKM"),
    ],
)
def test_the_right_gene_first(name: str, symbol: str) -> None:
    decision = ground(name, "GENE", CUE)
    assert decision.best is not None and decision.best.name == symbol
    assert decision.confident


@pytest.mark.parametrize("name", ["MSC", "HCC", "DC", "PC3", "EC", "xyzzy", "proteins", ""])
def test_without_a_cue_a_cell_abbreviation_is_no_gene(name: str) -> None:
    assert ground(name, "GENE").best is None


def test_a_cue_makes_the_symbol_count() -> None:
    best = ground("MSC", "GENE", CUE).best
    assert best is not None and best.curie == "hgnc:7321"


def test_common_words_are_never_confident_without_a_cue() -> None:
    assert not ground("set", "GENE").confident
    assert not ground("Rest", "GENE").confident
    assert ground("REST", "GENE", CUE).confident


def test_the_documents_long_form_decides() -> None:
    context = Context(abbreviations={"CAT": "chloramphenicol acetyltransferase"})
    assert ground("CAT", "GENE", Context()).best is not None
    left = ground("CAT", "GENE", Context(abbreviations={"CAT": "computed axial tomography"}))
    assert not left.confident
    assert "computed axial tomography" in left.candidates[0].reason
    assert ground("CAT", "GENE", context).candidates
    won = ground("PS1", "GENE", Context(abbreviations={"PS1": "presenilin 1"}))
    assert won.best is not None and won.best.name == "PSEN1"


def test_several_owners_of_an_alias_stay_candidates() -> None:
    decision = ground("PC3", "GENE", CUE)
    assert len(decision.candidates) > 2
    assert not decision.confident


@pytest.mark.parametrize(
    ("name", "species", "curie"),
    [
        ("Ppm1f", ("mouse",), "mgi:1918464"),
        ("Ppm1f", ("rat",), "rgd:631363"),
        ("Ppm1f", ("mouse", "human"), "hgnc:19388"),
        ("PPM1F", ("mouse",), "hgnc:19388"),
        ("Ppm1f", (), "hgnc:19388"),
    ],
)
def test_orthologue_where_the_document_means_it(name: str, species: tuple[str, ...], curie: str) -> None:
    best = ground(name, "GENE", Context(species=species, gene_cue=True)).best
    assert best is not None and best.curie == curie


def test_scores_lie_between_nought_and_one() -> None:
    for name in ("PTEN", "PC3", "MAL", "set", "p21", "SIP1"):
        assert all(0 <= c.score <= 1 for c in ground(name, "GENE").candidates)
