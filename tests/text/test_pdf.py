"""Readings of text extracted from a PDF: lines, broken words, captions, tables, furniture, headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.text import Reading, read_text
from extractor.types import Document

FULL = "Stromal cells of the marrow send out small vesicles which"
MORE = "are taken up by the cells around them. There they change"


def read(text: str) -> Reading:
    return read_text(Document("1", text, layout="pdf"))


def sections(reading: Reading) -> list[tuple[str, str]]:
    return [(s.label, reading.text[s.start : s.end].strip()) for s in reading.sections]


def test_lines_become_paragraphs() -> None:
    other = "Another matter is the age of the cells that are treated,\nof which less is known.\n"
    text = f"{FULL}\n{MORE}\nmany things.\n{other}"
    assert sections(read(text)) == [
        ("paragraph", f"{FULL} {MORE} many things."),
        ("paragraph", other.replace("\n", " ").strip()),
    ]


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("they de-", "tect it", "they detect it"),
        ("from CAF-", "derived EVs", "from CAF-derived EVs"),
        ("of miR-", "210 in", "of miR-210 in"),
        ("of miRNA-", "214 in", "of miRNA-214 in"),
        ("miR-21 and −", "143 in", "miR-21 and -143 in"),
        ("of tumor-", "derived EVs", "of tumor-derived EVs"),
        ("of T-", "cell kind", "of T-cell kind"),
        ("of IL-", "4 and", "of IL-4 and"),
        ("E-", "cadherin was", "E-cadherin was"),
        ("the exo\u00ad", "somes of", "the exosomes of"),
        ("miR-21/", "PTEN axis", "miR-21/PTEN axis"),
        ("this -", "as said - is", "this - as said - is"),
        ("a cell-to-", "cell way", "a cell-to-cell way"),
        ("Micro-", "vesicles are", "Microvesicles are"),
    ],
)
def test_words_that_a_line_end_breaks(left: str, right: str, joined: str) -> None:
    text = f"The cell is small and {left}\n{right} seen again in the later part of the work."
    assert joined.lower() in read(text).text.lower()


@pytest.mark.parametrize(
    ("elsewhere", "left", "right", "joined"),
    [
        ("It is over now: the expression, even the overexpression,", "over", "expression", "overexpression"),
        (
            "It is over now: the expression, even the over-expression,",
            "over",
            "expression",
            "over-expression",
        ),
        ("The co-factor is one more of the things that we name", "co", "factor", "co-factor"),
        ("The other factor is one more of the things named", "co", "factor", "cofactor"),
    ],
)
def test_what_the_document_prints_elsewhere_decides_about_a_hyphen(
    elsewhere: str, left: str, right: str, joined: str
) -> None:
    text = f"{elsewhere}\nand goes on for as long as there are cells, and a {left}-\n{right} of them is seen."
    assert read(text).text.endswith(f"and a {joined} of them is seen.")


def test_two_words_of_the_document_keep_their_hyphen() -> None:
    text = (
        "The cells of the stromal kind are those of this cell line, a cell-\nstromal pair of the usual sort."
    )
    assert "a cell-stromal pair" in read(text).text


@pytest.mark.parametrize("gap", ["\n\n", "\n\f", "\n "])
def test_a_caption_does_not_break_the_sentence_that_it_interrupts(gap: str) -> None:
    caption = "Fig. 2 Cells of all kinds send vesicles to others, as was\nshown often. Arrows show the way"
    text = f"{FULL}\n{MORE}\n\n{caption}{gap}the shape of the cell. All of them do."
    assert sections(read(text)) == [
        ("paragraph", f"{FULL} {MORE} the shape of the cell. All of them do."),
        ("caption", caption.replace("\n", " ")),
    ]


def test_a_caption_without_blank_lines_ends_where_the_sentence_goes_on() -> None:
    caption = "Figure 3. Cells that were seen under the lens at ten hours."
    text = f"{FULL}\n{MORE}\n{caption}\nthe shape of the cell.\n"
    assert sections(read(text)) == [
        ("paragraph", f"{FULL} {MORE} the shape of the cell."),
        ("caption", caption),
    ]


@pytest.mark.parametrize(
    "start", ["Fig. 2). All of them did", "Figure 2. Moreover, the cells", "Table 1 shows that"]
)
def test_a_label_that_a_sentence_leads_to_is_no_caption(start: str) -> None:
    told = "were counted twice by hand as is told in the small print in"
    text = f"{FULL}\n{told}\n{start} so for a long time after that."
    assert [label for label, _ in sections(read(text))] == ["paragraph"]


CELLS = (
    "Effect\nGrowth",
    "Source",
    "miR-1",
    "–",
    "[41]",
    "Glia",
    "Foot Note: EV vesicle, and what\nelse is short",
)
TABLE = "Table 1 What vesicles do\n" + "\n\n".join(CELLS)


def test_a_table_is_left_out_and_its_place_told() -> None:
    before = f"{FULL}\nwere seen with high levels of all of these things in"
    text = f"{before}\n\n{TABLE}\n HCC patients [59]. All was well."
    reading = read(text)
    assert sections(reading) == [("paragraph", before.replace("\n", " ") + " HCC patients. All was well.")]
    assert [text[t.start : t.end] for t in reading.tables] == [TABLE]
    assert [c.labels for c in reading.citations] == [("59",)]


def test_prose_after_a_table_is_not_lost() -> None:
    prose = "The next part tells of other cells, and of what became of\nthem when they had been treated."
    reading = read(f"{FULL}\nare round.\n\n{TABLE}\n\n{prose}\n")
    assert sections(reading)[-1] == ("paragraph", prose.replace("\n", " "))


def test_page_furniture_is_left_out() -> None:
    head = "Doe et al. Journal of Small Things (2019) 26:7"
    pages = [
        f"{head}\n\nPage {n} of 3\n\n{FULL}\n{MORE}\nmany things that we can name, and all those in which we"
        for n in (1, 2, 3)
    ]
    reading = read("\n\n\f".join(pages) + ".\n\n4\n")
    assert "Doe" not in reading.text
    assert "Page" not in reading.text
    assert [(s.label, "".join(reading.text[s.start : s.end]).count(FULL)) for s in reading.sections] == [
        ("paragraph", 3)
    ]
    assert {s.label for s in reading.omitted} == {"furniture"}
    assert len(reading.omitted) == 7


def test_headings_of_one_and_two_lines() -> None:
    text = (
        f" Abstract\n{FULL}\nare round.\n Introduction\n{FULL}\nare round.\n\n"
        "Talk between stromal cells of the marrow\nand the glia via vesicles\n"
        f"{FULL}\nare round.\nMaterials and methods\n{FULL}\nare round.\n"
    )
    prose = f"{FULL} are round."
    assert sections(read(text)) == [
        ("heading", "Abstract"),
        ("abstract", prose),
        ("heading", "Introduction"),
        ("paragraph", prose),
        ("heading", "Talk between stromal cells of the marrow and the glia via vesicles"),
        ("paragraph", prose),
        ("heading", "Materials and methods"),
        ("METHODS", prose),
    ]


def test_a_heading_ends_the_abstract() -> None:
    reading = read(f"Abstract\n{FULL}\nare round.\n\nOf the vesicles\n{FULL}\nare round.\n")
    assert [s.label for s in reading.sections] == ["heading", "abstract", "heading", "paragraph"]


def test_the_reference_list_is_left_out_and_what_follows_it_is_not() -> None:
    references = "References\n1. Doe J. Exosomal miR-1 of glia. J Small. 2019."
    reading = read(f"{FULL}\nare round.\n\n{references}\n\nFunding\nNone was had.\n")
    assert "Doe" not in reading.text
    assert [s.label for s in reading.omitted] == ["references"]
    assert sections(reading)[-1] == ("back matter", "None was had.")


def test_a_full_stop_that_is_a_misprint_is_not_mended() -> None:
    reading = read(
        f"{FULL}\nare seen in the hypoxic hepatic.\nTissue also brings them forth when it is kept for long.\n"
    )
    assert "the hypoxic hepatic." in reading.text
    assert "hepatic Tissue" not in reading.text


def test_the_specimen(shared: Path) -> None:
    """Facts that were counted in the text by hand; no sentence of it stands here."""
    (path,) = (shared / "seed").glob("*.txt")
    text = path.read_bytes().decode("utf-8")
    reading = read(text)
    labels = [s.label for s in reading.sections]
    assert (labels.count("heading"), labels.count("caption"), labels.count("abstract")) == (8, 2, 1)
    assert len(reading.tables) == 1
    assert text[reading.tables[0].start :].startswith("Table 1 ")
    assert text[: reading.tables[0].end].endswith("regulatory T cell")
    assert " in HCC patients. " in reading.text
    assert "miRs-21, -278e, and -143, which" in reading.text
    assert "miR-21and miR-29a" in reading.text
    assert "[" not in reading.text
    assert len(reading.citations) == 64
    cited = {label for citation in reading.citations for label in citation.labels}
    assert cited == {str(n) for n in range(1, 70)}
    beginnings = [reading.text[s.start] for s in reading.sections if s.label == "paragraph"]
    assert all(b.isupper() or b == "m" for b in beginnings)
    starts = [text[reading.original(i, i + 1)[0]] for i in range(len(reading.text))]
    changed = {(a, b) for a, b in zip(starts, reading.text, strict=True) if a != b}
    assert changed <= {("\n", " "), ("–", "-"), ("−", "-"), (" ", "\n")}
