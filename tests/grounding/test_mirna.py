"""miRNA names to miRBase."""

from __future__ import annotations

import pytest

from extractor.grounding import Context, ground


@pytest.mark.parametrize(
    ("name", "species", "curie"),
    [
        ("miR-21-5p", (), "mirbase.mature:MIMAT0000076"),
        ("miR-21", (), "mirbase:MI0000077"),
        ("microRNA-21", (), "mirbase:MI0000077"),
        ("micRNA-21", (), "mirbase:MI0000077"),
        ("microRNA (miR)-21", (), "mirbase:MI0000077"),
        ("miRNA-21", (), "mirbase:MI0000077"),
        ("MiR21", (), "mirbase:MI0000077"),
        ("miR-21", ("mouse",), "mirbase:MI0000569"),
        ("miR-21", ("mouse", "human"), "mirbase:MI0000077"),
        ("mmu-miR-21", ("human",), "mirbase:MI0000569"),
        ("miR-1246", (), "mirbase.mature:MIMAT0005898"),
        ("miR-29b", (), "mirbase.mature:MIMAT0000100"),
        ("let-7i", (), "mirbase:MI0000434"),
        ("let-7 family", (), "rfam:RF00027"),
        ("miR-29", (), "rfam:RF00074"),
        ("miR-17-92 cluster", (), "hgnc:23564"),
        ("miR-17~92", (), "hgnc:23564"),
        ("miR-574-5p*", (), "mirbase.mature:MIMAT0004795"),
        ("miR-486-5p", ("rat",), "mirbase.mature:MIMAT0037265"),
        ("miR-223", (), "mirbase:MI0000300"),
        ("miR-378e", (), "mirbase.mature:MIMAT0018927"),
    ],
)
def test_identifier(name: str, species: tuple[str, ...], curie: str) -> None:
    best = ground(name, "MIRNA", Context(species=species)).best
    assert best is not None
    assert best.curie == curie


@pytest.mark.parametrize(
    "name", ["miR-233", "miR-278e", "miR-200 family", "miR-99999", "miR", "", "miR-21-9p"]
)
def test_no_identifier(name: str) -> None:
    assert ground(name, "MIRNA").best is None


def test_a_name_of_another_species_says_where_it_exists() -> None:
    decision = ground("miR-233", "MIRNA")
    assert "cel" in decision.note
    assert all(c.score < 0.5 for c in decision.candidates)


def test_a_family_without_identifier_shows_its_members() -> None:
    names = {c.concept.name for c in ground("miR-200 family", "MIRNA").candidates}
    assert {"hsa-mir-200a", "hsa-mir-200b", "hsa-mir-200c"} <= names


def test_several_loci_stay_visible() -> None:
    decision = ground("miR-29b", "MIRNA")
    assert [c.concept.name for c in decision.candidates] == [
        "hsa-miR-29b-3p",
        "hsa-mir-29b-1",
        "hsa-mir-29b-2",
    ]


def test_a_renamed_mirna_is_not_confident() -> None:
    decision = ground("miR-378", "MIRNA")
    assert decision.best is not None and decision.best.name == "hsa-mir-378a"
    assert not decision.confident
