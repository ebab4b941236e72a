"""A Word document with the table as a journal prints it: a caption, three rules, linked references."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

from extractor.curation.exports.archive import MOMENT, timeless
from extractor.curation.exports.view import HEADINGS, PrintedLine, View

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
RULES: Final = {"top": 12, "bottom": 12, "insideH": 0}
"""Lines around the table, in eighths of a point; none between rows or columns."""
HYPERLINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def export(view: View) -> bytes:
    """The document's bytes, the same for the same table."""
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.title = "evmir", _legal(view.title)
    properties.created = properties.modified = MOMENT
    _landscape(document)
    caption = document.add_paragraph()
    caption.add_run("Table 1. ").bold = True
    caption.add_run(_legal(view.title))
    _table(document, view)
    if view.legend:
        document.add_paragraph(view.legend)
    stream = io.BytesIO()
    document.save(stream)
    return timeless(stream.getvalue())


def _landscape(document: Document) -> None:
    from docx.enum.section import WD_ORIENT

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _table(document: Document, view: View) -> None:
    lines = view.lines
    table = document.add_table(rows=1 + len(lines), cols=len(HEADINGS))
    _three_rules(table)
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
        _bottom_rule(cell)
    grid = [list(row.cells) for row in table.rows]
    for number, line in enumerate(lines, start=1):
        _fill(grid, number, line)


def _fill(grid: list[list[_Cell]], number: int, line: PrintedLine) -> None:
    if line.same:
        grid[number][0].text = _legal(line.cells[0])
    if line.same > 1:
        grid[number][0].merge(grid[number + line.same - 1][0])
    for cell, text in zip(grid[number][1:-1], line.cells[1:-1], strict=True):
        cell.text = _legal(text)
    _reference(grid[number][-1], _legal(line.cells[-1]), line.link)


def _reference(cell: _Cell, text: str, link: str) -> None:
    """The reference, linked where there is an address."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = cell.paragraphs[0]
    if not link:
        paragraph.add_run(text)
        return
    anchor: Any = OxmlElement("w:hyperlink")
    anchor.set(qn("r:id"), paragraph.part.relate_to(link, HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.underline = True
    anchor.append(run._r)
    paragraph._p.append(anchor)


def _three_rules(table: Table) -> None:
    from docx.oxml import OxmlElement

    borders: Any = OxmlElement("w:tblBorders")
    for side, size in RULES.items():
        borders.append(_rule(side, size))
    table._tbl.tblPr.append(borders)


def _bottom_rule(cell: _Cell) -> None:
    from docx.oxml import OxmlElement

    borders: Any = OxmlElement("w:tcBorders")
    borders.append(_rule("bottom", RULES["bottom"]))
    cell._tc.get_or_add_tcPr().append(borders)


def _rule(side: str, size: int) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    rule: Any = OxmlElement(f"w:{side}")
    rule.set(qn("w:val"), "single" if size else "nil")
    rule.set(qn("w:sz"), str(size))
    return rule


def _legal(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return ILLEGAL.sub("\ufffd", text)
