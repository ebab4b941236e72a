"""Rows, relation records and queues made by hand for the tests of the curated table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extractor.curation.rows import Cell, Row
from extractor.types import Document

Record = dict[str, Any]
PLAN = ("donor", "mirna", "recipient", "target")


def cell(text: str) -> Cell:
    """``"PTEN=hgnc:9588"`` is a cell with that identifier, ``""`` an open slot."""
    name, _, curie = text.partition("=")
    return Cell(name, curie=curie)


def row(row_id: str, statement: str, effect: str = "", pmid: str = "", **more: Any) -> Row:
    """``row("1", "CAF | miR-21 | breast cancer cell | PTEN")``; a dash is an open slot."""
    cells = {slot: cell(part) for slot, part in zip(PLAN, split(statement), strict=True)}
    return Row(row_id, **cells, effect=effect, pmid=pmid, **more)


def split(statement: str) -> list[str]:
    return [part.strip().strip("–").strip() for part in statement.split("|")]


def text_of(statement: str) -> str:
    """A text in which every name of the statement stands."""
    return " and ".join(part.partition("=")[0] for part in split(statement) if part) + "."


def record(statement: str, effect: str | None = None, doc_id: str = "100", **more: Any) -> Record:
    """A relation record of the contract over ``text_of(statement)``."""
    text = text_of(statement)
    slots = {slot: _slot(part, text) for slot, part in zip(PLAN, split(statement), strict=True)}
    evidence = [{"start": 0, "end": len(text), "text": text, "rules": ["a.rule"]}]
    body = {"relation_id": "r", "doc_id": doc_id, "kind": "transfer", **slots, "phenotype": None}
    body |= {"vesicle": None, "effect": effect, "negated": False, "confidence": 0.8}
    return body | {"evidence": evidence, "citations": [], "flags": []} | more


def _slot(part: str, text: str) -> dict[str, Any] | None:
    if not part:
        return None
    name, _, curie = part.partition("=")
    start = text.index(name)
    end = start + len(name)
    return {"text": name, "start": start, "end": end, "name": None, "curie": curie or None, "forms": []}


def document(statement: str, doc_id: str = "100", flags: tuple[str, ...] = ()) -> Document:
    return Document(doc_id, text_of(statement), flags=flags)


def without_rows(table: Path, *ids: str) -> None:
    """Takes rows out of a table file, as a person would with an editor."""
    lines = table.read_text(encoding="utf-8").split("\n")
    table.write_text("\n".join(line for line in lines if line.split("\t")[0] not in ids), encoding="utf-8")
