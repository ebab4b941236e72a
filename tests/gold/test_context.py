"""The gold for the context of relations: complete, well formed, inside its texts, without words of theirs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.context.cue_rules import cue_rules
from extractor.context.species import taxa
from extractor.evaluation.split import held_back

GOLD = Path(__file__).resolve().parents[2] / "gold"
KINDS = {rule.name for rule in cue_rules() if rule.attribute == "evidence"}


def records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle]


FULL = [*records(GOLD / "context40.jsonl"), *records(GOLD / "context20.jsonl")]
SORTING = records(GOLD / "context_sorting.jsonl")


def spans(record: dict[str, Any]) -> Iterator[list[int]]:
    for condition in (*record.get("donor_condition", ()), *record.get("recipient_condition", ())):
        yield from condition["spans"]
    yield from record.get("evidence_kinds", {}).values()
    yield from record.get("sorting_spans", ())
    if record.get("engineered"):
        yield record["engineered"]


def test_the_counts_that_the_readme_tells() -> None:
    assert Counter(record["half"] for record in FULL) == {"tuned": 20, "scored": 20, "fresh": 20}
    assert len({record["pmid"] for record in FULL}) == 60
    assert len(SORTING) == 6


@pytest.mark.parametrize("record", FULL, ids=lambda r: r["pmid"])
def test_values_are_those_that_rules_can_give(record: dict[str, Any]) -> None:
    known = {*record["evidence_kinds"], *record["evidence_optional"]}
    assert known - KINDS == set()
    assert {*record["species"], *record["species_optional"]} <= set(taxa().values())
    assert set(record["phenotype_direction"].values()) <= {"promotes", "inhibits", "unclear"}
    assert all(first < last for first, last in spans(record))


def test_what_may_be_read_and_what_may_not(shared: Path) -> None:
    development = {record["pmid"] for record in records(shared / "data" / "dev.jsonl")}
    parts = {r["pmid"]: n % 3 for n, r in enumerate(records(GOLD / "abstracts170.jsonl"))}
    for record in FULL:
        pmid = record["pmid"]
        kept_back = held_back(pmid) if pmid in development else parts[pmid] == 2
        assert kept_back == (record["half"] != "tuned"), pmid


def test_places_lie_in_their_texts(shared: Path) -> None:
    names = ("dev.jsonl", "unlabelled.jsonl")
    rows = [row for name in names for row in records(shared / "data" / name)]
    sizes = {row["pmid"]: len(row["title"]) + 1 + len(row["abstract"]) for row in rows}
    for record in (*FULL, *SORTING):
        assert all(0 <= a < b <= sizes[record["pmid"]] for a, b in spans(record)), record["pmid"]
