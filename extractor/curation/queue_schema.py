"""The queue's tables, and how its file is opened: SQLite with a write-ahead log.

``standing`` is derived: what each curator's last decision on a proposal is that was not taken back. So is
``states``: what those of all curators amount to, as ``outcomes`` works it out. Both change in the transaction
that appends a decision, and never otherwise. ``drafts`` hold what a curator has corrected and noted, but not
decided yet; ``words`` finds proposals by their number.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from extractor.write_ahead import write_ahead

APPLICATION: Final = 0x65766D71  # "evmq", in the file's header: tells a queue from any other database
VERSION: Final = 1
BUSY_SECONDS: Final = 30.0
"""How long one process waits for another's transaction; they last milliseconds."""

TABLES: Final = """
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    digest TEXT PRIMARY KEY, doc_id TEXT NOT NULL, added TEXT NOT NULL, text TEXT NOT NULL,
    sections TEXT NOT NULL, layout TEXT NOT NULL, source TEXT NOT NULL
);
CREATE INDEX documents_by_id ON documents (doc_id);
CREATE TABLE screened (doc_id TEXT, digest TEXT, date TEXT NOT NULL,
    PRIMARY KEY (doc_id, digest)) WITHOUT ROWID;
CREATE TABLE proposals (
    number INTEGER PRIMARY KEY, proposal_id TEXT NOT NULL UNIQUE, doc_id TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES documents, status TEXT NOT NULL,
    table_rows TEXT NOT NULL, prior REAL NOT NULL, score REAL NOT NULL,
    record TEXT NOT NULL, why TEXT NOT NULL, added TEXT NOT NULL
);
CREATE INDEX proposals_by_score ON proposals (score DESC, proposal_id);
CREATE INDEX proposals_by_document ON proposals (doc_id);
CREATE INDEX proposals_by_date ON proposals (added);
CREATE INDEX proposals_by_status ON proposals (status, proposal_id);
CREATE TABLE slots (
    proposal_id TEXT NOT NULL REFERENCES proposals (proposal_id), role TEXT NOT NULL,
    key TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (proposal_id, role)
) WITHOUT ROWID;
CREATE INDEX slots_by_key ON slots (key, role);
CREATE INDEX slots_by_role ON slots (role, key, name);
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    proposal_id TEXT NOT NULL REFERENCES proposals (proposal_id),
    curator TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT, edits TEXT NOT NULL, note TEXT NOT NULL,
    date TEXT NOT NULL, undoes INTEGER UNIQUE REFERENCES decisions, final INTEGER NOT NULL
);
CREATE INDEX decisions_by_proposal ON decisions (proposal_id, curator);
CREATE INDEX decisions_by_curator ON decisions (curator, number);
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are appended, never changed'); END;
CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are appended, never deleted'); END;
CREATE TABLE standing (
    proposal_id TEXT NOT NULL, curator TEXT NOT NULL, final INTEGER NOT NULL, number INTEGER NOT NULL,
    verdict TEXT NOT NULL, told TEXT NOT NULL, PRIMARY KEY (proposal_id, curator, final)
) WITHOUT ROWID;
CREATE INDEX standing_by_curator ON standing (curator, verdict);
CREATE VIEW outcomes AS SELECT proposal_id, CASE
    WHEN max(final) THEN max(CASE WHEN final THEN verdict END)
    WHEN count(DISTINCT CASE WHEN verdict <> 'skip' THEN verdict || told END) > 1 THEN 'differs'
    WHEN max(verdict = 'accept') THEN 'accept'
    WHEN max(verdict = 'reject') THEN 'reject'
    ELSE 'skip' END AS state FROM standing GROUP BY proposal_id;
CREATE TABLE states (proposal_id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX states_by_state ON states (state);
CREATE TABLE drafts (
    proposal_id TEXT NOT NULL, curator TEXT NOT NULL, edits TEXT NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY (proposal_id, curator)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (names, text, content = '');
"""


class QueueError(ValueError):
    """A file that cannot serve as a queue, or a request that the queue must refuse; says what to do."""


def connect(path: Path) -> sqlite3.Connection:
    """An open queue, made where there was none. Raises QueueError, naming the file."""
    try:
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise QueueError(f"{path}: cannot open the queue ({error})") from error
    try:
        _prepare(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise QueueError(f"{path}: not a queue of evmir ({error})") from error
    except QueueError:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("BEGIN IMMEDIATE")  # two processes may make the same queue at once
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and application != APPLICATION:
        raise QueueError(f"{path}: a database, but not a queue of evmir; name another file")
    if version > VERSION:
        raise QueueError(f"{path}: written by a later evmir (queue version {version}); update evmir")
    if not tables:
        for statement in _statements(TABLES):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
    write_ahead(connection, BUSY_SECONDS)
    connection.execute("PRAGMA synchronous = FULL")  # a decision is on the disk before the page says so
    connection.execute("PRAGMA foreign_keys = ON")


def _statements(script: str) -> list[str]:
    """The statements of a script; a trigger's own semicolon does not end it."""
    found, rest = [], ""
    for part in script.split(";"):
        rest += part + ";"
        if sqlite3.complete_statement(rest):
            found.append(rest)
            rest = ""
    return found
