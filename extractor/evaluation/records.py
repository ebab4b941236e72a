"""What the scorer compares: one `Entry` an atomic tuple, gold or predicted; and the reader of predictions."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar

from extractor.evaluation.matching import Kind, Names
from extractor.writers import tsv

SlotName = Literal["donor", "mirna", "recipient", "target", "effect"]
ENTITY_SLOTS: Final[tuple[SlotName, ...]] = ("donor", "mirna", "recipient", "target")
KINDS: Final[Mapping[SlotName, Kind]] = MappingProxyType(
    {"donor": "cell", "mirna": "mirna", "recipient": "cell", "target": "gene", "effect": "word"}
)
NOTHING: Final = frozenset({"", "-", "–", "—", "−", "na", "n/a", "none", "null", "not stated"})
"""What an empty cell of a table may look like (case ignored)."""


SHOWN: Final = 10
"""How many bad lines an error message lists."""
T = TypeVar("T")
R = TypeVar("R")


class EvaluationInputError(ValueError):
    """A gold or prediction file cannot be read; the message names file, line, value and the fix."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One atomic tuple. Each slot holds all names of one entity, first the one to show; empty when absent."""

    doc_id: str
    mirna: Names
    donor: Names = ()
    recipient: Names = ()
    target: Names = ()
    effect: Names = ()
    evidence: tuple[str, ...] = ()
    unstated: frozenset[SlotName] = frozenset()
    """Slots of a curated row that the text itself does not state."""
    beside: tuple[tuple[SlotName, Names], ...] = ()
    """Other entities that the text names in a slot of a curated row: a broader one, or one more recipient."""
    label: str = ""
    """Where it stands: the table row, or the relation id."""
    confidence: float | None = None

    def names(self, slot: SlotName) -> Names:
        """The names in a slot (for ``effect`` a single word)."""
        value: Names = getattr(self, slot)
        return value

    def names_beside(self, slot: SlotName) -> Names:
        """What the text names in this slot instead of, or beside, the row's own value."""
        return next((names for known, names in self.beside if known == slot), ())

    def show(self) -> str:
        """``donor | miRNA | recipient | target`` for people to read."""
        return " | ".join(self.names(slot)[0] if self.names(slot) else "–" for slot in ENTITY_SLOTS)


Documents = Mapping[str, tuple[Entry, ...]]
"""The entries of each document."""


def clean_id(value: object) -> str:
    """A document id as text: ``PMID:123`` and ``123`` are the same.

    >>> clean_id("PMID: 123")
    '123'
    """
    text = str(value).strip()
    head, _, tail = text.partition(":")
    return tail.strip() if head.casefold() in ("pmid", "pubmed") and tail.strip().isdigit() else text


def group(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Entries by document, in the order they came."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.doc_id, []).append(entry)
    return {doc_id: tuple(members) for doc_id, members in found.items()}


def read_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 file. Raises EvaluationInputError when there is none or it is not UTF-8."""
    try:
        # Not splitlines(): a JSON string may hold U+2028 or U+0085 as they are.
        return [line.removesuffix("\r") for line in path.read_text(encoding="utf-8-sig").split("\n")]
    except OSError as error:
        raise EvaluationInputError(
            f"{path}: cannot be read ({error.strerror}); give the path of a file"
        ) from error
    except UnicodeDecodeError as error:
        raise EvaluationInputError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error


def gather(rows: Iterable[tuple[int, T]], convert: Callable[[T, str], R], path: Path) -> list[R]:
    """Convert every row. Raises EvaluationInputError with all bad rows at once (the first ten in words)."""
    made: list[R] = []
    problems: list[str] = []
    for number, row in rows:
        try:
            made.append(convert(row, f"{path}:{number}"))
        except EvaluationInputError as error:
            problems.append(str(error))
    if problems:
        more = f"\n... and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise EvaluationInputError("\n".join(problems[:SHOWN]) + more)
    return made


def read_jsonl(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """(line number, object) of each filled line. Raises EvaluationInputError naming the bad lines."""
    filled = ((number, line) for number, line in enumerate(read_lines(path), start=1) if line.strip())
    return gather(((number, (number, line)) for number, line in filled), _parse, path)


def _parse(numbered: tuple[int, str], where: str) -> tuple[int, dict[str, Any]]:
    number, line = numbered
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise EvaluationInputError(f"{where}: not JSON ({error}); one object a line is needed") from error
    if not isinstance(value, dict):
        raise EvaluationInputError(f"{where}: {type(value).__name__} instead of a JSON object")
    return number, value


def read_tsv(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """(column names in lower case with ``_`` for spaces, [(line number, row)]) of a TSV with a header."""
    lines = [(number, line) for number, line in enumerate(read_lines(path), start=1) if line.strip()]
    lines = [(number, line) for number, line in lines if not line.startswith("# ")]
    if not lines:
        raise EvaluationInputError(f"{path}: is empty; a header line with column names is needed")
    rows = list(csv.reader((line for _, line in lines), delimiter="\t"))
    header = [name.strip().casefold().replace(" ", "_") for name in rows[0]]
    body = zip((number for number, _ in lines[1:]), rows[1:], strict=True)
    return header, [(number, dict(zip(header, row, strict=False))) for number, row in body]


def read_predictions(path: Path) -> dict[str, tuple[Entry, ...]]:
    """The transfer relations, not negated, of a prediction file, by document.

    ``path`` is the contract's JSONL, or its TSV. Raises EvaluationInputError.
    """
    rows: Iterable[tuple[int, Mapping[str, Any]]]
    convert: Callable[[Mapping[str, Any], str], Entry]
    if path.suffix.casefold() == ".tsv":
        header, rows = read_tsv(path)
        convert = _from_own_row if set(tsv.REQUIRED) <= set(header) else _from_row
    else:
        rows, convert = read_jsonl(path), from_record
    return group(gather(((number, row) for number, row in rows if _counts(row)), convert, path))


def _counts(row: Mapping[str, Any]) -> bool:
    negated = str(row.get("negated") or "").casefold() in ("true", "1", "yes")
    return str(row.get("kind") or "transfer") == "transfer" and not negated


def from_record(record: Mapping[str, Any], where: str) -> Entry:
    """An entry from one relation record of the contract. Raises EvaluationInputError."""
    if not record.get("doc_id") or not isinstance(record.get("mirna"), dict):
        raise EvaluationInputError(
            f"{where}: a relation record needs doc_id and a mirna slot (see the contract)"
        )
    bad = [slot for slot in ENTITY_SLOTS if not isinstance(record.get(slot) or {}, dict)]
    if bad:
        raise EvaluationInputError(f"{where}: {', '.join(bad)} must be an object with text, or null")
    return Entry(
        doc_id=clean_id(record["doc_id"]),
        mirna=_slot_names(record["mirna"]),
        donor=_slot_names(record.get("donor")),
        recipient=_slot_names(record.get("recipient")),
        target=_slot_names(record.get("target")),
        effect=_effect(record.get("effect"), record.get("target")),
        evidence=tuple(
            str(e["text"]) for e in record.get("evidence") or () if isinstance(e, dict) and "text" in e
        ),
        label=str(record.get("relation_id") or ""),
        confidence=_number(record.get("confidence")),
    )


def _slot_names(slot: Mapping[str, Any] | None) -> Names:
    if not slot:
        return ()
    names = (slot.get("text"), slot.get("name"), *(slot.get("forms") or ()), slot.get("curie"))
    return tuple(dict.fromkeys(str(name).strip() for name in names if name and str(name).strip()))


def _effect(effect: object, target: object) -> Names:
    """An effect belongs to a target; a target without a stated effect has the effect ``unknown``."""
    return (str(effect or "unknown"),) if target else ()


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _from_own_row(row: Mapping[str, str], where: str) -> Entry:
    """An entry from a row that ``evmir extract`` wrote, with its escapes."""
    try:
        return from_record(tsv.unflatten(dict(row)), where)
    except (KeyError, TypeError, ValueError) as error:
        raise EvaluationInputError(
            f"{where}: not a row as evmir writes it ({error!r}); extract again"
        ) from error


def _from_row(row: Mapping[str, str], where: str) -> Entry:
    """An entry from another TSV: a slot's column is named after it, maybe with _name, _forms, _curie too."""
    if not (row.get("doc_id") or "").strip() or not _row_names(row, "mirna"):
        raise EvaluationInputError(
            f"{where}: a prediction row needs the columns doc_id and mirna, both filled"
        )
    target = _row_names(row, "target")
    return Entry(
        doc_id=clean_id(row["doc_id"]),
        mirna=_row_names(row, "mirna"),
        donor=_row_names(row, "donor"),
        recipient=_row_names(row, "recipient"),
        target=target,
        effect=_effect((row.get("effect") or "").strip(), target),
        evidence=tuple(
            filter(None, [row.get("evidence") or row.get("evidence_text") or row.get("sentence")])
        ),
        label=row.get("relation_id") or "",
    )


def _row_names(row: Mapping[str, str], slot: str) -> Names:
    columns = (slot, f"{slot}_text", f"{slot}_name", f"{slot}_forms", f"{slot}_curie")
    cells = [row.get(column) or "" for column in columns]
    return split_forms("|".join(cells))


def split_forms(cell: str) -> Names:
    """The names in a table cell, parted by ``|``; a dash or nothing is an empty slot."""
    names = (name.strip() for name in cell.split("|"))
    return tuple(dict.fromkeys(name for name in names if name.casefold() not in NOTHING))
