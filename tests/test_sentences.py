"""Sentence boundaries, counted by hand, and what holds for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.sentences import split_sentences
from extractor.types import Section


def split(text: str, *sections: Section) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text, sections)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It rose.", "It fell."],
        ["It rose.", "miR-21 fell.", "let-7a stayed."],
        ["Was it so?", "It was!", "Good."],
        ["Cells (e.g. T cells) grew vs. controls (Fig. 2).", "They died."],
        ["As shown by Doe et al. in mice, it rose 2.5-fold.", "It fell."],
        ["It weighed approx. 5 g.", "It grew."],
        ["It rose (p < 0.05. n = 3).", "It fell."],
        ['He said "it rose."', "It fell."],
        ["One sentence without an end"],
        ["The S. aureus strain grew.", "E. coli did not."],
        ["α-SMA fell.", "β-catenin rose."],
    ],
)
def test_sentences_joined_by_a_space_come_apart_again(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize("sentence", ["p53 fell.", "lncRNA H19 rose.", "circHIPK3 rose."])
def test_a_name_with_a_small_letter_starts_a_sentence(sentence: str) -> None:
    assert split(f"It rose. {sentence}") == ["It rose.", sentence]


def test_a_line_break_ends_a_sentence() -> None:
    assert split("A title without full stop\nIt rose.\n\nIt fell.") == [
        "A title without full stop",
        "It rose.",
        "It fell.",
    ]


def test_a_missing_space_is_seen_before_a_word() -> None:
    assert split("It rose.Then it fell.") == ["It rose.", "Then it fell."]
    assert split("Version 2.1 of pTRE.GFP rose.") == ["Version 2.1 of pTRE.GFP rose."]


def test_no_sentence_crosses_the_edge_of_a_section() -> None:
    text = "BACKGROUND it rose METHODS it fell"
    sections = Section("BACKGROUND", 0, 19), Section("METHODS", 19, len(text))
    assert split(text, *sections) == ["BACKGROUND it rose", "METHODS it fell"]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\t \u00a0"])
def test_blank_text_has_no_sentence(text: str) -> None:
    assert split_sentences(text) == ()


PIECES = st.sampled_from(
    ["It", "miR-21", ". ", ".", "? ", "(", ")", "\n", " ", "e.g. ", "A", "α", "\u00a0", "et al. ", "3."]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join)), st.integers(0, 80))
def test_every_character_is_in_one_sentence(text: str, cut: int) -> None:
    edge = min(cut, len(text))
    sections = (Section("a", 0, edge), Section("b", edge, len(text)))
    spans = split_sentences(text, sections)
    assert all(a < b and text[a:b].strip() == text[a:b] for a, b in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert not any(a < edge < b for a, b in spans)
    covered = {i for a, b in spans for i in range(a, b)}
    assert not [i for i, c in enumerate(text) if not c.isspace() and i not in covered]
