"""The filter before any model: it may let too much through, but loses no transfer."""

from __future__ import annotations

import pytest

from extractor.components.mirna import find_mirnas
from extractor.components.vesicles import find_vesicles
from extractor.rules.loader import read_rows
from extractor.triage import may_regulate, may_transfer

MIRNAS = [
    "miR-21",
    "MIR-21",
    "mir 21",
    "microRNA-21",
    "micRNA-21",
    "Micro-RNA 21",
    "let-7a",
    "Let7b",
    "miRNA-155",
    "lin-4",
    "hsa-miR-1",
]
ROWS = read_rows("vesicle_words.tsv", ("pattern", "kind", "form", "example", "counterexample"))


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["pattern"][:24])
def test_every_vesicle_word_lets_a_text_pass(row: dict[str, str]) -> None:
    assert find_vesicles(row["example"])
    assert may_transfer(f"{row['example']} and miR-21")


@pytest.mark.parametrize("name", MIRNAS)
def test_every_printing_of_a_mirna_lets_a_text_pass(name: str) -> None:
    assert find_mirnas(f"exosomes with {name} as a miRNA")
    assert may_transfer(f"exosomes with {name}") and may_regulate(f"{name} rose")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "miR-21 targets PTEN.",
        "Exosomes of fibroblasts carry PTEN.",
        "Every movie was mirthful.",
        "outlet-7",
    ],
)
def test_without_both_nothing_passes(text: str) -> None:
    assert not may_transfer(text)


def test_regulation_needs_no_vesicle() -> None:
    assert may_regulate("miR-21 targets PTEN.") and not may_regulate("Exosomes carry PTEN.")
