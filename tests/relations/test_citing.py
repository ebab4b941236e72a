"""Citations of a stretch of text: reference marks and PMIDs."""

from __future__ import annotations

import pytest

from extractor.pipeline import build_pipeline
from extractor.relations.citing import cited
from extractor.text import read_text
from extractor.types import Document


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("EVs hold miR-21 [44, 46].", ("44", "46")),
        ("EVs hold miR-21 (PMID: 24356509).", ("PMID:24356509",)),
        (
            "EVs hold miR-21 (PMIDs 24356509, 27559612; PMID:1234).",
            ("PMID:24356509", "PMID:27559612", "PMID:1234"),
        ),
        ("EVs hold miR-21 [44] (PubMed ID 24356509) (PMID 24356509).", ("44", "PMID:24356509")),
        ("EVs of 24356509 patients hold miR-21.", ()),
        ("EVs from PubMed searches in 2019 hold miR-21.", ()),
    ],
)
def test_what_a_text_cites(text: str, labels: tuple[str, ...]) -> None:
    reading = read_text(Document("1", text))
    assert cited(reading, 0, len(reading.text)) == labels


def test_a_stretch_cites_what_stands_in_it() -> None:
    reading = read_text(Document("1", "One [1] (PMID: 1111). Two [2] (PMID: 2222)."))
    middle = reading.text.index("Two")
    assert cited(reading, 0, middle - 1) == ("1", "PMID:1111")
    assert cited(reading, middle, len(reading.text)) == ("2", "PMID:2222")


def test_a_relation_carries_the_pmid_of_its_evidence() -> None:
    text = "Exosomes of macrophages carried miR-21 into fibroblasts (PMID: 24356509)."
    found = build_pipeline().extract(Document("1", text))
    assert [relation.citations for relation in found] == [("PMID:24356509",)]
