"""A mirror of all of PubMed in the store: baseline files, then update files, applied in order.

NLM publishes the whole of PubMed once a year (``baseline/``) and what was added, revised or deleted since
(``updatefiles/``), in files numbered in the order in which they count, each with its MD5 beside it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extractor.sources.errors import BadAnswer, Rejected, SourceError
from extractor.sources.http import Answer, Request, Service, Session
from extractor.sources.revisions import applied_files, apply_file
from extractor.sources.settings import RATE, Settings
from extractor.sources.store import Store

BASELINE: Final = "baseline/"
UPDATES: Final = "updatefiles/"
DOWNLOADS: Final = 2
"""Times that a file is fetched whole before its MD5 counts as wrong for good."""
_NAME: Final = re.compile(r'href="(pubmed(\d\d)n(\d{4,})\.xml\.gz)"')
_MD5: Final = re.compile(r"\b[0-9a-f]{32}\b", re.IGNORECASE)
_PARTIAL: Final = 206
_ALL_THERE: Final = 416
"""The status for asking for what comes after the last byte."""


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file of PubMed; they count in the order of year and number."""

    year: int
    number: int
    folder: str
    name: str


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What a run of the mirror came to."""

    applied: int
    waiting: int
    """Files that are published and not applied."""
    failure: str = ""
    """Why it stopped; empty where nothing failed."""


def mirror(
    store: Store, session: Session, settings: Settings, progress: Callable[[int, int], None], most: int | None
) -> Mirrored:
    """Applies every published file that was not yet applied, or the first ``most`` of these.

    It stops at a file that cannot be had, for what comes after it may revise what is in it; the next run
    goes on there. Raises SourceError where not even the list of files can be had.
    """
    url = settings.files_url
    service = Service("PubMed's files", url, settings.pace(url, RATE))
    files = published(session, service)
    done = applied_files(store)
    waiting = [file for file in files if file.name not in done]
    last_of_baseline = max(file for file in files if file.folder == BASELINE)
    applied = 0
    for file in waiting[:most]:
        try:
            path, md5 = _download(session, service, file, store.path.parent)
            apply_file(store, path, file.name, md5, ends_baseline=file == last_of_baseline)
        except SourceError as error:
            return Mirrored(applied, len(waiting) - applied, f"{file.name}: {error}")
        path.unlink()
        applied += 1
        progress(applied, len(waiting[:most]))
    return Mirrored(applied, len(waiting) - applied)


def published(session: Session, service: Service) -> list[File]:
    """The files of the newest baseline and its updates, in order. Raises SourceError."""
    listed = [
        File(int(year), int(number), folder, name)
        for folder in (BASELINE, UPDATES)
        for name, year, number in session.ask(Request(service, folder), _names)
    ]
    years = [file.year for file in listed if file.folder == BASELINE]
    if not years:
        raise SourceError(f"no baseline files in {service.url}{BASELINE}; correct the address (files_url)")
    return sorted({file for file in listed if file.year == max(years)})


def _names(answer: Answer) -> list[tuple[str, str, str]]:
    return _NAME.findall(answer.body().decode("utf-8", "replace"))


def _download(session: Session, service: Service, file: File, folder: Path) -> tuple[Path, str]:
    """The file with its MD5, whatever part of it was there before. Raises SourceError."""
    expected = session.ask(Request(service, f"{file.folder}{file.name}.md5"), _md5)
    path = folder / f"{file.name}.part"
    for _ in range(DOWNLOADS):
        found = _fetched(session, service, file, path)
        if found == expected:
            return path, expected
        path.unlink()
    raise SourceError(
        f"its MD5 is {found} and should be {expected}, also when fetched again; run the same command later"
    )


def _fetched(session: Session, service: Service, file: File, path: Path) -> str:
    """Fetches what is missing of a file; returns the MD5 of the whole."""

    def headers() -> dict[str, str]:
        size = path.stat().st_size if path.exists() else 0
        return {"Accept-Encoding": "identity"} | ({"Range": f"bytes={size}-"} if size else {})

    try:
        session.ask(Request(service, file.folder + file.name, headers=headers), lambda a: _append(a, path))
    except Rejected as refusal:
        if refusal.status != _ALL_THERE:
            raise
    digest = hashlib.md5(usedforsecurity=False)
    with _told(path), path.open("rb") as stream:
        for piece in iter(lambda: stream.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def _append(answer: Answer, path: Path) -> None:
    """Writes the body behind what is there, or in its place where the server sends the whole file."""
    mode = "ab" if answer.status == _PARTIAL else "wb"
    with _told(path):
        stream = path.open(mode)
    with stream:
        for piece in answer.pieces():  # what breaks here is the connection, and asked again
            with _told(path):
                stream.write(piece)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SourceError(
            f"{path} cannot be written or read ({error.strerror}); is the disk full?"
        ) from error


def _md5(answer: Answer) -> str:
    match = _MD5.search(answer.body().decode("ascii", "replace"))
    if not match:
        raise BadAnswer("no MD5")
    return match.group().lower()
