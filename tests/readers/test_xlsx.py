"""XLSX: sheets of abstracts, and files that are no workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)


def workbook(sheets: Mapping[str, list[list[Any]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_sheets_with_a_column_of_text_are_read(read) -> None:  # type: ignore[no-untyped-def]
    data = workbook(
        {
            "notes": [["Made by", "Ana"]],
            "A": [
                ["PMID", "Title", "Abstract", "Flags"],
                [12, "A β", "Text.", "retracted"],
                [],
                [13.0, "=1+1", None],
            ],
            "B": [["text", "x"], ["Another text.", 5]],
        }
    )
    documents, problems = read("x.xlsx", data)
    assert [(d.doc_id, d.text, d.flags) for d in documents] == [
        ("12", "A β\nText.", ("retracted",)),
        ("x:2", "Another text.", ()),
    ]
    assert problems == [  # a formula that no program has worked out has no value
        "x.xlsx:sheet 'A' row 4: record 13 has no title, abstract or text; add one or remove it",
    ]


def test_a_workbook_without_such_a_column(read) -> None:  # type: ignore[no-untyped-def]
    assert read("x.xlsx", workbook({"S": [["a", "b"], [1, 2]]})) == (
        [],
        [
            "x.xlsx:sheet 'S' row 1: no column named title, abstract or text (there are: a, b); "
            "name the columns"
        ],
    )
    assert read("x.xlsx", workbook({"S": []})) == ([], ["x.xlsx: holds no record; remove it or fill it"])


def zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_what_is_no_workbook_is_one_problem(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    message = "a ZIP archive or office file, no workbook; unpack it, or save it as plain text"
    assert read("x.zip", zipped({"word/document.xml": b"<w/>"})) == ([], [f"x.zip: {message}"])
    whole = workbook({"S": [["title"], ["T"]]})
    for cut in (whole[: len(whole) // 2], zipped({"xl/workbook.xml": b"<broken"})):
        documents, problems = read("x.xlsx", cut)
        assert documents == []
        assert len(problems) == 1
        assert problems[0].startswith("x.xlsx: no workbook that can be read (")
    monkeypatch.setattr("extractor.readers.xlsx.MAX_UNPACKED", 1 << 20)
    bomb = zipped({"xl/workbook.xml": b" " * (2 << 20)})
    assert len(bomb) < 5000
    assert read("x.xlsx", bomb) == ([], ["x.xlsx: a workbook of more than 1 MiB when unpacked; split it"])


def test_a_cell_far_to_the_right_costs_nothing(read) -> None:  # type: ignore[no-untyped-def]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["title"])
    sheet.append(["T"])
    sheet.cell(row=3, column=16_000, value="far")
    stream = io.BytesIO()
    book.save(stream)
    documents, problems = read("x.xlsx", stream.getvalue())
    assert ([d.text for d in documents], problems) == (["T\n"], [])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4))
def test_cells_come_back_as_they_were_written(read, rows: list[tuple[str, str]]) -> None:  # type: ignore[no-untyped-def]
    cells = [(f"t{n} {title.lstrip('=')}", f"a{abstract}") for n, (title, abstract) in enumerate(rows)]
    try:
        data = workbook({"S": [["title", "abstract"], *map(list, cells)]})
    except IllegalCharacterError:
        return
    documents, problems = read("x.xlsx", data)
    assert ([d.text for d in documents], problems) == ([f"{t}\n{a}" for t, a in cells], [])
