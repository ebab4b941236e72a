"""The annotations of 170 further abstracts: complete, well formed, naming what the text says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parents[2] / "gold" / "abstracts170.jsonl"


def records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle]


def test_the_counts_that_the_readme_tells() -> None:
    found = records(GOLD)
    assert len({r["pmid"] for r in found}) == 170
    assert Counter(r["class"] for r in found) == {"transfer": 38, "cargo": 51, "none": 81}
    assert sum(len(r["tuples"]) for r in found) == 95


def test_what_has_no_transfer_has_no_recipient() -> None:
    rest = [t for r in records(GOLD) if r["class"] != "transfer" for t in r["tuples"]]
    assert [t for t in rest if t["recipient"]] == []
    assert [r["pmid"] for r in records(GOLD) if r["class"] == "none" and r["tuples"]] == []


def test_cells_and_genes_are_named_in_the_text(shared: Path) -> None:
    texts = {
        r["pmid"]: r["title"] + "\n" + r["abstract"] for r in records(shared / "data" / "unlabelled.jsonl")
    }
    missing = [
        (r["pmid"], form)
        for r in records(GOLD)
        for t in r["tuples"]
        for slot in ("donor", "recipient", "target")
        for form in t[slot]
        if form not in texts[r["pmid"]]
    ]
    assert missing == []
