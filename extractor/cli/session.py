"""One run over some inputs: documents in, results out, and count of what went wrong on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import Final, TypeVar

from extractor.batch import Result, run
from extractor.cli.ending import DONE, SOME_UNREADABLE, Refused, say
from extractor.types import Document

T = TypeVar("T")
Read = Callable[..., Iterable[Document]]
"""From inputs, and with ``problems`` a function that is told each problem, to documents."""

FEW: Final = 5
"""Up to this many documents there is no progress bar."""
LOOK_AHEAD: Final = 2000
"""Documents that are read ahead, when there is a bar, so that it can tell how many there are."""


class Session:
    """Reads, runs, reports problems one line each, and knows the exit status in the end.

    ``read``: gives the documents in place of the readers of files; ``keep``: which of them to work on.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        jobs: int,
        quiet: bool,
        *,
        read: Read | None = None,
        keep: Callable[[Document], bool] | None = None,
    ) -> None:
        self.inputs = inputs
        self.jobs = jobs
        self._read = read
        self._keep = keep or (lambda document: True)
        self.progress = sys.stderr.isatty() and not quiet
        self.documents = 0
        self.problems = 0

    @property
    def status(self) -> int:
        """The exit status of a command that came to its end."""
        return SOME_UNREADABLE if self.problems else DONE

    def results(self, make_work: Callable[[], Callable[[Document], T]]) -> Iterator[tuple[Document, T]]:
        """Each document that could be read and worked on, with its value, in input order.

        Raises Refused at the end when nothing could be read.
        """
        documents, total = self._documents()
        for result in self._with_bar(run(documents, make_work, self.jobs), total):
            if result.problem is not None:
                self._report(f"{_origin(result.document)}: {result.problem}")
            elif result.value is not None:
                yield result.document, result.value
        if not self.documents:
            raise Refused(f"nothing readable in {', '.join(self.inputs)}")

    def _documents(self) -> tuple[Iterator[Document], int | None]:
        """The documents, and how many there are where a progress bar wants to know and it can be told."""
        from extractor.readers import read_documents

        read = self._read or partial(read_documents, notes=_note)
        stream = self._counted(read(self.inputs, problems=self._report))
        first = list(islice(stream, LOOK_AHEAD if self.progress else 0))
        total = len(first) if self.progress and len(first) < LOOK_AHEAD else None
        return chain(first, stream), total

    def _counted(self, documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            self.documents += 1
            if self._keep(document):
                yield document

    def _with_bar(self, results: Iterator[Result[T]], total: int | None) -> Iterator[Result[T]]:
        if not self.progress or (total is not None and total <= FEW):
            return results
        return _tracked(results, total)

    def _report(self, problem: object) -> None:
        self.problems += 1
        say(str(problem))


def _note(note: object) -> None:
    """Told like a problem, but nothing was left unread."""
    say(str(note))


def _tracked(results: Iterator[Result[T]], total: int | None) -> Iterator[Result[T]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Standard output may be a file: only what goes to standard error may be drawn around the bar.
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        yield from progress.track(results, total=total)


def _origin(document: Document) -> str:
    return f"{document.source}: {document.doc_id}" if document.source else document.doc_id
