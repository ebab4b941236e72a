"""Short forms as a document defines them, long form first or short form first."""

from __future__ import annotations

import pytest
import spacy

from extractor.components.abbreviations import detector, find_abbreviations, initials_match


@pytest.fixture(scope="module")
def read():  # type: ignore[no-untyped-def]
    nlp = spacy.blank("en")
    detect = detector(nlp)
    return lambda text: find_abbreviations(nlp(text), detect)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mesenchymal stem cells (MSCs) rose.", {"MSCs": "Mesenchymal stem cells"}),
        ("We saw MSC (mesenchymal stem cell) growth.", {"MSC": "mesenchymal stem cell"}),
        (
            "Extracellular vesicles (EVs) of tumour cells (TCs).",
            {"EVs": "Extracellular vesicles", "TCs": "tumour cells"},
        ),
        ("Nothing is short here (really).", {}),
        ("PTEN (ten patients) fell.", {}),
        ("", {}),
    ],
)
def test_definitions(text: str, expected: dict[str, str], read) -> None:  # type: ignore[no-untyped-def]
    assert read(text) == expected


def test_the_most_frequent_definition_wins(read) -> None:  # type: ignore[no-untyped-def]
    text = (
        "MSC (muscle stem cells) rose. MSC (mesenchymal stem cell) fell. MSC (mesenchymal stem cell) stayed."
    )
    assert read(text) == {"MSC": "mesenchymal stem cell"}


@pytest.mark.parametrize(
    ("short", "long", "matches"),
    [
        ("IL6R", "interleukin 6 receptor", True),
        ("MSC", "mesenchymal stem cells", True),
        ("MSC", "tumour cells", False),
        ("CSM", "mesenchymal stem cells", False),
        ("MSC", "mesenchymal", True),
        ("", "anything", False),
        ("--", "anything", False),
    ],
)
def test_letters_stand_in_order(short: str, long: str, matches: bool) -> None:
    assert initials_match(short, long) is matches
