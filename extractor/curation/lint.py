"""``evmir lint TABLE``: names that cannot be right, each with a suggestion and a reason.

Nothing is changed unless ``fix`` is asked for; then the sure suggestions alone are put in, and every
change is written to ``<table>.changes.tsv``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from extractor.curation.cell_items import Item, items, replaced
from extractor.curation.checks import CHECKS, Problem, Severity, Suggestion
from extractor.curation.table_file import KEY_COLUMNS, KINDS, Table, read_table, write_table
from extractor.grounding import species_cues
from extractor.lexicons import Lexicons, fold, load

Checker = Callable[[str, str, str], tuple[Problem, ...]]
ORDER: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "note": 2}
LOG_HEADER: Final = "row\tcolumn\told\tnew\tcheck\treason"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem at its place: ``row`` counts the table's data rows from 1."""

    row: int
    column: str
    value: str
    check: str
    severity: Severity
    message: str
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What ``fix`` did in one cell."""

    row: int
    column: str
    old: str
    new: str
    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class LintReport:
    """All findings, errors first within a row, and the changes made (none without ``fix``)."""

    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()
    log: Path | None = None


def lint(
    path: Path, *, fix: bool = False, notes: bool = False, lexicons: Lexicons | None = None
) -> LintReport:
    """Check a curated table (.tsv, .csv) or extraction output (.tsv, .jsonl).

    ``notes`` also tells what is right but could be more exact (no arm, an alias for the symbol).
    ``fix`` rewrites a .tsv or .csv with the sure suggestions and logs them.
    Raises ValueError for a file that cannot be read, or for ``fix`` on .jsonl.
    """
    known = lexicons or load()
    table = read_table(path)
    if fix and not table.delimiter:
        raise ValueError(
            f"{path}: only .tsv and curated .csv tables can be fixed; evmir convert it into table.tsv first"
        )
    check = _checker(known)
    told = [f for f in (*_names(table, check), *_duplicates(table)) if notes or f.severity != "note"]
    findings = tuple(sorted(told, key=lambda f: (f.row, ORDER[f.severity], f.column)))
    if not fix:
        return LintReport(findings)
    fixed, changes = _fixed(table, check)
    if not changes:
        return LintReport(findings)
    write_table(fixed, path)
    return LintReport(findings, changes, _write_log(path, changes))


def _checker(lexicons: Lexicons) -> Checker:
    """Each name is asked once: tables repeat them."""
    known: dict[tuple[str, str, str], tuple[Problem, ...]] = {}

    def check(label: str, name: str, species: str) -> tuple[Problem, ...]:
        key = (label, name, species)
        if key not in known:
            known[key] = tuple(CHECKS[label](name, species, lexicons))
        return known[key]

    return check


def _names(table: Table, check: Checker) -> Iterator[Finding]:
    for number in range(len(table.rows)):
        for role, item, problem in _problems(table, number, check):
            p = problem
            yield Finding(number + 1, role, item.name, p.check, p.severity, p.message, p.suggestions)


def _problems(table: Table, number: int, check: Checker) -> Iterator[tuple[str, Item, Problem]]:
    species = next(iter(species_cues(table.cell(number, "species"))), "")
    for role, label in KINDS.items():
        for item in items(table.cell(number, role), label):
            for problem in check(label, item.name, species):
                yield role, item, problem


def _duplicates(table: Table) -> Iterator[Finding]:
    """Rows that say the same as an earlier one, spelling aside."""
    seen: dict[tuple[str, ...], int] = {}
    for number in range(len(table.rows)):
        key = tuple(fold(table.cell(number, role)) for role in KEY_COLUMNS)
        first = seen.setdefault(key, number)
        if first != number and any(key):
            message = f"says the same as row {first + 1}"
            yield Finding(number + 1, "", table.cell(number, "mirna"), "duplicate-row", "warning", message)


def _fixed(table: Table, check: Checker) -> tuple[Table, tuple[Change, ...]]:
    rows = [list(row) for row in table.rows]
    changes: list[Change] = []
    for number in range(len(rows)):
        sure = [(r, i, p) for r, i, p in _problems(table, number, check) if _sure(p)]
        for role, item, problem in reversed(sure):  # from the right, so that places stay true
            column = table.columns[role]
            old, best = rows[number][column], problem.suggestions[0]
            rows[number][column] = replaced(old, item, best.name)
            reason = f"{problem.message}: {best.name} ({best.reason})"
            changes.append(Change(number + 1, role, item.name, best.name, problem.check, reason))
    return replace(table, rows=tuple(tuple(row) for row in rows)), tuple(changes)


def _sure(problem: Problem) -> bool:
    return bool(problem.suggestions) and problem.suggestions[0].sure


def _write_log(path: Path, changes: tuple[Change, ...]) -> Path:
    """Beside the table; an earlier log is kept and added to."""
    log = path.with_name(path.name + ".changes.tsv")
    lines = [f"{c.row}\t{c.column}\t{c.old}\t{c.new}\t{c.check}\t{c.reason}" for c in changes]
    before = log.read_text(encoding="utf-8") if log.exists() else LOG_HEADER + "\n"
    log.write_text(before + "\n".join(lines) + "\n", encoding="utf-8")
    return log
