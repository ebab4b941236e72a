"""``evmir tables``: the tables that articles hold, as rows of one table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from extractor.cli.ending import DONE, SOME_UNREADABLE, Refused, say
from extractor.cli.output import console, replacing
from extractor.types import Document

OWN: Final = ("doc_id", "table", "caption", "cited")
"""Columns before those of the tables; ``cited`` are the CURIEs of the articles that a row cites."""


def write_tables(inputs: Sequence[str], output: Path | None, only: str | None) -> int:
    """Writes the rows as TSV, into a file or on standard output; returns the exit status. Raises Refused."""
    from extractor.readers import read_documents

    problems: list[object] = []
    rows = list(_rows(read_documents(inputs, problems=problems.append), only))
    for problem in problems:
        say(str(problem))
    if not rows:
        wanted = f"no table called {only!r}" if only else "no table"
        raise Refused(f"{wanted} in {', '.join(inputs)}; JATS (.xml, .nxml) and HTML articles have tables")
    lines = _tsv(rows)
    if output is None or str(output) == "-":
        console().file.write(lines)
    else:
        with replacing(output) as stream:
            stream.write(lines.encode("utf-8", "surrogatepass"))
    return SOME_UNREADABLE if problems else DONE


def _rows(documents: Iterable[Document], only: str | None) -> Iterator[dict[str, str]]:
    """A mapping from column to cell for each row of each wanted table."""
    for document in documents:
        for table in document.tables:
            if only is not None and table.label.casefold() != only.casefold():
                continue
            columns = [f"{c} (printed)" if c in OWN else c for c in table.columns]
            for cells, cited in zip(table.rows, table.cited, strict=True):
                own = (document.doc_id, table.label, table.caption, " | ".join(cited))
                yield dict(zip((*OWN, *columns), (*own, *cells), strict=True))


def _tsv(rows: Sequence[dict[str, str]]) -> str:
    """All columns of all rows, in the order of their first use."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, delimiter="\t", restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()
