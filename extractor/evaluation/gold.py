"""Readers of gold: a curated table (TSV), or annotations (JSONL), as the same frozen entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from extractor.evaluation.matching import Names, plain
from extractor.evaluation.records import (
    ENTITY_SLOTS,
    NOTHING,
    Documents,
    Entry,
    EvaluationInputError,
    clean_id,
    from_record,
    gather,
    group,
    read_jsonl,
    read_tsv,
    split_forms,
)

POOL: Final = ""
"""The one document that holds everything when a table does not say which document a row is from."""

WITHDRAWN: Final = "withdrawn"
"""The status of a row that a curator took back: it is no gold (docs/table.md)."""
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "doc_id": ("doc_id", "pmid"),
        "row": ("row", "#"),
        "reference": ("reference", "ref"),
        "donor": ("donor", "donor_cells", "donor_cell"),
        "recipient": ("recipient", "recipient_cells", "recipient_cell"),
        "mirna": ("mirna", "mirnas", "microrna"),
        "target": ("target", "targets", "target_gene_of_mirna", "target_gene", "target_genes"),
        "effect": ("effect",),
    }
)
"""Names a column of a curated table may have (case ignored, ``_`` for spaces)."""


@dataclass(frozen=True, slots=True)
class Gold:
    """All gold documents, also those that hold nothing. ``pooled``: rows of a table without document ids."""

    documents: Documents
    pooled: bool = False


def read_gold(path: Path) -> Gold:
    """Read gold, told by suffix: ``.tsv`` is a curated table, all else JSONL.

    Raises EvaluationInputError naming file, line and fix.
    """
    return _read_table(path) if path.suffix.casefold() in (".tsv", ".tab") else _read_annotations(path)


def _read_annotations(path: Path) -> Gold:
    rows = read_jsonl(path)
    annotated = gather([row for row in rows if "tuples" in row[1]], _document, path)
    relations = gather([row for row in rows if "tuples" not in row[1]], from_record, path)
    repeated = sorted(doc_id for doc_id, n in Counter(doc_id for doc_id, _ in annotated).items() if n > 1)
    if repeated:
        raise EvaluationInputError(
            f"{path}: annotated twice: {', '.join(repeated)}; one line a document is needed"
        )
    if not annotated and not relations:
        raise EvaluationInputError(
            f"{path}: holds no annotation; one JSON object a line with pmid and tuples is needed"
        )
    return Gold({**dict(annotated), **group(relations)})


def _document(record: Mapping[str, Any], where: str) -> tuple[str, tuple[Entry, ...]]:
    doc_id, tuples = clean_id(record.get("pmid") or record.get("doc_id") or ""), record["tuples"]
    if not doc_id:
        raise EvaluationInputError(f"{where}: no pmid or doc_id; each line is one document with its own id")
    if not isinstance(tuples, list) or not all(isinstance(item, dict) for item in tuples):
        raise EvaluationInputError(
            f"{where}: tuples must be a list of objects (empty when nothing is stated)"
        )
    return doc_id, tuple(_from_annotation(doc_id, item, where) for item in tuples)


def _from_annotation(doc_id: str, item: Mapping[str, Any], where: str) -> Entry:
    slots: dict[str, Names] = {}
    for slot in ENTITY_SLOTS:
        value = item.get(slot, [])
        if not isinstance(value, list) or not all(isinstance(form, str) for form in value):
            raise EvaluationInputError(
                f"{where}: {slot} is {value!r}; a list of names is needed (empty when not stated)"
            )
        slots[slot] = tuple(value)
    if not slots["mirna"]:
        raise EvaluationInputError(f"{where}: a tuple without a miRNA; name it, or remove the tuple")
    effect = (str(item.get("effect") or "unknown"),) if slots["target"] else ()
    return Entry(doc_id, slots["mirna"], slots["donor"], slots["recipient"], slots["target"], effect)


def _read_table(path: Path) -> Gold:
    """A curated table; where ``<name>_atomic.tsv`` lies beside it, that file says the same in atomic rows."""
    atomic = path.with_name(f"{path.stem}_atomic{path.suffix}")
    source = atomic if atomic.exists() else path
    header, rows = read_tsv(source)
    rows = [(number, row) for number, row in rows if row.get("status") != WITHDRAWN]
    columns = _columns(header, source)
    make = _atoms_given if "mirna_forms" in header else _atoms_split
    entries = [
        e for made in gather(rows, lambda row, at: tuple(make(row, columns, at)), source) for e in made
    ]
    if not entries:
        raise EvaluationInputError(f"{source}: holds no rows")
    return Gold(group(entries), pooled="doc_id" not in columns)


def _columns(header: list[str], path: Path) -> dict[str, str]:
    """Our name of a column -> its name in this file. Raises when an entity's column is missing."""
    found = {ours: next((n for n in names if n in header), "") for ours, names in COLUMNS.items()}
    missing = [slot for slot in ENTITY_SLOTS if not found[slot]]
    if missing:
        raise EvaluationInputError(
            f"{path}:1: no column {', '.join(missing)} among {', '.join(header)}; "
            "a curated table needs donor, recipient, mirna and target"
        )
    return {ours: name for ours, name in found.items() if name}


def _base(row: Mapping[str, str], columns: Mapping[str, str]) -> tuple[str, str]:
    def cell(name: str) -> str:
        return (row.get(columns.get(name, "")) or "").strip()

    label = " ".join(
        filter(
            None,
            [
                cell("row") and f"row {cell('row')}",
                cell("reference") and f"[{cell('reference').strip('[]')}]",
            ],
        )
    )
    return clean_id(cell("doc_id")) if "doc_id" in columns else POOL, label


def _atoms_given(row: Mapping[str, str], columns: Mapping[str, str], where: str) -> Iterable[Entry]:
    """One atomic row: acceptable forms (``*_forms``), if the text states a slot (``*_in_text``), and what it
    names there instead or besides (``*_text``)."""
    doc_id, label = _base(row, columns)
    names = {
        slot: split_forms(f"{row.get(columns[slot]) or ''}|{row.get(slot + '_forms') or ''}")
        for slot in ENTITY_SLOTS
    }
    if not names["mirna"]:
        raise EvaluationInputError(f"{where}: no miRNA in column {columns['mirna']}")
    unstated = frozenset(slot for slot in ENTITY_SLOTS if (row.get(f"{slot}_in_text") or "") == "no")
    yield Entry(
        doc_id=doc_id,
        label=label,
        mirna=names["mirna"],
        donor=names["donor"],
        recipient=names["recipient"],
        target=names["target"],
        effect=_effect(row, names["target"]),
        unstated=unstated,
        beside=tuple(
            (slot, said) for slot in ENTITY_SLOTS if (said := split_forms(row.get(f"{slot}_text") or ""))
        ),
    )


def _effect(row: Mapping[str, str], target: Names) -> Names:
    return ((row.get("effect") or "").strip() or "unknown",) if target else ()


def _atoms_split(row: Mapping[str, str], columns: Mapping[str, str], where: str) -> Iterable[Entry]:
    """A row as people write it: lists of miRNAs and targets become every combination."""
    doc_id, label = _base(row, columns)
    cells = {slot: row.get(columns[slot]) or "" for slot in ENTITY_SLOTS}
    mirnas, targets = split_mirnas(cells["mirna"]), split_list(cells["target"])
    if not mirnas:
        raise EvaluationInputError(f"{where}: no miRNA in column {columns['mirna']}")
    for mirna, target in product(mirnas, targets or ("",)):
        names = split_forms(target)
        yield Entry(
            doc_id=doc_id,
            label=label,
            donor=split_forms(cells["donor"]),
            recipient=split_forms(cells["recipient"]),
            mirna=split_forms(mirna),
            target=names,
            effect=_effect(row, names),
        )


def split_list(cell: str) -> tuple[str, ...]:
    """The members of a printed list.

    >>> split_list("Cadherin-17, MAL and TRAF4")
    ('Cadherin-17', 'MAL', 'TRAF4')
    """
    parts = (part.strip() for part in re.split(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+", cell))
    return tuple(part for part in parts if part.casefold() not in NOTHING)


def split_mirnas(cell: str) -> tuple[str, ...]:
    """The members of a printed list of miRNAs, each with its stem.

    >>> split_mirnas("miR-21, \\u2212278e, and \\u2212 143"), split_mirnas("miR-30a/b")
    (('miR-21', 'miR-278e', 'miR-143'), ('miR-30a', 'miR-30b'))
    """
    found: list[str] = []
    for part in split_list(plain(cell)):
        head, *tails = part.split("/")
        found.append(_with_stem(head, found))
        found.extend(_with_stem(tail, found) for tail in tails)
    return tuple(found)


_TAILS: Final[tuple[tuple[str, Callable[[str, str], str]], ...]] = (
    (r"-?\d.*", lambda stem, tail: f"miR-{tail.lstrip('-')}"),
    (r"[a-z](-[35]p)?", lambda stem, tail: f"{re.match(r'.*?-?[0-9]+', stem).group()}{tail}"),  # type: ignore[union-attr]
)


def _with_stem(part: str, before: list[str]) -> str:
    for pattern, join in _TAILS if before else ():
        if re.fullmatch(pattern, part):
            return join(before[-1], part)
    return part
