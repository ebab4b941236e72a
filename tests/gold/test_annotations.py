"""The annotations of real texts: complete, well formed, naming what the text says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extractor.resources import resource

FILES = {
    "abstracts170.jsonl": ({"transfer": 38, "cargo": 51, "none": 81}, 95),
    "abstracts170.second.jsonl": ({"transfer": 37, "cargo": 52, "none": 81}, 83),
    "paragraphs151.jsonl": ({"transfer": 24, "cargo": 35, "none": 92}, 111),
}


def records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle]


def gold(name: str) -> list[dict[str, Any]]:
    return records(resource("gold", name))


def texts(name: str, shared: Path) -> dict[str, str]:
    if name.startswith("paragraphs"):
        found = records(shared / "data" / "fulltext" / "paragraphs.jsonl")
        return {f"par-{n:03d}": "\n" + r["text"] for n, r in enumerate(found, 1)}
    found = records(shared / "data" / "unlabelled.jsonl")
    return {r["pmid"]: r["title"] + "\n" + r["abstract"] for r in found}


@pytest.mark.parametrize("name", FILES)
def test_the_counts_that_the_readme_tells(name: str) -> None:
    found = gold(name)
    classes, tuples = FILES[name]
    assert len({r["pmid"] for r in found}) == len(found) == sum(classes.values())
    assert Counter(r["class"] for r in found) == classes
    assert sum(len(r["tuples"]) for r in found) == tuples


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_finding_has_no_tuples(name: str) -> None:
    assert [r["pmid"] for r in gold(name) if r["class"] == "none" and r["tuples"]] == []


@pytest.mark.parametrize("name", ["abstracts170.jsonl", "abstracts170.second.jsonl"])
def test_what_has_no_transfer_has_no_recipient(name: str) -> None:
    rest = [t for r in gold(name) if r["class"] != "transfer" for t in r["tuples"]]
    assert [t for t in rest if t["recipient"]] == []


@pytest.mark.parametrize("name", FILES)
def test_cells_and_genes_are_named_in_the_text(name: str, shared: Path) -> None:
    known = texts(name, shared)
    missing = [
        (r["pmid"], form)
        for r in gold(name)
        for t in r["tuples"]
        for slot in ("donor", "recipient", "target")
        for form in t[slot]
        if form not in known[r["pmid"]]
    ]
    assert missing == []


def test_both_passes_are_about_the_same_abstracts() -> None:
    first, second = (gold(name) for name in list(FILES)[:2])
    assert [r["pmid"] for r in first] == [r["pmid"] for r in second]
    assert sum(a["class"] == b["class"] for a, b in zip(first, second, strict=True)) == 167
