"""Readings of prose: characters, reference marks, sections, and the way back to the document."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text import Reading, read_text
from extractor.types import Document, Layout, Section


def read(text: str, *sections: Section, layout: Layout = "prose") -> Reading:
    return read_text(Document("1", text, sections, layout))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("miR‑21, miR–9 and −143", "miR-21, miR-9 and -143"),
        ("cells—which grew—and 2010—2015", "cells—which grew—and 2010-2015"),
        ("5\xa0µm\u2009wide\tor so", "5 µm wide or so"),
        ("exo\u00adsomes of miR\u200b-21", "exosomes of miR-21"),
        ("\ufeffﬁbroblasts of a diﬀerent kind", "fibroblasts of a different kind"),
        ("3′ end, β-catenin, NF-κB", "3′ end, β-catenin, NF-κB"),
        ("one\r\ntwo\rthree\x0bfour", "one \ntwo\nthree\nfour"),
        ("nul\x00here", "nul here"),
    ],
)
def test_odd_characters_are_read_as_plain_ones(printed: str, expected: str) -> None:
    assert read(printed).text == expected


def test_every_dash_that_unicode_calls_one_is_in_the_table() -> None:
    dashes = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) == "Pd"]
    rare = {"\u2014", "\u2015"} | {
        d for d in dashes if unicodedata.name(d).startswith(("DOUBLE", "TWO", "THREE"))
    }
    others = [d for d in dashes if read(f"a{d}b").text != "a-b"]
    assert [unicodedata.name(d) for d in others if d not in rare and ord(d) < 0x2E00] == []


@pytest.mark.parametrize(
    ("printed", "expected", "labels"),
    [
        ("It moves [41]. It", "It moves. It", [("41",)]),
        ("in cancer [4, 5] cells", "in cancer cells", [("4", "5")]),
        ("relapse [64–66].", "relapse.", [("64", "65", "66")]),
        ("years [3, 6–8].", "years.", [("3", "6", "7", "8")]),
        ("It grew. [18] Then", "It grew. Then", [("18",)]),
        ("pathway [51] . The", "pathway. The", [("51",)]),
        ("exosomes[12] carry", "exosomes carry", [("12",)]),
        ("the cells [41]and others", "the cells and others", [("41",)]),
        ("seen [12], [13]; later [14][15].", "seen; later.", [("12", "13"), ("14", "15")]),
        ("Annexin 2 [30] sorts", "Annexin 2 sorts", [("30",)]),
        ("[7] An opening", "An opening", [("7",)]),
        ("as was found in [41], the", "as was found in [41], the", [("41",)]),
    ],
)
def test_reference_marks_leave_the_text_and_are_recorded(
    printed: str, expected: str, labels: list[tuple[str, ...]]
) -> None:
    reading = read(printed)
    assert reading.text == expected
    assert [c.labels for c in reading.citations] == labels
    assert all(printed[c.start] == "[" and printed[c.end - 1] == "]" for c in reading.citations)


@pytest.mark.parametrize(
    "text",
    [
        "free [Ca2+] rose",
        "a tracer, [18F]FDG,",
        "of [3H]-thymidine",
        "rose by [17%]",
        "in bicyclo[3,3,1]nonane",
        "a median of 12 [10–20] days",
        "(95% CI [2, 4])",
        "from 1602 [1602-2898]",
        "see [a] and [miR-21]",
        "the year [2006]",
        "backwards [9-4]",
        "nothing [0]",
        "beads of [100-500] nm",
        "10 mg [5-10] %",
    ],
)
def test_brackets_that_are_no_reference_marks_stay(text: str) -> None:
    reading = read(text)
    assert len(reading.text) == len(text)
    assert reading.text.count("[") == text.count("[")
    assert reading.citations == ()


def test_a_mark_belongs_to_the_sentence_that_it_stands_in_or_ends() -> None:
    text = "EVs grew [1]. Cells died. [2] All was well."
    reading = read(text)
    assert reading.text == "EVs grew. Cells died. All was well."
    assert [(c.position, c.start, c.end) for c in reading.citations] == [(8, 9, 12), (21, 26, 29)]
    first, second = (0, 9), (10, 21)
    assert [a < c.position <= b for (a, b), c in zip((first, second), reading.citations, strict=True)] == [
        True
    ] * 2


def test_title_and_abstract_stay_apart_and_sections_cover_the_text() -> None:
    text = "A title [1]\nAIM: To see. RESULTS: Seen."
    sections = (Section("title", 0, 11), Section("OBJECTIVE", 12, 24), Section("RESULTS", 25, 39))
    reading = read(text, *sections)
    assert reading.text == "A title\nAIM: To see. RESULTS: Seen."
    assert reading.sections == (
        Section("title", 0, 8),
        Section("OBJECTIVE", 8, 21),
        Section("RESULTS", 21, 35),
    )


def test_without_sections_blank_lines_divide_paragraphs() -> None:
    reading = read("\nOne line\nand on.\n \n\nTwo.")
    assert reading.sections == (Section("paragraph", 0, 21), Section("paragraph", 21, 25))


def test_sections_that_overlap_or_reach_too_far_are_cut() -> None:
    reading = read("abcdef", Section("x", 0, 4), Section("y", 2, 99), Section("z", 5, 3))
    assert reading.sections == (Section("x", 0, 4), Section("y", 4, 6))


def test_original_spans() -> None:
    reading = read("the ﬁrst [1] one")
    assert reading.text == "the first one"
    assert reading.original(4, 6) == (4, 5)  # one letter stands for two
    assert reading.original(4, 13) == (4, 16)
    assert reading.original(13, 13) == (16, 16)
    assert reading.original(0, 0) == (0, 0)
    with pytest.raises(ValueError, match="outside a reading of 13"):
        reading.original(5, 14)


def test_a_clean_text_is_read_as_it_is() -> None:
    text = "Exosomes carry miR-21 (Fig. 1).\n\nThey reach other cells—slowly."
    reading = read(text)
    assert (reading.text, reading.citations, reading.omitted) == (text, (), ())
    assert read(reading.text).text == text


TEXTS = st.text(
    st.one_of(
        st.characters(), st.sampled_from(list("[]123456789,-–−. \n\r\f\u00ad\u200bﬁ(Ff")), st.just("\n")
    ),
    max_size=300,
)
SECTIONS = st.lists(st.builds(Section, st.just("s"), st.integers(0, 300), st.integers(0, 300)), max_size=4)
LAYOUTS: st.SearchStrategy[Layout] = st.sampled_from(("prose", "pdf"))


def stands_for(printed: str, read_as: str) -> bool:
    """The documented replacements of one character."""
    if printed == read_as or (printed.isspace() and read_as in " \n"):
        return True
    if unicodedata.category(printed) in ("Cc", "Zs", "Zl", "Zp"):
        return read_as in " \n"
    return read_as in unicodedata.normalize("NFKC", printed) or (read_as == "-" and printed in "—―−˗⁃〜〰")


@given(TEXTS, SECTIONS, LAYOUTS)
def test_every_character_stands_for_one_of_the_document(
    text: str, sections: list[Section], layout: Layout
) -> None:
    reading = read(text, *sections, layout=layout)
    assert len(reading.sources) == len(reading.text)
    for section in reading.sections:
        within = list(reading.sources[section.start : section.end])
        assert within == sorted(within)
    edges = [0, *(s.end for s in reading.sections)]
    assert [s.start for s in reading.sections] == edges[:-1]
    assert edges[-1] == len(reading.text) or not reading.text.strip()
    ends = {s.end - 1 for s in reading.sections}
    for position, character in enumerate(reading.text):
        start, end = reading.original(position, position + 1)
        assert end == start + 1
        known = stands_for(text[start], character) or unicodedata.category(text[start]) == "Pd"
        assert known or (character == "\n" and position in ends)


@given(TEXTS, LAYOUTS)
def test_citations_and_omissions_lie_in_the_document(text: str, layout: Layout) -> None:
    reading = read(text, layout=layout)
    for citation in reading.citations:
        assert 0 <= citation.position <= len(reading.text)
        assert text[citation.start] == "["
        assert citation.labels
    assert all(0 <= s.start < s.end <= len(text) for s in reading.omitted)


def test_reference_lists_and_cells_of_tables_are_not_read() -> None:
    text = "One sentence.\na\tb\nThe next one.\nCited work."
    parts = ("One sentence.", "a\tb", "The next one.", "Cited work.")
    spans = [(text.index(part), text.index(part) + len(part)) for part in parts]
    sections = [Section(label, *span) for label, span in zip(("p", "table", "p", "REF"), spans, strict=True)]
    reading = read(text, *sections)
    assert [reading.text[s.start : s.end].strip() for s in reading.sections] == [
        "One sentence.",
        "The next one.",
    ]
    assert reading.omitted == (sections[1], sections[3])
    start = reading.text.index("The next")
    assert reading.original(start, start + 3) == (spans[2][0], spans[2][0] + 3)
