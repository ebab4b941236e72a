"""Files, folders or standard input in, documents out; what cannot be read is a problem, never an exception.

To add a format: write its module with a function ``(Source, Report) -> Iterator[Document]``, and add a line
to ``FORMATS`` here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from extractor.readers.formats import FORMATS, read_source
from extractor.readers.inputs import sources
from extractor.readers.notes import noted
from extractor.readers.problems import Problem
from extractor.readers.repeats import Repeats
from extractor.types import Document

__all__ = ["FORMATS", "Problem", "read_documents"]


def read_documents(
    inputs: Iterable[str | Path],
    *,
    problems: Callable[[Problem], None] | None = None,
    notes: Callable[[Problem], None] | None = None,
    stdin: IO[Any] | None = None,
) -> Iterator[Document]:
    """The documents of files, of folders (their files of a known suffix, sorted) and of ``-`` (``stdin``).

    Every problem goes to ``problems`` when it is met, and the reading goes on after it. A record that
    repeats another one (same id, same text) is such a problem and left out; same id and other text are both
    read. Files are read as they are asked for: memory holds one record, not one file.

    ``notes`` is told after each input which of its records have no abstract or are not in English: they are
    read, but less can be found in them than a reader of the results may expect.
    """
    tell = problems or (lambda problem: None)
    repeats = Repeats(tell)
    for source in sources(inputs, tell, stdin):
        documents = repeats.without(source.name, read_source(source, tell))
        yield from noted(source.name, documents, notes) if notes else documents
