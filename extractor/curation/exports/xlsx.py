"""A workbook: the printed table, the atomic rows with every column, and what they rest on.

Cells are text, never formulas, whatever they begin with.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from extractor.curation.curated import cells_of
from extractor.curation.exports.archive import MOMENT, timeless
from extractor.curation.exports.view import HEADINGS, View
from extractor.curation.rows import COLUMNS
from extractor.curation.sidecar import Line

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

EVIDENCE: Final = ("row", "doc_id", "curator", "date", "confidence", "sentences", "offsets", "rules")
WIDEST: Final = 60
LONGEST: Final = 32_767
"""Characters that a cell of a workbook can hold."""


def export(view: View) -> bytes:
    """The workbook's bytes, the same for the same table."""
    import openpyxl
    from openpyxl.writer.excel import ExcelWriter

    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = MOMENT
    book.properties.creator = "evmir"
    sheets = {
        "Table": (HEADINGS, [line.cells for line in view.lines]),
        "Rows": (COLUMNS, [_row(cells_of(row)) for row in view.rows]),
        "Evidence": (EVIDENCE, [_evidence(line) for line in view.evidence]),
    }
    book.remove(book.worksheets[0])
    for name, (header, lines) in sheets.items():
        _fill(book.create_sheet(name), header, lines)
    _merge_phenotypes(book["Table"], view)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:  # book.save() would put in the time of day
        ExcelWriter(book, archive).save()
    return timeless(stream.getvalue())


def _row(cells: dict[str, str]) -> tuple[str, ...]:
    return tuple(cells[column] for column in COLUMNS)


def _evidence(line: Line) -> tuple[str, ...]:
    sentences: list[dict[str, Any]] = list(line.get("evidence", ()))
    return (
        *(str(line.get(key, "")) for key in EVIDENCE[:5]),
        "\n".join(str(s.get("text", "")) for s in sentences),
        "\n".join(f"{s.get('start')}-{s.get('end')}" for s in sentences),
        "\n".join(" ".join(s.get("rules", ())) for s in sentences),
    )


def _fill(sheet: Worksheet, header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    widths = [len(name) for name in header]
    for number, line in enumerate([header, *lines], start=1):
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(number, column)
            cell.value = _legal(value)
            if value:
                cell.data_type = "s"  # openpyxl would take what begins with = for a formula
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=number == 1)
            widths[column - 1] = max(widths[column - 1], len(value))
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = min(width, WIDEST) + 2
    sheet.freeze_panes = "A2"


def _legal(value: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    text = value.encode("utf-8", "replace").decode("utf-8")
    return str(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))[:LONGEST]


def _merge_phenotypes(sheet: Worksheet, view: View) -> None:
    for number, line in enumerate(view.lines, start=2):
        if line.same > 1:
            sheet.merge_cells(start_row=number, end_row=number + line.same - 1, start_column=1, end_column=1)
