"""A queue's content as a file: a copy that can be opened as a queue, or JSON Lines for anything else."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extractor.curation import queue_rows as rows
from extractor.curation.proposals import Decision, Proposal
from extractor.types import Document


def back_up(db: sqlite3.Connection, path: Path) -> None:
    """A whole copy, also while others write; it takes the place of ``path`` at its end. Raises OSError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with closing(sqlite3.connect(part)) as copy:
            db.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        os.replace(part, path)
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def write_lines(db: sqlite3.Connection, path: Path) -> None:
    """One JSON object a line, ``type`` first: documents, then proposals, then decisions. Raises OSError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(json.dumps(record) + "\n" for record in _records(db))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _records(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    tables: dict[str, tuple[str, Callable[[sqlite3.Row], Document | Proposal | Decision]]] = {
        "document": ("SELECT * FROM documents ORDER BY doc_id, rowid", rows.document),
        "proposal": ("SELECT * FROM proposals ORDER BY proposal_id", rows.proposal),
        "decision": ("SELECT * FROM decisions ORDER BY number", rows.decision),
    }
    for kind, (query, value) in tables.items():
        for row in db.execute(query):
            added = {} if kind == "decision" else {"added": row["added"]}
            yield {"type": kind, **asdict(value(row)), **added}
