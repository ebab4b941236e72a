"""The pace that all threads and processes of a user keep together, each service its own."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from extractor.sources.errors import SourceError

MARGIN: Final = 1.1
"""Requests leave a tenth further apart than they must: what leaves evenly does not arrive evenly."""
MAX_HOLD: Final = 600.0
"""Seconds that a service may ask everybody to wait. What lies further ahead comes from a clock set back."""


class Pace:
    """A token bucket for one token: slots in time, handed out one after another from a small database.

    A bucket for N tokens would let 2 N requests into one second (a full bucket, then what flows in), which
    is why this one holds a single token. SQLite does the locking, and a process that is killed holds
    nothing: its slot is just not used.
    """

    def __init__(self, path: Path) -> None:
        """``path`` is the database, made with its folder when first used."""
        self._path = path

    def reserve(self, service: str, rate: float) -> float:
        """Takes the next slot of a service at ``rate`` a second; returns the seconds until it.

        Raises SourceError.
        """
        with self._locked() as database:
            now = time.time()
            slot = max(now, self._free(database, service, now))
            self._set(database, service, slot + MARGIN / rate)
        return slot - now

    def hold(self, service: str, seconds: float) -> None:
        """Nobody asks the service for that long: it said so. Raises SourceError."""
        with self._locked() as database:
            now = time.time()
            until = now + min(seconds, MAX_HOLD)
            self._set(database, service, max(until, self._free(database, service, now)))

    def _free(self, database: sqlite3.Connection, service: str, now: float) -> float:
        row = database.execute("SELECT free FROM pace WHERE service = ?", (service,)).fetchone()
        free = float(row[0]) if row else 0.0
        return free if free - now <= MAX_HOLD + 60 else 0.0

    def _set(self, database: sqlite3.Connection, service: str, free: float) -> None:
        database.execute("INSERT OR REPLACE INTO pace VALUES (?, ?)", (service, free))

    @contextmanager
    def _locked(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=60, isolation_level=None)) as database:
                database.execute("PRAGMA synchronous = OFF")  # a slot lost with the power harms nobody
                database.execute("BEGIN IMMEDIATE")
                database.execute("CREATE TABLE IF NOT EXISTS pace (service TEXT PRIMARY KEY, free REAL)")
                yield database
                database.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise SourceError(
                f"cannot keep the pace in {self._path} ({error}); make the folder writable or set EVMIR_CACHE"
            ) from error
