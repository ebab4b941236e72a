"""The table as JSON-LD 1.1: every row a node, its slots linked by identifier, with what it rests on."""

from __future__ import annotations

import json
from typing import Any, Final

from extractor.curation.exports.view import View, link_of
from extractor.curation.rows import SLOTS, Cell, Row
from extractor.curation.sidecar import Line

OBO: Final = ("CL", "MONDO", "UBERON", "GO", "DOID", "HP", "CLO")
RESOLVER: Final = "https://identifiers.org/"
VOCABULARY: Final = "urn:evmir:"
"""Terms of the table's own; schema.org and PROV stand for what they know."""
_TERMS: Final[dict[str, Any]] = {
    "@version": 1.1,
    "evmir": {"@id": VOCABULARY, "@prefix": True},
    "schema": {"@id": "https://schema.org/", "@prefix": True},
    "prov": {"@id": "http://www.w3.org/ns/prov#", "@prefix": True},
    **{slot: f"evmir:{slot}" for slot in (*SLOTS, "effect", "species", "status", "rules", "evidence")},
    "start": "evmir:start",
    "end": "evmir:end",
    "note": "schema:comment",
    "text": "schema:text",
    "name": "schema:name",
    "alternateName": "schema:alternateName",
    "label": "evmir:label",
    "citation": {"@id": "schema:citation", "@type": "@id"},
    "curator": "prov:wasAttributedTo",
    "date": "prov:generatedAtTime",
    "reference": "schema:identifier",
}


def export(view: View) -> bytes:
    """``{"@context", "@graph"}``, two blanks of indent, keys in a fixed order."""
    by_row: dict[str, list[Line]] = {}
    for line in view.evidence:
        by_row.setdefault(line["row"], []).append(line)
    graph = [_node(row, by_row.get(row.id, [])) for row in view.rows]
    document = {"@context": _context(view.rows), "@graph": graph}
    return (json.dumps(document, ensure_ascii=True, indent=2) + "\n").encode("ascii")


def _context(rows: tuple[Row, ...]) -> dict[str, Any]:
    """The terms, and a prefix for each namespace that the rows use."""
    curies = {row.cell(slot).curie for row in rows for slot in SLOTS}
    spaces = sorted({curie.partition(":")[0] for curie in curies if ":" in curie})
    return _TERMS | {space: {"@id": _base(space), "@prefix": True} for space in spaces}


def _base(space: str) -> str:
    return f"http://purl.obolibrary.org/obo/{space}_" if space in OBO else f"{RESOLVER}{space}:"


def _node(row: Row, evidence: list[Line]) -> dict[str, Any]:
    slots = {slot: _entity(row.cell(slot)) for slot in SLOTS if row.cell(slot).names}
    plain = {name: row.plain(name) for name in ("effect", "species", "status", "curator", "date", "note")}
    node: dict[str, Any] = {"@id": f"evmir:row/{row.id}", "@type": "evmir:Transfer", **slots}
    node |= {name: value for name, value in plain.items() if value}
    node |= {"reference": row.reference} if row.reference else {}
    node |= {"citation": link_of(row)} if link_of(row) else {}
    return node | ({"evidence": [_support(line) for line in evidence]} if evidence else {})


def _entity(cell: Cell) -> dict[str, Any]:
    named = {"@id": cell.curie} if ":" in cell.curie else {}
    told = {"label": cell.text, "name": cell.name, "alternateName": list(cell.forms)}
    return {**named, **{key: value for key, value in told.items() if value}}


def _support(line: Line) -> dict[str, Any]:
    sentences = [
        {key: sentence[key] for key in ("start", "end", "text", "rules") if key in sentence}
        for sentence in line.get("evidence", ())
    ]
    paper = link_of(Row("", pmid=str(line["doc_id"])))
    cited = {"citation": paper} if paper else {"reference": str(line["doc_id"])}
    return {**cited, "curator": line.get("curator", ""), "date": line.get("date", ""), "evidence": sentences}
