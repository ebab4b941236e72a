"""CSV for spreadsheets: the cells of the TSV, none of which a spreadsheet takes for a formula.

A cell that starts as a formula does gets an apostrophe in front, and so does one that starts with an
apostrophe: the reader takes one off whatever cell begins with it, and has the cell back. The file begins with
a byte-order mark, without which Excel reads UTF-8 as something else.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from extractor.types import Relation
from extractor.writers import tsv
from extractor.writers.rows import records_of_rows
from extractor.writers.values import Parsed, RecordError

# The characters that OWASP lists for CSV injection, in their full width too; blanks before them do not help.
FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|'")
LINE_END: Final = "\r\n"
LONGEST: Final = 1 << 30
"""Characters that the reader takes in one cell; the csv module's own limit is less than some evidence."""


def relation_lines(relations: Iterable[Relation]) -> Iterator[bytes]:
    """The header after a byte-order mark, then one row a relation, as RFC 4180 has it."""
    yield "\ufeff".encode() + _line(tsv.COLUMNS)
    for relation in relations:
        row = tsv.flatten(relation.to_record())
        yield _line([guard(row[column]) for column in tsv.COLUMNS])


def read(path: Path) -> Parsed:
    """The records of such a file, also one that a spreadsheet saved again. Raises RecordError, OSError."""
    return records_of_rows(path, _rows(path))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        csv.field_size_limit(LONGEST)
        reader = csv.reader(stream, strict=True)
        try:
            for row in reader:
                yield reader.line_num, [unguard(cell) for cell in row]
        except csv.Error as error:
            raise RecordError(f"{path}:{reader.line_num}: not CSV ({error}); check its quotes") from error
        except UnicodeDecodeError as error:
            raise RecordError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from error


def guard(cell: str) -> str:
    """``cell`` so that it is text to a spreadsheet.

    >>> guard("-29a"), guard("miR-21"), guard("'t Hooft")
    ("'-29a", 'miR-21', "''t Hooft")
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell that :func:`guard` was given."""
    return cell.removeprefix("'")


def _line(cells: Iterable[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator=LINE_END).writerow(cells)
    return buffer.getvalue().encode("utf-8")
