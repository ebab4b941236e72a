"""PubMed's published files applied to the store: additions, revisions, deletions."""

from __future__ import annotations

import gzip
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from extractor.sources.articles import RECORDS, article
from extractor.sources.errors import BadAnswer, SourceError
from extractor.sources.gathering import PUBMED
from extractor.sources.store import Store, delete_record, now, put_record

_DELETION: Final = "DeleteCitation"


def applied_files(store: Store) -> set[str]:
    """The names of the files that are in the store."""
    return {name for (name,) in store.rows("SELECT file FROM applied", ())}


def apply_file(store: Store, path: Path, name: str, md5: str, *, ends_baseline: bool = False) -> None:
    """Applies one file, whole or not at all, and notes that it is applied.

    With the last file of a baseline go the records that came in files of earlier years and not in this
    baseline: NLM deleted them. Raises SourceError where the file is no PubMed XML.
    """
    at = now()
    with store.change() as database:
        try:
            for element in _elements(path):
                _apply(database, element, name, at)
        except (BadAnswer, SyntaxError, EOFError, OSError, zlib.error) as error:
            raise SourceError(f"cannot be read ({error}); run the same command later") from error
        if ends_baseline:
            _drop_earlier_years(database, name)
        database.execute("INSERT OR REPLACE INTO applied VALUES (?, ?, ?)", (name, md5, at))


def _apply(database: sqlite3.Connection, element: Any, name: str, at: str) -> None:
    if element.tag == _DELETION:
        for pmid in element.iterfind("PMID"):
            delete_record(database, PUBMED, (pmid.text or "").strip())
    else:
        put_record(database, PUBMED, article(element), name, at)


def _elements(path: Path) -> Iterator[Any]:
    from lxml import etree

    with gzip.open(path) as stream:
        options = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
        for _, element in etree.iterparse(stream, tag=(*RECORDS, _DELETION), **options):
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]


def _drop_earlier_years(database: sqlite3.Connection, name: str) -> None:
    year = name.partition("n")[0]  # pubmed26
    rows = database.execute(
        "SELECT id FROM record WHERE source = ? AND origin GLOB 'pubmed[0-9][0-9]n*' AND origin < ?",
        (PUBMED, year),
    ).fetchall()
    for (pmid,) in rows:
        delete_record(database, PUBMED, pmid)
