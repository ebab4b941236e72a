"""``evmir lookup``: what a name stands for, for a person or for a program."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.cli.output import console
from extractor.grounding import Context, Grounding, lookup
from extractor.writers.jsonl import encode
from extractor.writers.terminal import printable


def look_up(names: Sequence[str], label: str | None, species: str | None) -> None:
    """Prints what each name would be grounded to, and why: a table at a terminal, else JSON Lines."""
    context = Context(species=(species,) if species else ())
    for name in names:
        decisions = _telling(lookup(name, label=label, context=context))
        if sys.stdout.isatty():
            _show(name, decisions, console())
        else:
            sys.stdout.buffer.writelines(encode(_record(decision)) for decision in decisions)
    sys.stdout.flush()


def _telling(decisions: tuple[Grounding, ...]) -> tuple[Grounding, ...]:
    """Those with candidates, where there are any; else the notes say why nothing was found."""
    return tuple(decision for decision in decisions if decision.candidates) or decisions


def _record(decision: Grounding) -> dict[str, Any]:
    best = decision.best
    return {
        "text": decision.text,
        "label": decision.label,
        "curie": best.curie if best else None,
        "name": best.name if best else None,
        "confident": decision.confident,
        "candidates": [
            {"curie": c.concept.curie, "name": c.concept.name, "score": round(c.score, 4), "reason": c.reason}
            for c in decision.candidates
        ],
        "note": decision.note,
    }


def _show(name: str, decisions: tuple[Grounding, ...], screen: Console) -> None:
    screen.print(Text(printable(name), style="bold"))
    grid = Table.grid(padding=(0, 2, 0, 0))
    for decision in decisions:
        for candidate in decision.candidates:
            chosen = candidate.concept == decision.best
            cells = (
                "→" if chosen else " ",
                decision.label,
                candidate.concept.curie,
                candidate.concept.name,
                f"{candidate.score:.2f}",
                candidate.reason,
            )
            grid.add_row(*(Text(cell, style="" if chosen else "dim") for cell in cells))
    screen.print(grid)
    for decision in decisions:
        if decision.note:
            screen.print(Text(f"  {decision.label}: {decision.note}", style="italic"))
    if not any(decision.best for decision in decisions):
        screen.print(Text("  no candidate is good enough: the slot would stay without an identifier"))
