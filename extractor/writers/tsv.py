"""Tab-separated values: the same content as a JSON record, one relation a row, read back without loss.

The columns and the escapes are described for users in ``docs/output.md``. Cells are data: one that
begins with ``=``, ``+``, ``-`` or ``@`` is written as it is, for miRNAs such as ``-29a`` do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from extractor.types import Relation
from extractor.writers import context_cells

SLOTS: Final = ("donor", "mirna", "recipient", "target", "phenotype", "vesicle")
DETAILS: Final = ("start", "end", "name", "curie", "forms")
COLUMNS: Final[tuple[str, ...]] = (
    *("relation_id", "doc_id", "kind"),
    *SLOTS,
    *("effect", "negated", "confidence", "evidence", "citations", "flags"),
    *(f"{slot}_{detail}" for slot in SLOTS for detail in DETAILS),
    *("evidence_start", "evidence_end", "evidence_rules"),
    *context_cells.COLUMNS,
)
KEYS: Final = frozenset({"relation_id", "doc_id", "kind", "effect", "negated", "confidence"} | set(SLOTS))
KNOWN: Final = KEYS | {"evidence", "citations", "flags", "context"}
LATER: Final = frozenset({"flags", *context_cells.COLUMNS})
"""Columns that tables of earlier versions lack; absence means empty."""

BETWEEN: Final = " | "
EMPTY: Final = r"\e"
NAMED: Final = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p"}
BACK: Final = {code[1]: char for char, code in NAMED.items()} | {"e": ""}
UNSAFE: Final = re.compile('^"|[\\\\\t\n\r|\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]')
ESCAPE: Final = re.compile(r"\\(?:u([0-9a-f]{4})|(.))", re.DOTALL)


def relation_lines(relations: Iterable[Relation]) -> Iterator[bytes]:
    """The header, then one row a relation."""
    yield row_bytes(COLUMNS)
    for relation in relations:
        row = flatten(relation.to_record())
        yield row_bytes(row[column] for column in COLUMNS)


def row_bytes(cells: Iterable[str]) -> bytes:
    """One line of UTF-8."""
    return ("\t".join(cells) + "\n").encode("utf-8")


def flatten(record: dict[str, Any]) -> dict[str, str]:
    """A contract record as ``{column: cell}``. Raises ValueError for a key that no column holds."""
    unknown = sorted(record.keys() - KNOWN)
    if unknown:
        raise ValueError(f"no TSV column holds {', '.join(unknown)}; add it to extractor/writers/tsv.py")
    row = {key: _scalar(record[key]) for key in ("relation_id", "doc_id", "kind", "effect")}
    row |= {key: json.dumps(record[key]) for key in ("negated", "confidence")}
    for name in SLOTS:
        row |= slot_cells(name, record.get(name))
    row |= {key: _joined(record.get(key, [])) for key in ("citations", "flags")}
    row |= _evidence_cells(record["evidence"])
    return row | context_cells.context_cells(record.get("context"), _beside)


def unflatten(row: dict[str, str]) -> dict[str, Any]:
    """The record that :func:`flatten` made ``row`` of. Raises KeyError or ValueError for any other row."""
    record: dict[str, Any] = {key: _text(row[key]) for key in ("relation_id", "doc_id", "kind")}
    record |= {name: _slot(name, row) for name in SLOTS}
    record |= {"effect": _text(row["effect"]), "negated": _boolean(row["negated"])}
    record |= {"confidence": float(row["confidence"]), "evidence": _evidence(row)}
    record |= {"citations": _list(row["citations"]), "flags": _list(row.get("flags", ""))}
    return record | {"context": context_cells.context_record(row, _parted)}


def slot_cells(name: str, slot: dict[str, Any] | None) -> dict[str, str]:
    """The cells of the slot ``name``, empty where the record has none."""
    if slot is None:
        return {name: ""} | {f"{name}_{detail}": "" for detail in DETAILS}
    return {
        name: escape(slot["text"]),
        f"{name}_start": str(slot["start"]),
        f"{name}_end": str(slot["end"]),
        f"{name}_name": _scalar(slot["name"]),
        f"{name}_curie": _scalar(slot["curie"]),
        f"{name}_forms": _joined(slot["forms"]),
    }


def escape(text: str) -> str:
    """``text`` without tab, line end, bar, control character or opening quote; empty text is no empty cell.

    A quote at the start of a cell would make readers that know CSV swallow what follows.
    """
    return UNSAFE.sub(_escape_one, text) or EMPTY


def unescape(cell: str) -> str:
    """The text that :func:`escape` made ``cell`` of; an unknown escape raises KeyError."""
    return ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else BACK[m[2]], cell)


def _escape_one(match: re.Match[str]) -> str:
    return NAMED.get(match[0]) or f"\\u{ord(match[0]):04x}"


def _scalar(value: str | None) -> str:
    return "" if value is None else escape(value)


def _text(cell: str) -> str | None:
    return unescape(cell) if cell else None


def _joined(values: Iterable[str]) -> str:
    return BETWEEN.join(escape(value) for value in values)


def _list(cell: str) -> list[str]:
    return [unescape(item) for item in cell.split(BETWEEN)] if cell else []


def _beside(values: Iterable[str | None]) -> str:
    """Values that stand beside those of other columns: each has its place, also one that is missing."""
    return BETWEEN.join("" if value is None else escape(value) for value in values)


def _parted(cell: str) -> list[str | None]:
    return [_text(item) for item in cell.split(BETWEEN)]


def _boolean(cell: str) -> bool:
    return {"true": True, "false": False}[cell]


def _slot(name: str, row: dict[str, str]) -> dict[str, Any] | None:
    if not row[name]:
        return None
    return {
        "text": unescape(row[name]),
        "start": int(row[f"{name}_start"]),
        "end": int(row[f"{name}_end"]),
        "name": _text(row[f"{name}_name"]),
        "curie": _text(row[f"{name}_curie"]),
        "forms": _list(row[f"{name}_forms"]),
    }


def _evidence_cells(evidence: list[dict[str, Any]]) -> dict[str, str]:
    return {
        "evidence": _joined(item["text"] for item in evidence),
        "evidence_start": BETWEEN.join(str(item["start"]) for item in evidence),
        "evidence_end": BETWEEN.join(str(item["end"]) for item in evidence),
        "evidence_rules": BETWEEN.join(" ".join(_rule(r) for r in item["rules"]) for item in evidence),
    }


def _evidence(row: dict[str, str]) -> list[dict[str, Any]]:
    if not row["evidence"]:
        return []
    columns = (
        row[c].split(BETWEEN) for c in ("evidence_start", "evidence_end", "evidence", "evidence_rules")
    )
    return [
        {"start": int(start), "end": int(end), "text": unescape(text), "rules": _rules(rules)}
        for start, end, text, rules in zip(*columns, strict=True)
    ]


def _rule(rule: str) -> str:
    return escape(rule).replace(" ", r"\u0020")


def _rules(cell: str) -> list[str]:
    return [unescape(rule) for rule in cell.split(" ")] if cell else []
