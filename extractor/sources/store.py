"""The local store: one SQLite file with an index of records and, apart, their compressed contents.

A content is kept under the hash of its bytes, so what is the same is there once and what is damaged shows.
Every change is one transaction in a write-ahead log: a process that is killed leaves all of it or nothing.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar

from extractor.sources.errors import SourceError
from extractor.write_ahead import write_ahead

T = TypeVar("T")

VERSION: Final = 1
"""Of the tables below; a store of a later version is refused, not guessed at."""
_BUSY: Final = 60.0
"""Seconds to wait for another process that writes."""
_ASKED: Final = 500
"""Identifiers in one statement; SQLite may be built with a limit of 999."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS content (hash BLOB PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS record (
    source TEXT NOT NULL, id TEXT NOT NULL, hash BLOB NOT NULL,
    etag TEXT NOT NULL, origin TEXT NOT NULL, fetched TEXT NOT NULL, checked TEXT NOT NULL,
    PRIMARY KEY (source, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS record_hash ON record (hash);
CREATE TABLE IF NOT EXISTS alias (alias TEXT PRIMARY KEY, pmid TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS alias_pmid ON alias (pmid);
CREATE TABLE IF NOT EXISTS applied (file TEXT PRIMARY KEY, md5 TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run (
    number INTEGER PRIMARY KEY, question TEXT NOT NULL, began TEXT NOT NULL, listed BLOB NOT NULL, given BLOB
);
CREATE INDEX IF NOT EXISTS run_question ON run (question);
"""


@dataclass(frozen=True, slots=True)
class Record:
    """What a service gave for one identifier."""

    id: str
    content: bytes
    aliases: tuple[str, ...] = ()
    """Its other identifiers: ``PMC123``, ``doi:10.1000/x`` in lower case."""
    etag: str = ""
    """What the service wants to be told when it is asked whether the record is still right."""


def now() -> str:
    """The time in UTC to the second, in a form that sorts: ``2026-11-23T08:30:00Z``."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Store:
    """Records by source and identifier, in a folder; use it in the thread that made it.

    Every method raises SourceError, naming the file, where the disk or the file does not play along.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "store.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.database = sqlite3.connect(self.path, timeout=_BUSY, isolation_level=None)
            write_ahead(self.database, _BUSY)
            self.database.execute("PRAGMA synchronous = NORMAL")
            (found,) = self.database.execute("PRAGMA user_version").fetchone()
            if not found:
                self.database.executescript(
                    f"BEGIN IMMEDIATE;{_TABLES}PRAGMA user_version = {VERSION};COMMIT;"
                )
        except (sqlite3.Error, OSError) as error:
            raise SourceError(
                f"{self.path} cannot be used as a store ({error}); name another folder"
            ) from error
        if found > VERSION:
            raise SourceError(
                f"{self.path} was written by a newer evmir; update evmir or name another folder"
            )

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.database.close()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """All changes inside are made, or none of them."""
        with self._told():
            self.database.execute("BEGIN IMMEDIATE")
            try:
                yield self.database
                self.database.execute("COMMIT")
            except BaseException:
                if self.database.in_transaction:
                    self.database.execute("ROLLBACK")
                raise

    def put(self, source: str, records: Iterable[Record], origin: str = "") -> None:
        """Adds records or replaces those of the same id, in one transaction.

        ``origin`` is the file that they came in; empty for what was asked for one by one.
        """
        with self.change() as database:
            for record in records:
                put_record(database, source, record, origin, now())

    def get(self, source: str, identifier: str) -> bytes | None:
        """The content of a record, None where there is none. Raises SourceError where it is damaged."""
        rows = self.rows(
            "SELECT hash, data FROM record JOIN content USING (hash) WHERE source = ? AND id = ?",
            (source, identifier),
        )
        if not rows:
            return None
        digest, packed = rows[0]
        try:
            content = zlib.decompress(packed)
        except zlib.error:
            content = b""
        if hashlib.sha256(content).digest() != digest:
            raise SourceError(
                f"{self.path}: the record {source} {identifier} is damaged; fetch into a new store"
            )
        return content

    def etag(self, source: str, identifier: str) -> str:
        """What came with a record for asking again; empty where there is none."""
        rows = self.rows("SELECT etag FROM record WHERE source = ? AND id = ?", (source, identifier))
        return str(rows[0][0]) if rows else ""

    def checked(self, source: str, identifiers: Collection[str]) -> dict[str, str]:
        """For those of the identifiers that are there, when they were last known to be right."""
        found: dict[str, str] = {}
        for some in pieces(identifiers, _ASKED):
            marks = ",".join("?" * len(some))
            sql = f"SELECT id, checked FROM record WHERE source = ? AND id IN ({marks})"
            found.update(self.rows(sql, (source, *some)))
        return found

    def mark_checked(self, source: str, identifiers: Collection[str]) -> None:
        """These are right as of now: the service said so."""
        with self.change() as database:
            database.executemany(
                "UPDATE record SET checked = ? WHERE source = ? AND id = ?",
                ((now(), source, identifier) for identifier in identifiers),
            )

    def pmid_of(self, alias: str) -> str:
        """The PMID for ``PMC123`` or ``doi:...``; empty where it is not known."""
        rows = self.rows("SELECT pmid FROM alias WHERE alias = ?", (alias,))
        return str(rows[0][0]) if rows else ""

    def add_aliases(self, found: Iterable[tuple[str, str]]) -> None:
        """Pairs of another identifier and the PMID."""
        with self.change() as database:
            database.executemany("INSERT OR REPLACE INTO alias VALUES (?, ?)", found)

    def count(self, source: str) -> int:
        """Records of a source."""
        return int(self.rows("SELECT count(*) FROM record WHERE source = ?", (source,))[0][0])

    def rows(self, sql: str, values: tuple[object, ...]) -> list[Any]:
        """The rows of a query; a method for the modules that keep tables of their own here."""
        with self._told():
            return self.database.execute(sql, values).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise SourceError(
                f"{self.path} cannot be used ({error}); is the disk full, or the file damaged?"
            ) from error


def put_record(database: sqlite3.Connection, source: str, record: Record, origin: str, at: str) -> None:
    """Adds or replaces one record inside a change; a content that nobody refers to any more goes."""
    digest = hashlib.sha256(record.content).digest()
    packed = zlib.compress(record.content, 6)
    old = database.execute(
        "SELECT hash FROM record WHERE source = ? AND id = ?", (source, record.id)
    ).fetchone()
    database.execute("INSERT OR IGNORE INTO content VALUES (?, ?)", (digest, packed))
    database.execute(
        "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?, ?, ?)",
        (source, record.id, digest, record.etag, origin, at, at),
    )
    database.executemany(
        "INSERT OR REPLACE INTO alias VALUES (?, ?)", ((alias, record.id) for alias in record.aliases)
    )
    if old and old[0] != digest:
        _drop_content(database, old[0])


def delete_record(database: sqlite3.Connection, source: str, identifier: str) -> None:
    """Removes a record and its aliases inside a change; one that is not there is no error."""
    old = database.execute(
        "SELECT hash FROM record WHERE source = ? AND id = ?", (source, identifier)
    ).fetchone()
    if old:
        database.execute("DELETE FROM record WHERE source = ? AND id = ?", (source, identifier))
        database.execute("DELETE FROM alias WHERE pmid = ?", (identifier,))
        _drop_content(database, old[0])


def _drop_content(database: sqlite3.Connection, digest: bytes) -> None:
    database.execute(
        "DELETE FROM content WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM record WHERE hash = ?)",
        (digest, digest),
    )


def pieces(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most ``size``, in order."""
    stream = iter(values)
    return iter(lambda: list(islice(stream, size)), [])
