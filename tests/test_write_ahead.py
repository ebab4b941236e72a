"""A new database that several open at once: each waits for the others, none is told that it is locked."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from extractor.curation.queue_schema import connect
from extractor.sources.store import Store
from extractor.write_ahead import write_ahead

AT_ONCE, ROUNDS = 4, 40


@pytest.fixture
def held(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection in the middle of reading a file that has no such log yet."""
    path = tmp_path / "held.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        connection.executescript("CREATE TABLE t (a); INSERT INTO t VALUES (1); BEGIN; SELECT a FROM t;")
        connection.execute("SELECT a FROM t").fetchone()
        yield connection


def test_it_waits_for_who_reads(held: sqlite3.Connection, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "held.sqlite", timeout=0)) as connection:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            connection.execute("PRAGMA journal_mode = WAL")
        leaving = threading.Timer(0.2, held.execute, ["COMMIT"])
        leaving.start()
        write_ahead(connection, 30)
        leaving.join()
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_it_gives_up_in_the_end(held: sqlite3.Connection, tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "held.sqlite", timeout=0)) as connection,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        write_ahead(connection, 0.05)


def test_what_is_no_database_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database " * 100)
    with (
        closing(sqlite3.connect(tmp_path / "text")) as connection,
        pytest.raises(sqlite3.DatabaseError, match="not a database"),
    ):
        write_ahead(connection, 30)


def open_store(folder: Path) -> None:
    with Store(folder) as store:
        assert store.count("pubmed") == 0


def open_queue(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    connect(folder / "queue.sqlite").close()


@pytest.mark.parametrize("opened", [open_store, open_queue])
def test_many_may_open_a_new_one_at_once(opened: Callable[[Path], None], tmp_path: Path) -> None:
    together = threading.Barrier(AT_ONCE)

    def run(number: int) -> None:
        together.wait()
        opened(tmp_path / str(number))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number in range(ROUNDS):
            list(pool.map(run, [number] * AT_ONCE))
