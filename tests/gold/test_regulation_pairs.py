"""The annotated miRNA-gene pairs: sound records, and places that hold the names they claim."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extractor.resources import resource

SAID = {"regulates", "regulated by", "none", "unclear"}


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    path = resource("gold", "regulation_pairs.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_pair_of_a_sentence_is_judged_once(records: list[dict[str, Any]]) -> None:
    assert len(records) == 597 and {r["round"] for r in records} == {1, 2, 3}
    for record in records:
        start, end = record["sentence"]
        pairs = [(tuple(m), tuple(g)) for m, g, _ in record["pairs"]]
        mirnas, genes = {m for m, _ in pairs}, {g for _, g in pairs}
        assert len(pairs) == len(set(pairs)) == len(mirnas) * len(genes)
        assert all(start <= a < b <= end for a, b in mirnas | genes)
        assert {said for *_, said in record["pairs"]} <= SAID


def test_how_often_each_is_said(records: list[dict[str, Any]]) -> None:
    counts = Counter(said for r in records for *_, said in r["pairs"])
    assert counts == {"regulates": 587, "none": 748, "unclear": 169, "regulated by": 129}


def test_the_places_hold_mirnas(records: list[dict[str, Any]], shared: Path) -> None:
    lines = (shared / "data" / "negatives_mirna.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {str(r["pmid"]): f"{r['title']}\n{r['abstract']}" for r in map(json.loads, lines)}
    for record in records:
        for (start, end), _, _ in record["pairs"]:
            name = texts[record["pmid"]][start:end]
            assert re.search(r"mi-?r|let|lin|\d|^[a-z]$", name, re.I), (record["pmid"], name)
