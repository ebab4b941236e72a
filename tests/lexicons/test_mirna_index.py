"""miRBase names per species."""

from __future__ import annotations

import pytest

from extractor.lexicons import load
from extractor.lexicons.mirna import base_name, species_of


@pytest.mark.parametrize(
    ("name", "species", "expected"),
    [
        ("miR-21", "human", True),
        ("miR-21-5p", "human", True),
        ("hsa-miR-21-5p", "hsa", True),
        ("MiR21", "human", True),
        ("let-7i", "mouse", True),
        ("miR-29", "human", True),
        ("miR-1246", "human", True),
        ("miR-233", "human", False),
        ("miR-233", "mouse", False),
        ("miR-233", "cel", True),
        ("miR-278e", "human", False),
        ("miR-21-7p", "human", False),
        ("miR-1246", "rat", False),
        ("miR-21", "martian", False),
    ],
)
def test_exists(name: str, species: str, expected: bool) -> None:
    assert load().mirnas.exists(name, species) is expected


def test_mature_hairpin_and_loci() -> None:
    index = load().mirnas
    assert [m.curie for m in index.matures("miR-21-5p", "human")] == ["mirbase.mature:MIMAT0000076"]
    assert [m.curie for m in index.hairpins("miR-223", "human")] == ["mirbase:MI0000300"]
    assert [m.name for m in index.hairpins("miR-29b", "human")] == ["hsa-mir-29b-1", "hsa-mir-29b-2"]
    assert [m.name for m in index.arms("miR-210", "human")] == ["hsa-miR-210-5p", "hsa-miR-210-3p"]
    assert index.hairpins("miR-99999", "human") == ()


def test_species_come_human_mouse_rat_first() -> None:
    assert load().mirnas.species[:3] == ("hsa", "mmu", "rno")
    assert len(load().mirnas.species) > 250
    assert "*" not in load().mirnas.species


def test_base_name_and_species() -> None:
    assert base_name("hsa-miR-21-5p") == "mir-21-5p"
    assert base_name("microRNA 21") == "mir-21"
    assert base_name("let7a") == "let-7a"
    assert species_of("mmu-let-7a") == "mmu"
    assert species_of("hsa-miR15b") == "hsa"
    assert species_of("miR-21") is None
    assert species_of("EV-miR-21") is None
