"""The printed table as one HTML page that needs nothing else: no script, no font, no address to load."""

from __future__ import annotations

from html import escape

from extractor.curation.exports.view import HEADINGS, PrintedLine, View
from extractor.curation.page import page


def export(view: View) -> bytes:
    """The page; a phenotype that lines share is one cell, as in the review."""
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in HEADINGS)
    body = "\n".join(f'<tr id="{escape(line.finding.ids[0])}">{_cells(line)}</tr>' for line in view.lines)
    table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    legend = f"<p>{escape(view.legend)}</p>" if view.legend else ""
    return page(view.title, f"<h1>{escape(view.title)}</h1>\n{table}\n{legend}")


def _cells(line: PrintedLine) -> str:
    phenotype, *middle, reference = (escape(cell) for cell in line.cells)
    span = f' rowspan="{line.same}"' if line.same > 1 else ""
    first = f"<td{span}>{phenotype}</td>" if line.same else ""
    linked = f'<a href="{escape(line.link)}">{reference}</a>' if line.link else reference
    return first + "".join(f"<td>{cell}</td>" for cell in middle) + f"<td>{linked}</td>"
