"""PDF: reading order, broken words, raised marks, and files that are none."""

from __future__ import annotations

import importlib.util
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.readers.page_order import Piece, page_text
from extractor.text import read_text


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_pdf = load("pdf_maker").make_pdf

LEFT = [
    "Macrophages released exosomes that con-",
    "tained miR-21 and were taken up by the",
    "endothelial cells of the aorta. There",
]
RIGHT = ["the expression of PTEN was lower than", "in the control group, and more cells", "migrated."]


def column(x: float, lines: list[str], top: float = 700) -> list[tuple[float, float, str]]:
    return [(x, top - 12 * n, line) for n, line in enumerate(lines)]


def rows(*columns: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """The words in the order of rows across columns, as some programs write them."""
    return [word for row in zip(*columns, strict=True) for word in row]


@pytest.mark.parametrize(
    "order", [rows, lambda *columns: list(chain(*columns))], ids=["by rows", "by columns"]
)
def test_two_columns_are_read_one_after_the_other(read, order) -> None:  # type: ignore[no-untyped-def]
    title = (72, 740, "Macrophage exosomes lower PTEN in cells of the vessel wall and let them migrate")
    page = [title, *order(column(50, LEFT), column(320, RIGHT))]
    (document,), problems = read("a.pdf", make_pdf(page))
    assert problems == []
    assert (document.doc_id, document.layout) == ("a", "pdf")
    assert document.text == "\n\n".join((title[2], "\n".join(LEFT), "\n".join(RIGHT)))
    assert read_text(document).text.endswith(
        "Macrophages released exosomes that contained miR-21 and were taken up by the endothelial cells of "
        "the aorta. There the expression of PTEN was lower than in the control group, and more cells "
        "migrated."
    )


def test_one_column_with_wide_spaces_stays_one(read) -> None:  # type: ignore[no-untyped-def]
    lines = [
        (50, 700 - 12 * n, f"A line of one column that is as wide as the page is, number {n},")
        for n in range(6)
    ]
    loose = [(50, 600, "loose"), (200, 600, "words"), (400, 600, "here.")]
    (document,), _ = read("a.pdf", make_pdf([*lines, *loose]))
    assert document.text == "\n".join([*(text for _, _, text in lines), "", "loose words here."])


def test_pages_running_heads_and_a_retraction(read) -> None:  # type: ignore[no-untyped-def]
    def page(number: int) -> list[tuple[float, float, str]]:
        head = (50, 760, f"Journal of Vesicles 2020, 3:{number}")
        words = ("exosomes", "cells", "vessels", "genes")[number - 1]
        body = column(50, [f"Here the {words} of one sentence go on to the", f"{words} at which it stops."])
        return [head, *body, (300, 30, str(number))]

    pages = [page(n) for n in range(1, 5)]
    pages[0].insert(0, (50, 780, "RETRACTED ARTICLE"))
    pages[0].append((50, 60, "https://doi.org/10.1000/ABC.1"))
    (document,), _ = read("a.pdf", make_pdf(*pages))
    assert document.text.count("\f") == 3
    assert (document.flags, document.other_ids) == (("retracted",), ("doi:10.1000/abc.1",))
    reading = read_text(document).text
    assert "Journal of Vesicles" not in reading
    assert "Here the cells of one sentence go on to the cells at which it stops." in reading


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("of miR-21^3^ in", "of miR-21[3] in"),
        ("cells^3,5-7^ in", "cells[3,5-7] in"),
        ("up to 10^6^ in", "up to 106 in"),
        ("5 cm^2^ in", "5 cm2 in"),
        ("Ca^2+^ in", "Ca2+ in"),
    ],
)
def test_raised_numbers_are_marks_or_powers(read, printed: str, text: str) -> None:  # type: ignore[no-untyped-def]
    (document,), _ = read("a.pdf", make_pdf([(50, 700, printed)]))
    assert document.text == text


def test_what_is_no_pdf_with_text_is_one_problem(read) -> None:  # type: ignore[no-untyped-def]
    whole = make_pdf([(50, 700, "Text.")])
    assert read("a.pdf", make_pdf([])) == (
        [],
        ["a.pdf: a PDF without text, such as a scan; run text recognition (OCR) on it first"],
    )
    broken = "a.pdf: a PDF that cannot be read (damaged or cut short); fetch it again"
    assert read("a.pdf", b"%PDF-1.4\n") == ([], [broken])
    assert read("a.pdf", whole[:60]) == ([], [broken])
    no_pages = whole.replace(b"/Kids [4 0 R]", b"/Kids [      ]")
    assert read("a.pdf", no_pages)[0] == []


def test_an_encrypted_pdf_is_one_problem(read) -> None:  # type: ignore[no-untyped-def]
    whole = make_pdf([(50, 700, "Text.")])
    lock = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<31> <31>]"
    )
    locked = whole.replace(b"/Root 1 0 R", b"/Root 1 0 R " + lock.encode())
    assert read("a.pdf", locked) == ([], ["a.pdf: a PDF with a password; save it without one"])


def test_a_pdf_that_is_too_long_is_cut_with_a_word(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("extractor.readers.pdf.MAX_CHARACTERS", 20)
    (document,), problems = read(
        "a.pdf", make_pdf([(50, 700, "First page.")], [(50, 700, "The second page.")])
    )
    assert document.text == "First page."
    assert problems == ["a.pdf:page 2: more than 20 characters or 5,000 pages; split it, the rest was left"]


NUMBER = st.floats(-50, 700)
PIECES = st.lists(
    st.builds(
        lambda text, x, y, w, h: Piece(text, x, y, x + w, y + h),
        st.text("ab", min_size=1, max_size=4),
        *(NUMBER, NUMBER, st.floats(0.1, 500), st.floats(0.1, 40)),
    ),
    max_size=40,
)


@given(PIECES)
def test_no_piece_is_lost_or_doubled(pieces: list[Piece]) -> None:
    assert sorted(page_text(pieces, 612).split()) == sorted(piece.text for piece in pieces)
