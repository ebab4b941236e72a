"""What ``evmir fetch`` and ``evmir mirror`` do, and what they say about it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.ending import DONE, SOME_UNREADABLE, Refused, say
from extractor.cli.papers import check_format, write_papers
from extractor.sources.errors import SourceError
from extractor.sources.fetching import Ears, Fetch
from extractor.sources.gathering import PUBMED
from extractor.sources.http import Session
from extractor.sources.identifiers import Identifier, from_lines, from_table, identifier
from extractor.sources.mirror import mirror
from extractor.sources.papers import Paper
from extractor.sources.question import Kind, Search, ServiceName, day
from extractor.sources.settings import load_settings
from extractor.sources.store import Store

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

NO_EMAIL = (
    "NCBI asks who is asking: set EVMIR_EMAIL, so that it can write to you before it blocks your address"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user asks ``evmir fetch`` for."""

    query: str = ""
    ids: Path | None = None
    manifest: Path | None = None
    cites: Sequence[str] = ()
    similar: Sequence[str] = ()
    service: ServiceName = "pubmed"
    since: str = ""
    until: str = ""
    most: int | None = None
    full_text: bool = False
    offline: bool = False
    refresh: bool = False
    only_new: bool = False
    quiet: bool = False

    def searches(self) -> list[Search]:
        """What to ask the service. Raises SourceError for a date or a PMID that is none."""
        first = day(self.since) if self.since else None
        last = day(self.until, last=True) if self.until else None
        asked: list[tuple[Kind, str]] = [("query", self.query)] if self.query else []
        asked += [("cites", _pmid(text)) for text in self.cites]
        asked += [("similar", _pmid(text)) for text in self.similar]
        return [Search(kind, text, self.service, first, last, self.most) for kind, text in asked]


def run_fetch(wish: Wish, output: Path | None, store: Path | None) -> int:
    """Fetches and writes; returns the exit status. Raises Refused."""
    news = News(wish.quiet)
    try:
        check_format(output, raw=wish.service == PUBMED, full_text=wish.full_text)
        settings = load_settings(store=store)
        if not (wish.offline or settings.email):
            news.note(NO_EMAIL)
        with Store(settings.store) as kept, Fetch(settings, kept, news.ears(), wish.offline) as run:
            with news.shown():
                ids = _gathered(wish, run, news)
            found = run.papers(ids, wish.service, wish.full_text)
            write_papers(output, _some(found, news), kept, news.problem)
            run.done()
    except SourceError as error:
        news.tell()
        raise Refused(str(error)) from error
    news.tell()
    return SOME_UNREADABLE if news.problems else DONE


def run_mirror(folder: Path, most: int | None, quiet: bool) -> int:
    """Brings the store in ``folder`` up to PubMed's files; returns the exit status. Raises Refused."""
    news = News(quiet)
    try:
        settings = load_settings(store=folder)
        with Store(settings.store) as store, news.shown():
            session = Session(settings)
            try:
                done = mirror(
                    store, session, settings, lambda n, total: news.progress("files", n, total), most
                )
            finally:
                session.close()
            records = store.count(PUBMED)
    except SourceError as error:
        raise Refused(str(error)) from error
    if done.failure and not done.applied:
        raise Refused(done.failure)
    if done.failure:
        say(f"evmir: {done.failure}")
    if not quiet:
        say(f"{done.applied} files applied, {done.waiting} waiting; {records} records in {folder}")
    return SOME_UNREADABLE if done.failure else DONE


@dataclass(slots=True)
class News:
    """Collects what there is to tell, and draws bars at a terminal; what is collected is told at the end."""

    quiet: bool
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _bars: Progress | None = None
    _tasks: dict[str, TaskID] = field(default_factory=dict)

    def ears(self) -> Ears:
        return Ears(self.problem, self.note, self.progress)

    def problem(self, about: str, why: str) -> None:
        self.problems.append(f"{about}: {why}")

    def note(self, message: str) -> None:
        self.notes.append(message)

    def progress(self, what: str, done: int, total: int) -> None:
        if self._bars is not None:
            if what not in self._tasks:
                self._tasks[what] = self._bars.add_task(what, total=total)
            self._bars.update(self._tasks[what], completed=done, total=total)

    def tell(self) -> None:
        """All of it on standard error, problems last."""
        for line in [] if self.quiet else self.notes:
            say(f"note: {line}")
        for line in self.problems:
            say(line)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Bars while this lasts, at a terminal and unless quiet."""
        if self.quiet or not sys.stderr.isatty():
            yield
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        screen = Console(stderr=True)
        with Progress(*columns, console=screen, transient=True, redirect_stdout=False) as self._bars:
            yield
        self._bars = None


def _some(papers: Iterator[Paper], news: News) -> Iterator[Paper]:
    """The papers; raises Refused in place of nothing at all when something is missing."""
    first = next(papers, None)
    if first is None and news.problems:
        raise SourceError("nothing of it could be fetched")
    return papers if first is None else chain([first], papers)


def _gathered(wish: Wish, run: Fetch, news: News) -> list[str]:
    """The identifiers of all records that are asked for, fetched where they can be."""
    found = [one for search in wish.searches() for one in run.search(search, only_new=wish.only_new)]
    if listed := list(_listed(wish, news)):
        found += run.identifiers(listed)
    ids = list(dict.fromkeys(found))
    run.gather(ids, wish.service, refresh=wish.refresh)
    if wish.full_text:
        run.full_texts(ids, wish.service, refresh=wish.refresh)
    return ids


def _listed(wish: Wish, news: News) -> Iterator[Identifier]:
    for path, read in ((wish.ids, from_lines), (wish.manifest, from_table)):
        if path is not None:
            yield from read(_lines(path), partial(_tell_line, news, path))


def _tell_line(news: News, path: Path, where: str, why: str) -> None:
    news.problem(f"{path}:{where}", why)


def _lines(path: Path) -> list[str]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path} is not UTF-8; save it as UTF-8") from error
    return text.splitlines()


def _pmid(text: str) -> str:
    try:
        one = identifier(text)
    except ValueError as error:
        raise SourceError(str(error)) from error
    if one.kind != "pmid":
        raise SourceError(f"{text!r} is a {one.kind.upper()}; --cites and --similar take a PMID")
    return one.value
