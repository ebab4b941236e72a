"""A printed table (the schema of ``gold/table1.tsv``) as rows of the general one, grounded.

A printed row with several miRNAs and targets becomes one row for each combination: row 7 with two miRNAs
gives 7.1 and 7.2. Where ``NAME_atomic.tsv`` lies beside ``NAME.tsv``, it says the same with more (other
names, effects), and is read instead. Papers are looked up in ``references.tsv`` beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Final

from extractor.curation.rows import PAPER, Cell, Row
from extractor.evaluation.gold import COLUMNS as KNOWN_AS
from extractor.evaluation.gold import split_list, split_mirnas
from extractor.evaluation.records import EvaluationInputError, read_tsv, split_forms
from extractor.grounding import Context, ground, species_cues

Printed = Mapping[str, str]
LABELS: Final = {"donor": "CELL", "recipient": "CELL", "mirna": "MIRNA", "target": "GENE"}


def import_table(path: Path, references: Path | None = None) -> tuple[Row, ...]:
    """The atomic rows of a printed table, names and identifiers filled in where grounding is sure.

    ``references``: a table with the columns reference, pmid, pmcid, doi; by default ``references.tsv``
    beside the table. Raises EvaluationInputError (a ValueError) naming file, line and fix.
    """
    atomic = path.with_name(f"{path.stem}_atomic{path.suffix}")
    source = atomic if atomic.exists() else path
    header, lines = read_tsv(source)
    columns = _columns(header, source)
    papers = _papers(references or path.with_name("references.tsv"), required=references is not None)
    rows: list[Row] = []
    for number, line in lines:
        printed = {name: (line.get(column) or "").strip() for name, column in columns.items()}
        rows += _atoms(printed, papers, f"{source}:{number}")
    if not rows:
        raise EvaluationInputError(f"{source}: holds no rows")
    return tuple(_grounded(row) for row in _numbered(rows))


def _columns(header: Sequence[str], path: Path) -> dict[str, str]:
    """Our name of a column -> the file's; those of the same name besides."""
    known = {name: next((h for h in names if h in header), "") for name, names in KNOWN_AS.items()}
    missing = [name for name in LABELS if not known[name]]
    if missing:
        raise EvaluationInputError(
            f"{path}:1: no column {', '.join(missing)} among {', '.join(header)}; a printed table has "
            "phenotype, donor, recipient, mirna, target and reference"
        )
    return {name: name for name in header} | {name: column for name, column in known.items() if column}


def _papers(path: Path, required: bool) -> dict[str, dict[str, str]]:
    """Reference -> pmid, pmcid, doi; nothing when there is no such file."""
    if not path.exists() and not required:
        return {}
    header, lines = read_tsv(path)
    if "reference" not in header:
        raise EvaluationInputError(f"{path}:1: no column reference; name it, beside pmid, pmcid, doi")
    return {
        (line.get("reference") or ""): {column: (line.get(column) or "").strip() for column in PAPER}
        for _, line in lines
    }


def _atoms(printed: Printed, papers: Mapping[str, dict[str, str]], where: str) -> Iterable[Row]:
    """One row for each miRNA and target of a printed line."""
    mirnas = _parts(printed, "mirna", split_mirnas)
    targets = _parts(printed, "target", split_list) or (Cell(),)
    if not mirnas:
        raise EvaluationInputError(f"{where}: no miRNA; name it, or remove the line")
    reference = printed.get("reference", "").strip("[]")
    paper = papers.get(reference, {})
    base = Row(
        id=printed.get("row", "") or where.rpartition(":")[2],
        phenotype=_whole(printed, "phenotype"),
        donor=_whole(printed, "donor"),
        recipient=_whole(printed, "recipient"),
        species=printed.get("species", ""),
        reference=reference,
        pmid=paper.get("pmid", "") or printed.get("pmid", ""),
        pmcid=paper.get("pmcid", "") or printed.get("pmcid", ""),
        doi=paper.get("doi", "") or printed.get("doi", ""),
        status="imported",
        note=_note(printed),
    )
    effect = printed.get("effect", "")
    return [
        replace(base, mirna=mirna, target=target, effect=effect if target.text else "")
        for mirna, target in product(mirnas, targets)
    ]


def _whole(printed: Printed, slot: str) -> Cell:
    names = split_forms(printed.get(slot, ""))
    forms = split_forms(printed.get(f"{slot}_forms", ""))
    return Cell(names[0], forms=tuple(f for f in (*names[1:], *forms) if f != names[0])) if names else Cell()


def _parts(printed: Printed, slot: str, divide: Callable[[str], tuple[str, ...]]) -> tuple[Cell, ...]:
    """The members of a printed list, each by its corrected name where the table gives one."""
    if "mirna_forms" in printed:  # an atomic line: the cell is one name
        return _atomic_part(printed, slot)
    right = divide(printed.get(f"{slot}_corrected", ""))
    shown = divide(printed.get(slot, ""))
    if not right:
        return tuple(Cell(name) for name in shown)
    if len(right) == len(shown):
        return tuple(_mended(printed, name, (better,)) for name, better in zip(shown, right, strict=True))
    return tuple(_mended(printed, name, right) for name in shown)


def _atomic_part(printed: Printed, slot: str) -> tuple[Cell, ...]:
    cell = _whole(printed, slot)
    right = split_forms(printed.get(f"{slot}_corrected", ""))
    if not cell.text or not right:
        return (cell,) if cell.text else ()
    mended = _mended(printed, cell.text, right)
    forms = dict.fromkeys((*mended.forms, *(f for f in cell.forms if f != cell.text)))
    return (replace(mended, forms=tuple(f for f in forms if f != mended.text)),)


def _mended(printed: Printed, name: str, right: Sequence[str]) -> Cell:
    """The right name; the printed one stays among the other names unless it is a misprint.

    Several right names (both arms of a miRNA) are other names of the printed one.
    """
    if len(right) > 1:
        return Cell(name, forms=tuple(right))
    misprint = printed.get("misprint_note", "").startswith("misprint")
    return Cell(right[0], forms=() if misprint or name == right[0] else (name,))


def _note(printed: Printed) -> str:
    """The note on a misprint, with what the table printed."""
    note = printed.get("misprint_note", "")
    mended = [slot for slot in ("mirna", "target") if printed.get(f"{slot}_corrected")]
    told = "; ".join(f"printed {printed[slot]}" for slot in mended)
    return f"{note} ({told})" if note and told else note or printed.get("note", "")


def _numbered(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows that share a printed row's number get a second one: 7.1, 7.2."""
    count = Counter(row.id for row in rows)
    seen: Counter[str] = Counter()
    numbered = []
    for row in rows:
        seen[row.id] += 1
        own = re.sub(r"\s+", "_", row.id)
        numbered.append(replace(row, id=f"{own}.{seen[row.id]}" if count[row.id] > 1 else own))
    return tuple(numbered)


def _grounded(row: Row) -> Row:
    context = Context(species=species_cues(row.species), gene_cue=True)
    donor, recipient, mirna, target = (
        ground_cell_of(row.cell(slot), label, context) for slot, label in LABELS.items()
    )
    return replace(row, donor=donor, recipient=recipient, mirna=mirna, target=target)


def ground_cell_of(cell: Cell, label: str, context: Context) -> Cell:
    """The cell with name and identifier of the first of its names that grounding is sure of."""
    if cell.curie:
        return cell
    for name in cell.names:
        decision = ground(name, label, context)
        if decision.confident and decision.best is not None:
            return replace(cell, name=decision.best.name, curie=decision.best.curie)
    return cell
