"""What of a text is read for relations, and what is a table or a list."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.relations import analysis
from extractor.types import Document

STATED = "CAF-derived exosomes carry miR-21 into T cells."


def names(extractor: Extractor, text: str) -> list[str]:
    done = extractor.analyse(extractor.read(Document("1", text)))
    return [m.text for m in done.mentions if m.label == "MIRNA"]


def table(numbers: int) -> str:
    """One "sentence" of a table that lost its lines; three of its rows name a miRNA."""
    rows = [f"{name} {n}.5 " for n, name in enumerate(["miR-486-5p", "miR-143-3p", "let-7a"])]
    return "Exosomal miRNA reads " + "".join(rows) + "".join(f"{n},100 " for n in range(10, numbers + 7))


def test_a_table_is_not_read(extractor: Extractor) -> None:
    assert names(extractor, f"{STATED} {table(51)}") == ["miR-21"]
    assert names(extractor, f"{STATED} {table(50)}") == ["miR-21", "miR-486-5p", "miR-143-3p", "let-7a"]


def test_digits_of_names_are_no_numbers(extractor: Extractor) -> None:
    listed = [f"miR-{n}" for n in range(100, 160)]
    assert names(extractor, f"The exosomes held {', '.join(listed)}.") == listed


def test_no_relation_rests_on_a_table(extractor: Extractor) -> None:
    found = extractor.extract(Document("1", f"{STATED} {table(60)}"))
    assert {r.mirna.text for r in found} == {"miR-21"}


def test_a_sentence_too_long_to_be_one_is_not_read(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "LONGEST", 50)
    assert names(extractor, f"{STATED} The miR-22 of all these exosomes was then measured again.") == [
        "miR-21"
    ]
