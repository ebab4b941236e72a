"""``evmir lint``: what is wrong in a table, for a person or for a program."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.text import Text

from extractor.cli.ending import DONE, Refused
from extractor.cli.output import console
from extractor.curation.lint import Finding, LintReport, lint
from extractor.writers.jsonl import encode
from extractor.writers.terminal import printable

ERRORS_LEFT = 1
"""Exit status for a table in which something cannot be right, so that scripts can stop there."""
STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


def lint_table(path: Path, fix: bool, notes: bool) -> int:
    """Prints the findings, a line each or JSON Lines into a pipe; returns the exit status. Raises Refused."""
    try:
        report = lint(path, fix=fix, notes=notes)
        left = lint(path) if report.changes else report
    except (ValueError, OSError) as error:
        raise Refused(str(error)) from error
    if sys.stdout.isatty():
        _show(path, report, console())
    else:
        sys.stdout.buffer.writelines(encode(asdict(finding)) for finding in report.findings)
    return ERRORS_LEFT if any(finding.severity == "error" for finding in left.findings) else DONE


def _show(path: Path, report: LintReport, screen: Console) -> None:
    for finding in report.findings:
        screen.print(_line(finding), soft_wrap=True)
    for change in report.changes:
        screen.print(Text(f"row {change.row}, {change.column}: {change.old} → {change.new}"), soft_wrap=True)
    changed = f"; {len(report.changes)} changes made, listed in {report.log}" if report.changes else ""
    screen.print(Text(printable(f"{path}: {len(report.findings)} findings{changed}")), soft_wrap=True)


def _line(finding: Finding) -> Text:
    place = printable(f"row {finding.row}, {finding.column}: {finding.value}: ")
    perhaps = ", ".join(f"{s.name} ({s.reason})" for s in finding.suggestions)
    message = printable(finding.message + (f"; perhaps {perhaps}" if perhaps else ""))
    return Text.assemble(place, (finding.severity, STYLES[finding.severity]), f": {message}")
