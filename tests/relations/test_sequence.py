"""A finding in a row of words: stems, marks, where each name stands, and what rules state of it."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor, build_pipeline
from extractor.relations.scene import Scene
from extractor.relations.sequence import BODY, LAST, TITLE, Row, sequence_of, stem, stemmed, tokens_of
from extractor.types import Document, Mention, Section

TITLE_TEXT = "Exosomal miR-21 feeds tumours."
TEXT = (
    f"{TITLE_TEXT}\nFibroblasts release exosomes with miR-21. It was measured. "
    "MiR-21 represses PTEN in 12 breast cancer cells. PTEN (a phosphatase) was lost."
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return build_pipeline()


@pytest.fixture(scope="module")
def row(extractor: Extractor) -> Row:
    end = len(TITLE_TEXT)
    sections = (Section("title", 0, end), Section("abstract", end + 1, len(TEXT)))
    analysis = extractor.analyse(extractor.read(Document("1", TEXT, sections)))
    (finding,) = analysis.findings
    return sequence_of(Scene(finding, analysis))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Released", "releas"),
        ("releasing", "releas"),
        ("release", "releas"),
        ("studies", "study"),
        ("gas", "gas"),  # too short to lose its ending
        ("mice", "mice"),
        ("PTEN", "pten"),
    ],
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_words_marks_numbers_and_signs() -> None:
    text = "A549-derived EVs (n = 12) hit PTEN"
    mentions = [
        Mention("CELL", 0, 4, "A549"),
        Mention("VESICLE", 13, 16, "EVs"),
        Mention("GENE", 30, 34, "PTEN"),
    ]
    printed, behind = tokens_of(text, 0, len(text), mentions)
    assert printed == ["<C>", "-", "derived", "<V>", "(", "n", "=", "12", ")", "hit", "<G>"]
    assert [*map(stemmed, printed)] == ["<C>", "-", "deriv", "<V>", "(", "n", "=", "0", ")", "hit", "<G>"]
    assert [group[0].text for group in behind if group] == ["A549", "EVs", "PTEN"]


def test_an_angle_bracket_of_the_text_is_no_mark() -> None:
    assert tokens_of("p<C0> x", 0, 7, [])[0] == ["p", "‹", "C", "0", "›", "x"]


def test_the_row_of_a_finding(row: Row) -> None:
    # only the sentence without names falls away at the end; inside it stays
    assert " ".join(row.words) == (
        "<X> <M> feed <T> . </s> <C> releas <V> with <M> . </s> it was measur . </s> "
        "<M> repress <G> in 0 <C> . </s> <G> ( a phosphatas ) was lost . </s>"
    )
    assert [
        row.positions[row.words.index(w)] for w in ("feed", "releas", "measur", "repress", "phosphatas")
    ] == [
        TITLE,
        BODY,
        BODY,
        LAST,
        LAST,
    ]


def test_the_places_of_names_and_the_facts_that_rules_state(row: Row) -> None:
    named = {place.key for place in row.places}
    assert {"MIRNA:mir-21", "CELL:fibroblast", "GENE:pten", "CELL:breast cancer"} <= named
    by_word = {(place.key, place.index): place.facts for place in row.places}
    fibroblast = row.words.index("<C>")
    assert "RELEASESL" in by_word["CELL:fibroblast", fibroblast]
    assert all(row.words[place.index].startswith("<") for place in row.places)
    pten = row.words.index("<G>")
    assert "TARGETSR" in by_word["GENE:pten", pten]
