"""The log of questions: what was asked when, which records it gave, and which of them were delivered."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.sources.store import Store, now


@dataclass(frozen=True, slots=True)
class Run:
    """One time that a question was asked of a service."""

    number: int
    began: str
    """UTC, e.g. ``2026-11-23T08:30:00Z``."""
    listed: tuple[str, ...]
    """What the service listed."""
    given: tuple[str, ...] | None
    """What of it was handed out; None for a run that was cut short before it had handed out all it could."""


def begin_run(store: Store, question: str, listed: Iterable[str]) -> int:
    """Notes what a service listed for a question (see `Search.key`); returns the run's number."""
    with store.change() as database:
        sql = "INSERT INTO run (question, began, listed) VALUES (?, ?, ?)"
        return int(database.execute(sql, (question, now(), _packed(listed))).lastrowid or 0)


def finish_run(store: Store, number: int, given: Iterable[str]) -> None:
    """Notes what of the run's list was handed out."""
    with store.change() as database:
        database.execute("UPDATE run SET given = ? WHERE number = ?", (_packed(given), number))


def last_run(store: Store, question: str, *, finished: bool = False) -> Run | None:
    """The last run of a question, or its last one that came to its end; None where there is none."""
    which = "AND given IS NOT NULL" if finished else ""
    order = "ORDER BY number DESC LIMIT 1"
    sql = f"SELECT number, began, listed, given FROM run WHERE question = ? {which} {order}"
    for number, began, listed, given in store.rows(sql, (question,)):
        return Run(number, began, _unpacked(listed), None if given is None else _unpacked(given))
    return None


def _packed(ids: Iterable[str]) -> bytes:
    return zlib.compress("\n".join(ids).encode("utf-8"))


def _unpacked(packed: bytes) -> tuple[str, ...]:
    return tuple(zlib.decompress(packed).decode("utf-8").split())
