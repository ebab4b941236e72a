"""The review queue: proposals that await a decision, and every decision ever made, in one SQLite file.

Several processes may work on one queue. Each change is one transaction, on the disk before the call
returns; what was decided is never overwritten, and nobody decides what another has just decided.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from extractor.curation import queue_rows as values_of
from extractor.curation.proposals import Decision, Proposal, Verdict, check_edits
from extractor.curation.queue_files import back_up, write_lines
from extractor.curation.queue_filter import Filter, clauses
from extractor.curation.queue_rows import compact, digest, now
from extractor.curation.queue_schema import QueueError, connect
from extractor.curation.queue_writes import append, put_document, put_draft, put_proposal
from extractor.curation.verdicts import (
    Agreement,
    AlreadyDecided,
    agreement,
    check_decision,
    check_seen,
    counting,
)
from extractor.types import Document

__all__ = ["AlreadyDecided", "Filter", "Queue", "QueueError"]


class Queue:
    """A queue in a file; a context manager that closes it. Threads may share one.

    ``create``: make the file where there is none. Raises QueueError for a file that is no queue.
    """

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        self.path = Path(path)
        if not create and not self.path.is_file():
            raise QueueError(f"{self.path}: there is no such queue; `evmir update` makes one")
        self._lock = threading.RLock()
        self._connection = connect(self.path)

    def __enter__(self) -> Queue:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file. Closing twice does nothing."""
        with self._lock:
            self._connection.close()

    # Filling

    def add(
        self, proposals: Iterable[Proposal], documents: Iterable[Document], *, when: str | None = None
    ) -> int:
        """Puts in what is not yet there; returns how many proposals were new. Adding again adds nothing.

        Every proposal's document must be among ``documents`` or in the queue already: QueueError.
        ``when``: ISO 8601, UTC; now, if not given.
        """
        date = when or now()
        with self._transaction() as db:
            newest = {d.doc_id: put_document(db, d, date) for d in documents}
            return sum([put_proposal(db, p, newest.get(p.doc_id), date) for p in proposals])

    def restate(self, proposals: Iterable[Proposal]) -> int:
        """Gives known proposals a new status, rows and reason (the table has changed); returns how many."""
        statement = "UPDATE proposals SET status = ?, table_rows = ?, why = ? WHERE proposal_id = ?"
        with self._transaction() as db:
            found = ((p.status, json.dumps(p.rows), p.why, p.proposal_id) for p in proposals)
            return sum([db.execute(statement, row).rowcount for row in found])

    def rerank(self, scores: Mapping[str, float]) -> None:
        """Sets the rank of proposals by id; unknown ids are left out."""
        with self._transaction() as db:
            statement = "UPDATE proposals SET score = ? WHERE proposal_id = ?"
            db.executemany(statement, [(float(score), key) for key, score in scores.items()])

    def screened(self, doc_id: str, text: str) -> bool:
        """Was this document, with this very text, screened before?"""
        query = "SELECT 1 FROM screened WHERE doc_id = ? AND digest = ?"
        return bool(self.rows(query, (doc_id, digest(text))))

    def mark_screened(self, documents: Iterable[Document], when: str | None = None) -> None:
        """Remembers that documents were screened, so that they are not asked again."""
        date = when or now()
        with self._transaction() as db:
            rows = [(d.doc_id, digest(d.text), date) for d in documents]
            db.executemany("INSERT OR IGNORE INTO screened VALUES (?, ?, ?)", rows)

    # Reading

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """What a SELECT gives, for views that are built on a queue (the tables are in queue_schema)."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def document(self, doc_id: str) -> Document | None:
        """The document, as it was last added."""
        query = "SELECT * FROM documents WHERE doc_id = ? ORDER BY rowid DESC LIMIT 1"
        return next(map(values_of.document, self.rows(query, (doc_id,))), None)

    def document_of(self, proposal_id: str) -> Document:
        """The very text that a proposal's offsets count in, even where a later one has come since."""
        query = "SELECT d.* FROM documents d JOIN proposals p USING (digest) WHERE p.proposal_id = ?"
        rows = self.rows(query, (proposal_id,))
        if not rows:
            raise QueueError(f"no proposal {proposal_id} in {self.path}")
        return values_of.document(rows[0])

    def proposal(self, proposal_id: str) -> Proposal | None:
        """One proposal, or None."""
        rows = self.rows("SELECT * FROM proposals WHERE proposal_id = ?", (proposal_id,))
        return values_of.proposal(rows[0]) if rows else None

    def proposals(
        self, where: Filter | None = None, *, limit: int = -1, offset: int = 0
    ) -> tuple[Proposal, ...]:
        """Those that a filter lets through, the highest rank first."""
        condition, values = clauses(where or Filter())
        query = f"SELECT p.* FROM proposals p WHERE {condition} ORDER BY p.score DESC, p.proposal_id"
        rows = self.rows(f"{query} LIMIT ? OFFSET ?", (*values, limit, offset))
        return tuple(map(values_of.proposal, rows))

    def count(self, where: Filter | None = None) -> int:
        """How many a filter lets through."""
        condition, values = clauses(where or Filter())
        return int(self.rows(f"SELECT count(*) FROM proposals p WHERE {condition}", values)[0][0])

    def next(self, curator: str, where: Filter | None = None, *, after: str = "") -> Proposal | None:
        """The highest-ranked proposal that awaits this curator; what was skipped comes last.

        In a blind queue each curator is asked everything, else nobody what somebody has decided.
        ``after``: among those ranked below this proposal.
        """
        asked = replace(where or Filter(), state="open", curator=curator if self.blind else "")
        condition, values = clauses(asked)
        if after:
            condition += (
                " AND (-p.score, p.proposal_id) > (SELECT -score, ? FROM proposals WHERE proposal_id = ?)"
            )
            values = (*values, after, after)
        skipped = "EXISTS (SELECT 1 FROM standing s WHERE s.proposal_id = p.proposal_id AND s.curator = ?)"
        for again in (f"NOT {skipped}", skipped):
            query = f"SELECT p.* FROM proposals p WHERE {condition} AND {again}"
            rows = self.rows(f"{query} ORDER BY p.score DESC, p.proposal_id LIMIT 1", (*values, curator))
            if rows:
                return values_of.proposal(rows[0])
        return None

    # Deciding

    @property
    def blind(self) -> bool:
        """Does each of two curators decide everything without seeing what the other said?"""
        return bool(self.rows("SELECT 1 FROM settings WHERE key = 'blind' AND value = '1'"))

    def set_blind(self, blind: bool) -> None:
        """Turns blind double curation on or off, for every process on this queue."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO settings VALUES ('blind', ?)", (str(int(blind)),))

    def decide(
        self,
        proposal_id: str,
        curator: str,
        verdict: Verdict,
        *,
        reason: str | None = None,
        edits: Mapping[str, Any] | None = None,
        note: str = "",
        seen: int | None = None,
        final: bool = False,
        when: str | None = None,
    ) -> Decision:
        """Appends a decision; it is on the disk when this returns.

        ``seen``: the number of the last decision on the proposal that the curator could see (0: none);
        without it the proposal must not have been accepted or rejected. Raises AlreadyDecided when
        somebody was faster, QueueError for an unknown proposal, ValueError for a decision that makes no
        sense. In a blind queue the decisions of others are not looked at, unless ``final``.
        """
        check_decision(curator, verdict, reason, edits, final)
        with self._transaction() as db:
            check_edits(edits or {}, self.document_of(proposal_id).text)
            visible = None if final or not self.blind else curator
            check_seen(self.decisions(proposal_id, visible), seen)
            told = (reason, compact(edits or {}), note, when or now())
            if verdict != "skip":
                put_draft(db, proposal_id, curator, {}, "")
            return append(db, (proposal_id, curator, verdict, *told, None, final))

    def undo(self, curator: str, *, when: str | None = None) -> Decision | None:
        """Takes back the curator's last decision that was not taken back yet; None where there is none.

        Its corrections and its note become the draft again.
        """
        query = """SELECT d.* FROM decisions d WHERE d.curator = ? AND d.verdict <> 'undo' AND NOT EXISTS
            (SELECT 1 FROM decisions u WHERE u.undoes = d.number) ORDER BY d.number DESC LIMIT 1"""
        with self._transaction() as db:
            last = db.execute(query, (curator,)).fetchone()
            if last is None:
                return None
            told = (None, "{}", "", when or now())
            put_draft(db, last["proposal_id"], curator, json.loads(last["edits"]), last["note"])
            return append(db, (last["proposal_id"], curator, "undo", *told, last["number"], last["final"]))

    def draft(self, proposal_id: str, curator: str) -> tuple[dict[str, Any], str]:
        """The corrections and the note that a curator has left on a proposal without a decision."""
        query = "SELECT edits, note FROM drafts WHERE proposal_id = ? AND curator = ?"
        rows = self.rows(query, (proposal_id, curator))
        return (json.loads(rows[0]["edits"]), rows[0]["note"]) if rows else ({}, "")

    def save_draft(self, proposal_id: str, curator: str, edits: Mapping[str, Any], note: str) -> None:
        """Keeps them; a decision takes them away. Raises QueueError, ValueError as :meth:`decide` does."""
        with self._transaction() as db:
            check_edits(edits, self.document_of(proposal_id).text)
            put_draft(db, proposal_id, curator, edits, note)

    def decisions(self, proposal_id: str | None = None, curator: str | None = None) -> tuple[Decision, ...]:
        """Every decision ever made, in order; of one proposal or one curator, if asked."""
        wanted = {"proposal_id": proposal_id, "curator": curator}
        asked = {column: value for column, value in wanted.items() if value is not None}
        condition = " AND ".join(f"{column} = ?" for column in asked) or "1"
        query = f"SELECT * FROM decisions WHERE {condition} ORDER BY number"
        return tuple(map(values_of.decision, self.rows(query, tuple(asked.values()))))

    def decision(self, number: int) -> Decision | None:
        """The decision of that number, or None."""
        return next(
            map(values_of.decision, self.rows("SELECT * FROM decisions WHERE number = ?", (number,))), None
        )

    def current(self, proposal_id: str) -> Decision | None:
        """The decision that counts: a final one, else the last if all curators who judged say the same.

        None while it is undecided, while curators differ, and in a blind queue before two have judged.
        """
        return counting(self.decisions(proposal_id), needed=2 if self.blind else 1)

    def agreement(self, a: str, b: str) -> Agreement:
        """Cohen's kappa of two curators over the proposals that both accepted or rejected."""
        query = """SELECT x.verdict, y.verdict FROM standing x JOIN standing y USING (proposal_id, final)
            WHERE x.curator = ? AND y.curator = ? AND final = 0
            AND x.verdict <> 'skip' AND y.verdict <> 'skip'"""
        return agreement((row[0], row[1]) for row in self.rows(query, (a, b)))

    # Copying

    def backup(self, path: str | Path) -> None:
        """A copy that is a queue itself, whole even while others decide. Raises OSError."""
        with self._lock:
            back_up(self._connection, self._another(path))

    def export(self, path: str | Path) -> None:
        """Documents, proposals and decisions as JSON Lines, told apart by ``type``. Raises OSError."""
        with self._lock:
            write_lines(self._connection, self._another(path))

    # Inside

    def _another(self, path: str | Path) -> Path:
        if Path(path).exists() and self.path.samefile(path):
            raise QueueError(f"{path}: is the queue itself; name another file")
        return Path(path)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing, and nobody else writes meanwhile."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
