"""The statements that change a queue, each inside a transaction that the caller holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from extractor.curation.proposals import ROLES, Decision, Proposal, slot_key
from extractor.curation.queue_rows import compact, decision, document_values
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
    record = json.dumps(p.record, ensure_ascii=True)
    values = (
        p.proposal_id,
        p.doc_id,
        key,
        p.status,
        json.dumps(p.rows),
        p.score,
        p.score,
        record,
        p.why,
        date,
    )
    statement = f"INSERT OR IGNORE INTO proposals VALUES ({', '.join('?' * len(values))})"
    if not db.execute(statement, values).rowcount:
        return False
    slots = {role: p.record[role] for role in ROLES if p.record.get(role)}
    named = [(p.proposal_id, role, slot_key(s), s.get("name") or s["text"]) for role, s in slots.items()]
    db.executemany("INSERT INTO slots VALUES (?, ?, ?, ?)", named)
    forms = [form for slot in slots.values() for form in (slot["text"], *slot.get("forms", ()))]
    names = " ".join([p.doc_id, *(name for *_, name in named), *forms])
    text = db.execute("SELECT text FROM documents WHERE digest = ?", (key,)).fetchone()[0]
    db.execute("INSERT INTO words VALUES (?, ?, ?)", (p.proposal_id, names, json.loads(text)))
    return True


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
    """Appends a decision (its columns without the number) and brings ``standing`` up to date."""
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
    return new
