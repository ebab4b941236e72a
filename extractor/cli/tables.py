"""``evmir table``: the curated table checked, shown, compared, handed out and merged with decisions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.cli.ending import DONE, Refused, say
from extractor.cli.output import console, replacing
from extractor.curation.convert import import_table
from extractor.curation.curated import CuratedTable, Problem, TableError, cells_of, read_curated, table_bytes
from extractor.curation.exports import EXPORTS, view_of
from extractor.curation.exports.view import HEADINGS, View
from extractor.curation.merge import Merged
from extractor.curation.merge_files import merge
from extractor.curation.queue import QueueError
from extractor.curation.rows import COLUMNS, Row
from extractor.curation.sidecar import EVIDENCE, REJECTED, Line, beside, read_sidecar
from extractor.curation.table_diff import difference
from extractor.curation.validation import problems_of
from extractor.writers import UnknownFormat, choose
from extractor.writers.jsonl import encode
from extractor.writers.terminal import printable

DIFFERENT = 1
"""Exit status of ``diff`` for tables that differ, as diff(1) has it, and of ``validate`` for problems."""
T = TypeVar("T")


def validate(path: Path) -> int:
    """Prints every problem, a line each or JSON Lines into a pipe; returns the status. Raises Refused."""
    problems = _problems(path)
    if sys.stdout.isatty():
        for problem in problems:
            console().print(Text(printable(str(problem))), soft_wrap=True)
        console().print(Text(printable(f"{path}: {len(problems)} problems")), soft_wrap=True)
    else:
        sys.stdout.buffer.writelines(encode(asdict(p) | {"path": str(p.path)}) for p in problems)
    return DIFFERENT if problems else DONE


def _problems(path: Path) -> tuple[Problem, ...]:
    """Of the table and of the files beside it."""
    found: list[Problem] = []
    for read in (_table_problems, _sidecar_problems):
        try:
            found += read(path)
        except TableError as error:
            found += error.problems
        except OSError as error:
            raise Refused(
                f"{path}: cannot be read ({error.strerror or error}); give a curated table"
            ) from error
    return tuple(found)


def _table_problems(path: Path) -> Sequence[Problem]:
    return problems_of(read_curated(path))


def _sidecar_problems(path: Path) -> Sequence[Problem]:
    for suffix in (EVIDENCE, REJECTED):
        read_sidecar(path, suffix)
    return ()


def show(path: Path, ids: Sequence[str], atomic: bool) -> None:
    """The table as a review prints it; of the rows in ``ids`` everything, and what they rest on."""
    table = attempt(lambda: read_curated(path))
    evidence = attempt(lambda: read_sidecar(path, EVIDENCE)).lines
    missing = [row_id for row_id in ids if table.row(row_id) is None]
    if missing:
        raise Refused(
            f"{path}: no row {', '.join(missing)}; `evmir table show {path} --atomic` lists the ids"
        )
    chosen = [row for row in table.rows if row.id in ids] if ids else list(table.rows)
    if not sys.stdout.isatty():
        sys.stdout.buffer.writelines(encode(_record(row, evidence)) for row in chosen)
    elif ids:
        for row in chosen:
            _show_row(row, evidence, console())
    else:
        _show_lines(view_of(path.name, chosen, atomic=atomic), console())


def _record(row: Row, evidence: Sequence[Line]) -> dict[str, object]:
    return asdict(row) | {"evidence": [line for line in evidence if line["row"] == row.id]}


def _show_lines(view: View, screen: Console) -> None:
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("id", *HEADINGS):
        grid.add_column(heading, overflow="fold")
    for line in view.lines:
        grid.add_row(*(Text(printable(cell)) for cell in (line.finding.label, *line.cells)))
    screen.print(grid)
    screen.print(Text(view.legend, style="dim"))


def _show_row(row: Row, evidence: Sequence[Line], screen: Console) -> None:
    grid = Table.grid(padding=(0, 2, 0, 0))
    cells = cells_of(row)
    for column in COLUMNS:
        if cells[column]:
            grid.add_row(Text(column, style="dim"), Text(printable(cells[column])))
    screen.print(grid)
    for line in evidence:
        if line["row"] == row.id:
            _show_support(line, screen)
    screen.print()


def _show_support(line: Line, screen: Console) -> None:
    told = f"{line['doc_id']}, accepted by {line.get('curator')} on {line.get('date')}"
    screen.print(Text(printable(told), style="bold"))
    for sentence in line.get("evidence", ()):
        rules = " ".join(sentence.get("rules", ()))
        screen.print(Text(printable(f"  {sentence.get('text', '')}")), Text(printable(rules), style="dim"))


def diff(old: Path, new: Path) -> int:
    """Prints what differs, by row and column; returns the exit status."""
    before, after = attempt(lambda: read_curated(old)), attempt(lambda: read_curated(new))
    changes = difference(before.rows, after.rows)
    if sys.stdout.isatty():
        for change in changes:
            console().print(Text(printable(str(change)), style=change.style), soft_wrap=True)
    else:
        sys.stdout.buffer.writelines(encode(change.to_record()) for change in changes)
    return DIFFERENT if changes else DONE


def export(path: Path, out: Path, title: str | None, atomic: bool) -> None:
    """The table in the format that the suffix of ``out`` tells."""
    try:
        render = choose(out, EXPORTS)
    except UnknownFormat as error:
        raise Refused(str(error)) from error
    if out.exists() and out.samefile(path):
        raise Refused(f"{out} is the table itself: writing there would destroy it; choose another name")
    table = valid(path)
    evidence = attempt(lambda: read_sidecar(path, EVIDENCE)).lines
    data = render(view_of(title or path.stem, table.rows, evidence, atomic=atomic))
    with replacing(out) as stream:
        stream.write(data)


def import_printed(path: Path, out: Path, references: Path | None) -> None:
    """A printed table as a new curated one. An existing file is not overwritten."""
    if out.exists():
        raise Refused(f"{out} exists already; choose another name, or remove it first")
    rows = attempt(lambda: import_table(path, references))
    with replacing(out) as stream:
        stream.write(table_bytes(rows))
    without = sum(not row.papers for row in rows)
    say(f"{out}: {len(rows)} rows" + (f"; {without} without pmid, pmcid or doi" if without else ""))


def merge_queue(table: Path, queue: Path, out: Path | None) -> None:
    """Decisions into the table; says what was done, and what needs a person."""
    result = attempt(lambda: merge(table, queue, out))
    for note in result.notes:
        say(note)
    target = out or table
    console().print(Text(printable(f"{target}: {_told(result)}")), soft_wrap=True)
    console().print(
        Text(printable(f"evidence in {beside(target, EVIDENCE)}, rejected in {beside(target, REJECTED)}")),
        soft_wrap=True,
    )


def _told(result: Merged) -> str:
    counts = {
        "rows added": result.added,
        "rows filled": result.filled,
        "rows with more evidence": result.supported,
        "rows marked as retracted": result.retracted,
    }
    done = [f"{len(ids)} {what}" for what, ids in counts.items() if ids]
    return ", ".join(done or ["nothing to add"]) + f"; {len(result.rejected)} rejected statements"


def valid(path: Path) -> CuratedTable:
    """The table, when nothing is wrong in it. Raises Refused with every problem."""
    table = attempt(lambda: read_curated(path))
    problems = problems_of(table)
    if problems:
        raise Refused(f"the table has to be mended first:\n{TableError(problems)}")
    return table


def attempt(read: Callable[[], T]) -> T:
    """What ``read`` returns. Raises Refused for files that cannot be read or used."""
    try:
        return read()
    except (TableError, QueueError, ValueError) as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"{error.filename or 'a file'}: {error.strerror or error}") from error
