"""Accuracy on the curated forms: the floors that issue 3 sets, and an honest file."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from extractor.grounding import Context, ground, lookup, species_cues
from extractor.resources import resource

FLOOR = {"MIRNA": 0.95, "GENE": 0.92, "CELL": 0.85}
CONFIDENT_WRONG = 0.02


def rows() -> list[dict[str, str]]:
    with resource("gold", "grounding.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_file_is_whole() -> None:
    table = rows()
    assert len(table) > 650
    keys = Counter((r["split"], r["label"], r["form"]) for r in table)
    assert max(keys.values()) == 1
    assert all(r["reason"] for r in table)
    pattern = re.compile(
        r"none|(?:mirbase|mirbase\.mature|rfam|hgnc|fplx|mgi|rgd|CL|mesh|cellosaurus|UBERON|MONDO):\S+"
    )
    assert all(pattern.fullmatch(c) for r in table for c in r["curie"].split("|"))


@pytest.mark.parametrize("label", FLOOR)
def test_accuracy(label: str) -> None:
    right = bold = 0
    table = [r for r in rows() if r["label"] == label]
    for row in table:
        pairs = [
            (p.split("=", 1)[0], p.split("=", 1)[1]) for p in row["abbreviations"].split("; ") if "=" in p
        ]
        species = tuple(filter(None, row["species"].split(",")))
        context = Context(dict(pairs), species, gene_cue=label == "GENE")
        decision = ground(row["form"], label, context)
        good = (decision.best.curie if decision.best else "none") in row["curie"].split("|")
        right += good
        bold += decision.confident and not good
    assert right / len(table) >= FLOOR[label]
    assert bold / len(table) <= CONFIDENT_WRONG


def test_lookup_asks_every_kind_the_surest_first() -> None:
    decisions = lookup("HCC")
    assert decisions[0].label == "CELL"
    assert {d.label for d in decisions} == {"CELL", "GENE"}
    assert [d.label for d in lookup("HCC", label="GENE")] == ["GENE"]
    assert len(lookup("qqqq")) == 1


def test_species_cues_are_counted() -> None:
    assert species_cues("Mice got human cells; the mouse hearts healed.") == ("mouse", "human")
    assert species_cues("The rate of humankind") == ()
