"""The made-up abstracts: annotations that stand in their texts, and texts that stand nowhere else."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from extractor.evaluation.split import held_back
from extractor.resources import resource

SLOTS = ("donor", "recipient", "target")
RUN = 14
"""Words in a row that no two authors write by chance."""


COUNTS = {
    "invented.jsonl": {"transfer": 496, "cargo": 157, "none": 147},
    "twins.jsonl": {"transfer": 87, "cargo": 65, "none": 101},
    "twins.more.jsonl": {"transfer": 321, "cargo": 172, "none": 262},
    "recast.jsonl": {"transfer": 258, "cargo": 123, "none": 120},
    "fresh60.jsonl": {"transfer": 37, "cargo": 11, "none": 12},
}


def read(name: str) -> list[dict[str, Any]]:
    lines = resource("gold", name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module", params=COUNTS)
def invented(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    return read(request.param)


@pytest.mark.parametrize("name", COUNTS)
def test_counts(name: str) -> None:
    found = read(name)
    assert len({r["pmid"] for r in found}) == len(found) == sum(COUNTS[name].values())
    assert Counter(r["class"] for r in found) == COUNTS[name]


def test_further_twins_are_of_the_same_abstracts() -> None:
    first, more = ({r["twin_of"] for r in read(name)} for name in ("twins.jsonl", "twins.more.jsonl"))
    assert first == more


def test_each_twin_is_of_another_real_abstract_and_none_of_one_held_back() -> None:
    originals = [r["twin_of"] for r in read("twins.jsonl")]
    assert len(set(originals)) == 253 == (130 - 47) + 170
    further = {r["pmid"] for r in read("abstracts170.jsonl")}
    assert not any(held_back(pmid) for pmid in originals if pmid not in further)


def test_every_name_stands_in_its_text(invented: list[dict[str, Any]]) -> None:
    for record in invented:
        text = f"{record['title']}\n{record['abstract']}"
        missing = [n for t in record["tuples"] for slot in SLOTS for n in t[slot] if n not in text]
        assert (record["pmid"], missing) == (record["pmid"], [])


def test_class_and_tuples_agree(invented: list[dict[str, Any]]) -> None:
    for record in invented:
        assert not record["tuples"] or record["class"] != "none", record["pmid"]
        assert record["tuples"] or record["class"] != "transfer", record["pmid"]
        assert all(t["mirna"] for t in record["tuples"]), record["pmid"]


def words(record: dict[str, Any]) -> list[str]:
    return re.findall(r"[a-z0-9]+", f"{record['title']} {record['abstract']}".lower())


def runs(record: dict[str, Any]) -> set[str]:
    found = words(record)
    return {" ".join(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def test_no_sentence_comes_from_a_real_abstract(invented: list[dict[str, Any]], shared: Any) -> None:
    mine = set().union(*map(runs, invented))
    for name in ("dev.jsonl", "unlabelled.jsonl", "negatives_mirna.jsonl"):
        with (shared / "data" / name).open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                assert mine & runs(record) == set(), record["pmid"]
