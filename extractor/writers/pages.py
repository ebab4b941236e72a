"""The wide table for reading: Markdown and HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final

from extractor.types import Relation
from extractor.writers.curies import article_iri
from extractor.writers.values import utf8, xml_text
from extractor.writers.wide import FURTHER, HEADINGS, wide_rows

COLUMNS: Final = (*HEADINGS, *FURTHER)
REFERENCE: Final = COLUMNS.index("Reference")
SPECIAL: Final = re.compile(r"[\\`*_\[\]<>|&#!~]")
STYLE: Final = (
    "body{font:15px/1.4 sans-serif;margin:2em}table{border-collapse:collapse}"
    "th,td{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}th{background:#eee}"
)


def markdown(relations: Iterable[Relation]) -> Iterator[bytes]:
    """A table of GitHub's Markdown, a row a finding."""
    yield utf8(f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}\n")
    for row in wide_rows(relations):
        cells = [SPECIAL.sub(r"\\\g<0>", " ".join(cell.split())) for cell in row.cells()]
        article = article_iri(row.reference)
        if article:
            cells[REFERENCE] = f"[{cells[REFERENCE]}]({article})"
        yield utf8(f"| {' | '.join(cells)} |\n")


def page(relations: Iterable[Relation]) -> Iterator[bytes]:
    """An HTML page that needs nothing else."""
    heads = "".join(f"<th>{heading}</th>" for heading in COLUMNS)
    yield utf8(
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>evmir: findings</title>'
        f"<style>{STYLE}</style></head>\n<body>\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    )
    for row in wide_rows(relations):
        cells = [html.escape(xml_text(cell)) for cell in row.cells()]
        article = article_iri(row.reference)
        if article:
            cells[REFERENCE] = f'<a href="{article}">{cells[REFERENCE]}</a>'
        yield utf8(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n")
    yield utf8("</tbody>\n</table>\n</body>\n</html>\n")
