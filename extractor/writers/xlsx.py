"""An Excel workbook: the wide table of the findings, every column in atomic rows, and the evidence.

Every cell is text, a number or a truth value; none is a formula, whatever it begins with. The sheet
``atomic`` has the columns and the escapes of the TSV, and is what :func:`read` reads.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extractor.types import Relation
from extractor.writers import tsv, wide
from extractor.writers.archive import EPOCH, members, zipped
from extractor.writers.csv_table import FORMULA
from extractor.writers.rows import records_of_rows
from extractor.writers.values import Parsed, RecordError, Unwritable, xml_cell, xml_text

if TYPE_CHECKING:
    from openpyxl import Workbook

Value = str | int | float | bool | None

FINDINGS, ATOMIC, EVIDENCE = "findings", "atomic", "evidence"
EVIDENCE_COLUMNS: Final = ("relation_id", "doc_id", "number", "start", "end", "text", "rules")
MOST_ROWS: Final = 1 << 20
"""Rows that a sheet holds."""
LONGEST: Final = 16_000
"""Characters that we put into a cell; Excel's limit is 32,767 units of UTF-16."""
CONTINUED: Final = re.compile(r"\+\d+$")
"""The end of a column's name: ``evidence+2`` goes on where ``evidence`` is full."""
NUMBERS: Final = frozenset(
    {"confidence", *(f"{slot}_{end}" for slot in tsv.SLOTS for end in ("start", "end"))}
)
WIDTHS: Final = (34, 30, 30, 26, 26, 14, 11, 30)
# Excel reads _x000D_ in a text as an escape of its own.
EXCEL_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def workbook(relations: Iterable[Relation]) -> Iterator[bytes]:
    """The file, which can only be written when all relations are there. Raises Unwritable for too many."""
    from openpyxl import Workbook

    found = list(relations)
    _check_size(found)
    book = Workbook(write_only=True)
    book.properties.creator = "evmir"
    book.properties.created = datetime(*EPOCH)
    _fill(book, FINDINGS, _findings(found), WIDTHS)
    _fill(book, ATOMIC, _atomic(found))
    _fill(book, EVIDENCE, _evidence(found))
    buffer = io.BytesIO()
    book.save(buffer)
    yield from zipped((name, _timeless(content)) for name, content in members(buffer.getvalue()))


def _check_size(relations: list[Relation]) -> None:
    rows = 1 + max(len(relations), sum(len(relation.evidence) for relation in relations))
    if rows > MOST_ROWS:
        raise Unwritable(
            f"an Excel sheet holds {MOST_ROWS:,} rows and {rows:,} are needed; write .parquet or .tsv"
        )


def _findings(relations: list[Relation]) -> Iterator[list[Value]]:
    yield [*wide.HEADINGS, *wide.FURTHER]
    for row in wide.wide_rows(relations):
        *cells, _, note = row.cells()
        yield [*(_shown(cell) for cell in cells), round(row.confidence, 4), _shown(note)]


def _atomic(relations: list[Relation]) -> Iterator[list[Value]]:
    """The header and the rows; a cell that is too long for Excel goes on in columns at the end."""
    rows = [{c: _exact(v) for c, v in tsv.flatten(r.to_record()).items()} for r in relations]
    longest = {c: max((len(row[c]) for row in rows), default=0) for c in tsv.COLUMNS}
    more = [(c, start) for c in tsv.COLUMNS for start in range(LONGEST, longest[c], LONGEST)]
    yield [*tsv.COLUMNS, *(f"{c}+{start // LONGEST + 1}" for c, start in more)]
    for row in rows:
        yield [
            *(_value(c, row[c][:LONGEST]) for c in tsv.COLUMNS),
            *(row[c][start : start + LONGEST] for c, start in more),
        ]


def _evidence(relations: list[Relation]) -> Iterator[list[Value]]:
    yield list(EVIDENCE_COLUMNS)
    for relation in relations:
        record = relation.to_record()
        for number, item in enumerate(record["evidence"], start=1):
            text, rules = _shown(item["text"]), _shown(" ".join(item["rules"]))
            place = (number, item["start"], item["end"])
            yield [record["relation_id"], _shown(record["doc_id"]), *place, text, rules]


def _exact(cell: str) -> str:
    """A cell of the TSV with what neither XML nor Excel leaves as it is escaped as well."""
    return EXCEL_ESCAPE.sub(r"\\u005f", xml_cell(cell))


def _shown(text: str) -> str:
    """For people: what does not fit is cut off visibly, for the sheet ``atomic`` has it."""
    text = EXCEL_ESCAPE.sub("_x005F_", xml_text(text))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _value(column: str, cell: str) -> Value:
    if column == "negated":
        return cell == "true"
    return float(cell) if column == "confidence" else int(cell) if column in NUMBERS and cell else cell


def _fill(book: Workbook, title: str, rows: Iterable[Sequence[Value]], widths: Sequence[int] = ()) -> None:
    from openpyxl.utils import get_column_letter

    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            raise Unwritable(
                f"an Excel sheet holds {MOST_ROWS:,} rows and there are more; write .tsv instead"
            )
        sheet.append([_cell(sheet, value, bold=not number) for value in row])


def _cell(sheet: Any, value: Value, bold: bool) -> Any:
    """A cell that stays what it is: the library would make formulas and errors of some texts."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if value is None or value == "":
        return None
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = bool(FORMULA.match(value))  # also when somebody edits it
    if bold:
        cell.font = Font(bold=True)
    return cell


def _timeless(content: bytes) -> bytes:
    """A part of the workbook without the time of its writing."""
    return MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", content)


def read(path: Path) -> Parsed:
    """The records of the sheet ``atomic``. Raises RecordError when there is none, OSError."""
    return records_of_rows(path, _rows(path))


def _rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The header and the rows under it, continued cells joined, with their places."""
    rows = _values(path)
    names = [str(name or "") for name in next(rows, ())]
    joined = [CONTINUED.sub("", name) for name in names]
    yield f"{ATOMIC} row 1", list(dict.fromkeys(joined))
    for number, row in enumerate(rows, start=2):
        cells = dict.fromkeys(joined, "")
        for name, value in zip(joined, row, strict=False):  # an empty end of a row may be missing
            cells[name] += _text(value)
        yield f"{ATOMIC} row {number}", list(cells.values())


def _values(path: Path) -> Iterator[Sequence[object]]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with path.open("rb") as stream:
            book = load_workbook(stream, read_only=True)
            if ATOMIC not in book.sheetnames:
                sheets = ", ".join(book.sheetnames)
                raise RecordError(
                    f"{path}: no sheet {ATOMIC!r} among {sheets}: not a workbook that evmir wrote"
                )
            yield from book[ATOMIC].iter_rows(values_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, SyntaxError, EOFError) as error:
        raise RecordError(f"{path}: not an Excel workbook (.xlsx) that can be read ({error})") from error


def _text(value: object) -> str:
    """A cell as the TSV has it, also where a spreadsheet made a number of it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    whole = isinstance(value, float) and value.is_integer()
    return "" if value is None else str(int(value)) if whole else str(value)  # type: ignore[call-overload]
