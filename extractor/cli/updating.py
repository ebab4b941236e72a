"""``evmir update``: new papers read, held against the curated table, and put into the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.cli.ending import Refused
from extractor.cli.output import console, replacing
from extractor.cli.session import Session
from extractor.cli.tables import attempt, valid
from extractor.cli.work import extraction
from extractor.curation.digest import DIGESTS, headline, statement
from extractor.curation.provenance import made_by
from extractor.curation.queue import Queue
from extractor.curation.queue_rows import now
from extractor.curation.sidecar import EVIDENCE, QUEUE, beside, read_sidecar
from extractor.curation.update import Summary, Update, comparer_of
from extractor.types import Document
from extractor.writers import UnknownFormat, choose
from extractor.writers.terminal import printable

Digest = Callable[[str, Summary], bytes]
SHOWN = 20
"""New proposals that the summary lists; the others are in the queue."""


@dataclass(frozen=True)
class Search:
    """What PubMed is asked, and where what it gives is kept; an empty query asks nothing."""

    query: str = ""
    since: str = ""
    store: Path | None = None
    offline: bool = False
    most: int | None = None

    def documents(self, problems: Callable[[str], None]) -> Iterator[Document]:
        """Raises Refused where nothing can be had at all."""
        from extractor.sources import SourceError, fetch

        try:
            yield from fetch(
                self.query,
                since=self.since,
                store=self.store,
                offline=self.offline,
                most=self.most,
                problems=problems,
            )
        except (SourceError, ValueError) as error:
            raise Refused(str(error)) from error


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    table: Path
    inputs: Sequence[str]
    queue: Path | None
    digests: Sequence[Path]
    model: str | None
    jobs: int
    min_confidence: float
    again: bool
    quiet: bool
    search: Search


def update(asked: Asked) -> int:
    """Runs, prints the summary, writes the digests; returns the exit status. Raises Refused."""
    digests = [(path, _digest(path)) for path in asked.digests]
    table = valid(asked.table)
    evidence = attempt(lambda: read_sidecar(asked.table, EVIDENCE)).lines
    queue_path = asked.queue or beside(asked.table, QUEUE)
    with attempt(lambda: Queue(queue_path)) as queue:
        run = Update(comparer_of(table.rows, evidence), queue, made_by(asked.model), again=asked.again)
        named = [*asked.inputs, *filter(None, [asked.search.query])]
        session = Session(named, asked.jobs, asked.quiet, read=partial(_read, asked), keep=run.wants)
        work = partial(extraction, asked.model, False, asked.min_confidence)
        for document, relations in session.results(work):
            run.take(document, [relation.to_record() for relation in relations])
        summary = run.finish()
    show_summary(summary, queue_path, console())
    title = f"{asked.table.stem}: new findings of {now()[:10]}"
    for path, render in digests:
        with replacing(path) as stream:
            stream.write(render(title, summary))
    return session.status


def _read(asked: Asked, _: Sequence[str], problems: Callable[[object], None]) -> Iterator[Document]:
    """The papers of the inputs, then those of the search."""
    from extractor.readers import read_documents

    yield from read_documents(asked.inputs, problems=problems)
    if asked.search.query:
        yield from asked.search.documents(problems)


def _digest(path: Path) -> Digest:
    try:
        return choose(path, DIGESTS)
    except UnknownFormat as error:
        raise Refused(str(error)) from error


def show_summary(summary: Summary, queue: Path, screen: Console) -> None:
    """The run in a line, then the new proposals, the highest rank first."""
    screen.print(Text(printable(headline(summary))), soft_wrap=True)
    for doc_id, rows in summary.retracted.items():
        told = f"{doc_id} was retracted; of the table rest on it: {', '.join(rows)}"
        screen.print(Text(printable(told), style="bold red"), soft_wrap=True)
    if summary.restated:
        told = f"{summary.restated} proposals that wait were held against the table of today"
        screen.print(Text(told), soft_wrap=True)
    if not summary.new:
        return
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("rank", "what", "paper", "statement", "why"):
        grid.add_column(heading, overflow="fold")
    for p in summary.new[:SHOWN]:
        cells = (f"{p.score:.2f}", p.status, p.doc_id, statement(p.record), p.why)
        grid.add_row(*(Text(printable(cell)) for cell in cells))
    screen.print(grid)
    more = len(summary.new) - SHOWN
    rest = f"{more} more; " if more > 0 else ""
    screen.print(Text(printable(f"{rest}decide with: evmir review {queue}")), soft_wrap=True)
