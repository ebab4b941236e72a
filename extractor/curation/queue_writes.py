"""The statements that change a queue, each inside a transaction that the caller holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from extractor.curation.proposals import ROLES, Decision, Proposal, slot_key
from extractor.curation.queue_rows import compact, decision, document_values, encodable
from extractor.curation.queue_schema import QueueError
from extractor.curation.verdicts import standing
from extractor.types import Document


def put_document(db: sqlite3.Connection, document: Document, date: str) -> str:
    """Adds a document unless this very one is there; returns its key."""
    values = document_values(document, date)
    db.execute("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    return values[0]


def put_proposal(db: sqlite3.Connection, proposal: Proposal, key: str | None, date: str) -> bool:
    """Adds a proposal on the document of that key, else on the newest of its id; False if it was there."""
    p = proposal
    key = key or _newest(db, p.doc_id)
    rank = (p.score, p.score)  # the one it came with, and the one that decisions may change
    told = (json.dumps(p.record), encodable(p.why), date)
    values = (p.proposal_id, p.doc_id, key, p.status, json.dumps(p.rows), *rank, *told)
    statement = f"INSERT OR IGNORE INTO proposals VALUES (NULL, {', '.join('?' * len(values))})"
    cursor = db.execute(statement, values)
    if not cursor.rowcount:
        return False
    _index(db, p, cursor.lastrowid, key)
    return True


def _index(db: sqlite3.Connection, proposal: Proposal, number: int | None, key: str) -> None:
    """Makes a proposal findable by its names and by the words of its text."""
    slots = {role: slot for role in ROLES if (slot := proposal.record.get(role))}
    names = {role: encodable(slot.get("name") or slot["text"]) for role, slot in slots.items()}
    keys = {role: encodable(slot_key(slot) or "") for role, slot in slots.items()}
    rows = [(proposal.proposal_id, role, keys[role], names[role]) for role in slots]
    db.executemany("INSERT INTO slots VALUES (?, ?, ?, ?)", rows)
    forms = [form for slot in slots.values() for form in (slot["text"], *slot.get("forms", ()))]
    words = encodable(" ".join([proposal.doc_id, *names.values(), *forms]))
    text = json.loads(db.execute("SELECT text FROM documents WHERE digest = ?", (key,)).fetchone()[0])
    db.execute("INSERT INTO words (rowid, names, text) VALUES (?, ?, ?)", (number, words, encodable(text)))


def _newest(db: sqlite3.Connection, doc_id: str) -> str:
    query = "SELECT digest FROM documents WHERE doc_id = ? ORDER BY rowid DESC LIMIT 1"
    row = db.execute(query, (doc_id,)).fetchone()
    if row is None:
        raise QueueError(f"a proposal on document {doc_id!r}, which is not in the queue; add it as well")
    return str(row[0])


def put_draft(
    db: sqlite3.Connection, proposal_id: str, curator: str, edits: Mapping[str, Any], note: str
) -> None:
    """Keeps a draft in place of an earlier one; an empty one is none."""
    db.execute("DELETE FROM drafts WHERE proposal_id = ? AND curator = ?", (proposal_id, curator))
    if edits or note:
        db.execute("INSERT INTO drafts VALUES (?, ?, ?, ?)", (proposal_id, curator, compact(edits), note))


def append(db: sqlite3.Connection, values: tuple[Any, ...]) -> Decision:
    """Appends a decision (its columns without the number) and brings what is derived up to date."""
    cursor = db.execute("INSERT INTO decisions VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    row = db.execute("SELECT * FROM decisions WHERE number = ?", (cursor.lastrowid,)).fetchone()
    new = decision(row)
    query = "SELECT * FROM decisions WHERE proposal_id = ? AND curator = ? ORDER BY number"
    own = [decision(r) for r in db.execute(query, (new.proposal_id, new.curator))]
    db.execute("DELETE FROM standing WHERE proposal_id = ? AND curator = ?", (new.proposal_id, new.curator))
    db.executemany(
        "INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?)",
        [(d.proposal_id, d.curator, d.final, d.number, d.verdict, compact(d.edits)) for d in standing(own)],
    )
    db.execute("DELETE FROM states WHERE proposal_id = ?", (new.proposal_id,))
    db.execute("INSERT INTO states SELECT * FROM outcomes WHERE proposal_id = ?", (new.proposal_id,))
    return new
