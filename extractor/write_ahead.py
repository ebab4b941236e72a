"""SQLite's write-ahead log, switched on while other processes may have the same file open."""

from __future__ import annotations

import sqlite3
import time
from typing import Final

_PAUSE: Final = 0.01
"""Seconds between two tries."""


def write_ahead(connection: sqlite3.Connection, seconds: float) -> None:
    """Turns the log on, waiting for others at most so long.

    SQLite itself waits for other connections when it writes, but not when it changes how a file is kept:
    of two processes that open a new file at once, one was told that it is locked. Raises sqlite3.Error.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
