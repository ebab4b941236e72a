"""Documents out of the rows of a table, whichever file they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extractor.readers.problems import Report
from extractor.readers.records import RecordError, document_of
from extractor.readers.source import Source
from extractor.types import Document

_COLUMNS: Final = {
    **dict.fromkeys(("pmid", "pubmedid"), "pmid"),
    **dict.fromkeys(("docid", "id", "uid", "documentid"), "doc_id"),
    **dict.fromkeys(("title", "articletitle", "ti"), "title"),
    **dict.fromkeys(("abstract", "abstracttext", "ab"), "abstract"),
    **dict.fromkeys(("text", "fulltext", "document"), "text"),
    **dict.fromkeys(("language", "languages", "la"), "languages"),
    **dict.fromkeys(("publicationtype", "publicationtypes", "pt"), "publication_types"),
    **{name: name for name in ("doi", "pmcid", "flags")},
}
_TEXTS: Final = {"title", "abstract", "text"}

Rows = Iterator[tuple[int, list[str]]]
"""The number of each row (or of its first line) and its cells; the first row names the columns."""


def columns_of(header: list[str]) -> list[str]:
    """What each column is, by its usual names in any case; empty where it is nothing that is read."""
    return [_COLUMNS.get(re.sub(r"[\W_]", "", name.lower()), "") for name in header]


def is_header(header: list[str]) -> bool:
    """Whether a row names a column of text."""
    return bool(_TEXTS.intersection(columns_of(header)))


def row_documents(rows: Rows, unit: str, source: Source, report: Report) -> Iterator[Document]:
    """A document a row; ``unit`` is what the numbers count: ``line``, ``sheet 'x' row``."""
    header = next(rows, (0, []))[1]
    names = columns_of(header)
    if not is_header(header):
        if not source.failure:
            found = ", ".join(header)[:100]
            message = f"no column named title, abstract or text (there are: {found}); name the columns"
            report(f"{unit} 1", message)
        return
    for number, row in rows:
        if len(row) > len(names):
            message = f"{len(row)} cells under {len(names)} columns; quote cells with separators"
            report(f"{unit} {number}", message)
            continue
        cells = {name: cell for name, cell in reversed(list(zip(names, row, strict=False))) if name}
        cells.setdefault("doc_id", cells.get("pmcid", ""))
        try:
            yield document_of(cells, f"{source.stem}:{number}", source.name)
        except RecordError as error:
            report(f"{unit} {number}", str(error))
