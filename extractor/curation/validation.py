"""Is every cell of a curated table well formed? All problems at once, each with its place and the fix.

Whether a name can be right at all (a miRNA that exists, a symbol of today) is what ``evmir lint`` asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from extractor.curation.curated import CuratedTable, Problem
from extractor.curation.rows import EFFECTS, SLOTS, STATUSES, Row
from extractor.evaluation.gold import split_list, split_mirnas

Complaint = tuple[str, str, str, str]
"""Column, value, what is wrong, the fix."""
Check = Callable[[Row], Iterator[Complaint]]

_CURIE: Final = re.compile(r"[A-Za-z][\w.]*:\S+")
_LINKS: Final[dict[str, tuple[re.Pattern[str], str]]] = {
    "pmid": (re.compile(r"[1-9]\d{0,8}"), "digits only, such as 23439645"),
    "pmcid": (re.compile(r"PMC[1-9]\d*"), "PMC and digits, such as PMC3624465"),
    "doi": (re.compile(r"10\.\d{4,9}/\S+"), "10., a number, a slash and a suffix, without https://doi.org/"),
}
_ID: Final = re.compile(r"\S+")
_NOTHING: Final = frozenset({"-", "–", "—", "−", "na", "n/a", "none", "null", "not stated", "?"})
_PREFIXES: Final[dict[str, frozenset[str]]] = {
    "mirna": frozenset({"mirbase", "mirbase.mature", "mirbase.family", "rfam", "hgnc", "mgi", "rgd"}),
    "target": frozenset({"hgnc", "mgi", "rgd", "ncbigene", "uniprot", "fplx", "hgnc.genegroup", "mesh"}),
    "donor": frozenset({"cl", "cellosaurus", "mondo", "uberon", "mesh", "doid", "efo", "clo", "bto"}),
    "recipient": frozenset({"cl", "cellosaurus", "mondo", "uberon", "mesh", "doid", "efo", "clo", "bto"}),
}
"""The namespaces that a slot's identifier may come from, in small letters; a phenotype's may be any."""


def problems_of(table: CuratedTable) -> tuple[Problem, ...]:
    """Everything that is wrong, in the order of the lines; nothing for a valid table."""
    lines = table.lines or tuple(range(2, len(table.rows) + 2))
    found = [
        Problem(table.path, line, *complaint)
        for line, row in zip(lines, table.rows, strict=True)
        for check in CHECKS
        for complaint in check(row)
    ]
    return tuple(sorted([*found, *_repeated(table, lines)], key=lambda p: p.line))


def _repeated(table: CuratedTable, lines: tuple[int, ...]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for line, row in zip(lines, table.rows, strict=True):
        seen = first.setdefault(row.id, line)
        if seen != line and row.id:
            told = f"line {seen} has the same id"
            yield Problem(table.path, line, "id", row.id, told, "give this row another id")


def _identity(row: Row) -> Iterator[Complaint]:
    if not _ID.fullmatch(row.id):
        yield "id", row.id, "an id is needed, without blanks", "give the row an id that no other has"


def _slots(row: Row) -> Iterator[Complaint]:
    if not row.mirna.text:
        yield "mirna", "", "no miRNA", "name it, or remove the row"
    if not (row.donor.text or row.recipient.text or row.target.text):
        told = "neither donor nor recipient nor target"
        yield "donor", "", told, "fill one of them, or remove the row"
    for slot in SLOTS:
        cell = row.cell(slot)
        if cell.text.strip().casefold() in _NOTHING:
            yield slot, cell.text, "a sign for nothing", "leave the cell empty"
        if not cell.text and (cell.name or cell.curie or cell.forms):
            value = cell.name or cell.curie or cell.forms[0]
            told = f"column {slot} is empty, its details are not"
            yield (
                f"{slot}_{'name' if cell.name else 'curie'}",
                value,
                told,
                f"fill {slot}, or empty its details",
            )


def _lists(row: Row) -> Iterator[Complaint]:
    fix = "one line each: repeat the row with another id"
    if len(split_mirnas(row.mirna.text)) > 1:
        yield "mirna", row.mirna.text, "several miRNAs in one row", fix
    if len(split_list(row.target.text)) > 1 and not row.target.curie:
        yield "target", row.target.text, "several targets in one row", fix


def _curies(row: Row) -> Iterator[Complaint]:
    for slot in SLOTS:
        curie = row.cell(slot).curie
        prefix = curie.partition(":")[0].casefold()
        if curie and not _CURIE.fullmatch(curie):
            yield f"{slot}_curie", curie, "no identifier", "write prefix:number, such as hgnc:11827"
        elif curie and prefix not in _PREFIXES.get(slot, {prefix}):
            names = ", ".join(sorted(_PREFIXES[slot]))
            yield f"{slot}_curie", curie, f"{prefix} has no {slot}s", f"use one of: {names}"


def _effect(row: Row) -> Iterator[Complaint]:
    if row.effect and row.effect not in EFFECTS:
        yield "effect", row.effect, "no such effect", f"use one of: {', '.join(EFFECTS)}; or leave it empty"
    if row.effect and not row.target.text:
        yield "effect", row.effect, "an effect without a target", "name the target, or empty the effect"


def _status(row: Row) -> Iterator[Complaint]:
    if row.status not in STATUSES:
        yield "status", row.status, "no such status", f"use one of: {', '.join(STATUSES)}"


def _links(row: Row) -> Iterator[Complaint]:
    for column, (form, example) in _LINKS.items():
        value = row.plain(column)
        if value and not form.fullmatch(value):
            yield column, value, f"no {column.upper()}", f"write {example}"
    if not (row.reference or row.papers):
        yield "reference", "", "nothing says which paper", "fill pmid, pmcid, doi or reference"


def _date(row: Row) -> Iterator[Complaint]:
    try:
        if row.date:
            date.fromisoformat(row.date[:10])
    except ValueError:
        yield "date", row.date, "no date", "write it as 2024-05-31"


def _blanks(row: Row) -> Iterator[Complaint]:
    cells = {slot: row.cell(slot).text for slot in SLOTS}
    cells |= {f"{slot}_curie": row.cell(slot).curie for slot in SLOTS}
    cells |= {column: row.plain(column) for column in ("effect", "status", "pmid", "pmcid", "doi")}
    for column, value in cells.items():
        if value != value.strip():
            yield column, value, "blanks at the edge", "remove them"


CHECKS: Final[tuple[Check, ...]] = (
    *(_identity, _slots, _lists, _curies, _effect),
    *(_status, _links, _date, _blanks),
)
