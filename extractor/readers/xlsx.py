"""XLSX workbooks: sheets whose first row names a column of text, a document a row."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from extractor.readers.problems import Report
from extractor.readers.rows import Rows, is_header, row_documents
from extractor.readers.source import Source
from extractor.types import Document

MAX_UNPACKED: Final = 256 * 1024 * 1024
"""Bytes of all parts of a workbook together; a million rows of abstracts have fewer."""
_WIDEST: Final = 256
"""Columns that are looked at; a single cell far to the right would make every row as wide."""
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, ParseError, OSError, EOFError, SyntaxError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, RuntimeError),
)
"""What openpyxl lets through for a damaged workbook: it has no error of its own for most."""


def read_xlsx(source: Source, report: Report) -> Iterator[Document]:
    """The documents of every sheet that names its columns; the other sheets are passed over."""
    data = source.everything(report)
    if data is None:
        return
    try:
        problem = _refusal(data)
        if problem:
            report("", problem)
            return
        sheets = list(_sheets(data))
    except _BROKEN as error:
        report("", f"no workbook that can be read ({_reason(error)}); save it again as .xlsx")
        return
    named = [(name, rows) for name, rows in sheets if rows and is_header(rows[0][1])]
    for name, rows in named or [sheet for sheet in sheets if sheet[1]][:1]:
        yield from row_documents(iter(rows), f"sheet {name!r} row", source, report)


def _refusal(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        return "a workbook with a password; save it without one"
    if not any(part.filename.startswith("xl/") for part in parts):
        return "a ZIP archive or office file, no workbook; unpack it, or save it as plain text"
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        return f"a workbook of more than {MAX_UNPACKED >> 20} MiB when unpacked; split it"
    return ""


def _sheets(data: bytes) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and extensions, which nobody reads here
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the file says of its size need not be true
            yield sheet.title, list(_rows(sheet))


def _rows(sheet: Any) -> Rows:
    """Rows that are not blank, cells as text, empty ones at the end left out."""
    for number, values in enumerate(sheet.iter_rows(max_col=_WIDEST, values_only=True), 1):
        cells = ["" if value is None else _text(value) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
