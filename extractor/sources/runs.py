"""The log of questions: what was asked when, which records it gave, and whether all of it was delivered."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.sources.store import Store, now


@dataclass(frozen=True, slots=True)
class Run:
    """One time that a question was asked of a service."""

    number: int
    question: str
    """The question in canonical form, see `Question.key`."""
    began: str
    """UTC, e.g. ``2026-11-23T08:30:00Z``."""
    finished: str
    """Empty for a run that was cut short before all of it was delivered."""
    ids: tuple[str, ...]


def begin_run(store: Store, question: str, ids: Sequence[str]) -> int:
    """Notes what a service listed for a question; returns the run's number."""
    packed = zlib.compress("\n".join(ids).encode("ascii"))
    with store.change() as database:
        sql = "INSERT INTO run (question, began, ids) VALUES (?, ?, ?)"
        return int(database.execute(sql, (question, now(), packed)).lastrowid or 0)


def finish_run(store: Store, number: int) -> None:
    """Everything that the run listed was fetched and handed out."""
    with store.change() as database:
        database.execute("UPDATE run SET finished = ? WHERE number = ?", (now(), number))


def last_run(store: Store, question: str, *, finished: bool = False) -> Run | None:
    """The last run of a question, or its last one that came to its end; None where there is none."""
    which = "finished IS NOT NULL" if finished else "TRUE"
    rows = store.rows(
        "SELECT number, question, began, coalesce(finished, ''), ids FROM run "
        f"WHERE question = ? AND {which} ORDER BY number DESC LIMIT 1",
        (question,),
    )
    for number, key, began, ended, packed in rows:
        return Run(number, key, began, ended, tuple(zlib.decompress(packed).decode("ascii").split()))
    return None
