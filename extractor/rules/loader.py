"""Reading the rule files that lie beside this module; every problem of a file is told at once."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

RULES = Path(__file__).resolve().parent


class RuleError(ValueError):
    """A rule file that cannot be used; the message names file, line and the fix."""


def read_rows(name: str, required: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a tab-separated rule file. Raises RuleError naming every faulty line."""
    path = RULES / name
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        rows = [{k: (v or "").strip() for k, v in row.items() if k} for row in reader]
    faults = [
        f"{name}:{number}: column '{column}' is empty; fill it"
        for number, row in enumerate(rows, 2)
        for column in required
        if not row.get(column)
    ]
    if faults:
        raise RuleError("\n".join(faults))
    return rows


@cache
def word_class(name: str, label: str) -> frozenset[str]:
    """The words of one class in a ``class / words`` file; words are separated by ``;``."""
    rows = read_rows(name, ("class", "words"))
    found = {w.strip() for r in rows if r["class"] == label for w in r["words"].split(";")}
    if not found:
        raise RuleError(f"{name}: no class '{label}'; add a row for it")
    return frozenset(w for w in found if w)
