"""Rows of the queue's file to values, and values to what a row holds."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import datetime, timezone
from typing import Any, cast

from extractor.curation.proposals import Decision, Proposal, Status
from extractor.curation.queue_schema import QueueError
from extractor.types import Document, Layout, Section


def now() -> str:
    """This moment, ISO 8601, UTC, to the second.

    >>> len(now()), now()[-1]
    (20, 'Z')
    """
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def digest(text: str) -> str:
    """Thirty-two hex digits that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def compact(value: Any) -> str:
    """JSON, the same bytes for equal values; ASCII, so that lone surrogates pass."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def encodable(text: str) -> str:
    """The text with question marks for lone surrogates, which neither SQLite nor a page can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def document_values(document: Document, date: str) -> tuple[str, ...]:
    """The columns of ``documents``; the text as JSON, in which lone surrogates last. Raises QueueError for an
    id that has any: it could not be found again."""
    if encodable(document.doc_id) != document.doc_id:
        raise QueueError(f"document id {document.doc_id!a}: not valid text; give it another")
    sections = json.dumps([[s.label, s.start, s.end] for s in document.sections])
    key = digest(document.doc_id + "\0" + document.text)
    return key, document.doc_id, date, json.dumps(document.text), sections, document.layout, document.source


def document(row: sqlite3.Row) -> Document:
    """A row of ``documents``."""
    sections = tuple(Section(*section) for section in json.loads(row["sections"]))
    layout = cast(Layout, row["layout"])
    return Document(row["doc_id"], json.loads(row["text"]), sections, layout, row["source"])


def proposal(row: sqlite3.Row) -> Proposal:
    """A row of ``proposals``."""
    rows = tuple(json.loads(row["table_rows"]))
    status = cast(Status, row["status"])
    record = json.loads(row["record"])
    return Proposal(row["proposal_id"], row["doc_id"], status, rows, row["score"], record, row["why"])


def decision(row: sqlite3.Row) -> Decision:
    """A row of ``decisions``."""
    values = {key: row[key] for key in Decision.__dataclass_fields__}
    return Decision(**{**values, "edits": json.loads(row["edits"]), "final": bool(row["final"])})
