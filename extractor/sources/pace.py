"""The pace that all threads and processes of a user keep together, each service its own."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from extractor.sources.errors import SourceError

WINDOW: Final = 1.0
"""Seconds in which no more requests than the rate may arrive."""
UNDER_WAY: Final = 3.0
"""Seconds after which a request counts as arrived, answered or not: its process may be dead."""
MAX_HOLD: Final = 600.0
"""Seconds that a service may ask everybody to wait. What lies further ahead comes from a clock set back."""
_LOOK_AGAIN: Final = 0.05
"""Seconds between two looks at whether it is our turn, at most."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS asked (number INTEGER PRIMARY KEY, service TEXT, sent REAL, arrived REAL);
CREATE TABLE IF NOT EXISTS held (service TEXT PRIMARY KEY, until REAL);
"""


class Pace:
    """A token bucket in a small database, whose tokens come back a second after a request has arrived.

    When a request arrives only the service knows; we know when we send it and when its answer begins. A
    token that came back a second after sending would let through more than the rate whenever a request is
    held up on its way. So it comes back a second after the answer begins, and requests leave evenly spaced.
    SQLite does the locking; what a killed process had under way counts as arrived after a while.
    """

    def __init__(self, path: Path) -> None:
        """``path`` is the database, made with its folder when first used."""
        self._path = path

    @contextmanager
    def turn(self, service: str, rate: float, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
        """Waits until the service may be asked; leave it when the answer begins. Raises SourceError."""
        while (number := self._try(service, rate)) is None:
            sleep(min(_LOOK_AGAIN, 0.25 / rate))
        try:
            yield
        finally:
            with self._locked() as database:
                database.execute("UPDATE asked SET arrived = ? WHERE number = ?", (time.time(), number))

    def hold(self, service: str, seconds: float) -> None:
        """Nobody asks the service for that long: it said so. Raises SourceError."""
        with self._locked() as database:
            until = max(time.time() + min(seconds, MAX_HOLD), _held(database, service))
            database.execute("INSERT OR REPLACE INTO held VALUES (?, ?)", (service, until))

    def _try(self, service: str, rate: float) -> int | None:
        """Takes a token if there is one: the number of the request, else None."""
        with self._locked() as database:
            now = time.time()
            past, ahead = now - max(WINDOW, 1 / rate), now + UNDER_WAY  # ahead: of a clock set back
            database.execute("DELETE FROM asked WHERE arrived < ? OR sent > ?", (past - WINDOW, ahead))
            if now < _held(database, service) or not _free(database, service, rate, now):
                return None
            values = (service, now, now + UNDER_WAY)
            done = database.execute("INSERT INTO asked (service, sent, arrived) VALUES (?, ?, ?)", values)
            return done.lastrowid

    @contextmanager
    def _locked(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=60, isolation_level=None)) as database:
                database.execute("PRAGMA synchronous = OFF")  # what is lost with the power harms nobody
                database.execute("BEGIN IMMEDIATE")
                for table in _TABLES.strip().splitlines():
                    database.execute(table)
                yield database
                database.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise SourceError(
                f"cannot keep the pace in {self._path} ({error}); make the folder writable or set EVMIR_CACHE"
            ) from error


def _free(database: sqlite3.Connection, service: str, rate: float, now: float) -> bool:
    """Whether a token is there, and the last one was taken long enough ago."""
    last, arriving = database.execute(
        "SELECT max(sent), count(CASE WHEN arrived > ? THEN 1 END) FROM asked WHERE service = ?",
        (now - WINDOW, service),
    ).fetchone()
    spaced: bool = last is None or now >= last + 1 / rate
    return spaced and int(arriving) < max(1, int(rate))


def _held(database: sqlite3.Connection, service: str) -> float:
    row = database.execute("SELECT until FROM held WHERE service = ?", (service,)).fetchone()
    until = float(row[0]) if row else 0.0
    return until if until - time.time() <= MAX_HOLD + 1 else 0.0
