"""Results for a person at a terminal: a table with the evidence below each row, and marked-up text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.types import Evidence, Relation, Slot
from extractor.writers.values import Annotated

HEADINGS: Final = ("miRNA", "donor", "recipient", "target", "phenotype", "confidence")
GAP: Final = 2
NARROWEST: Final = 9
WIDEST: Final = 40
EFFECTS: Final = {"decreases": "↓", "increases": "↑", "binds": "•"}
DIRECTIONS: Final = {"inhibits": "↓", "promotes": "↑"}
TELLING: Final = ("species", "donor_condition", "recipient_condition", "evidence_kind", "sorting_protein")
"""What of the context is shown, in this order, below the evidence."""
SAID_OF: Final = {
    "donor_condition": "donor: ",
    "recipient_condition": "recipient: ",
    "sorting_protein": "sorted by ",
}
LEGEND: Final = {
    "↓": "lowered by the miRNA",
    "↑": "raised by it",
    "•": "bound by it",
    "✗": "denied by the text",
}
ROLE_STYLES: Final = {"mirna": "bold magenta", "donor": "cyan", "recipient": "green", "target": "yellow"}
LABEL_STYLES: Final = {
    "MIRNA": "bold magenta",
    "CELL": "cyan",
    "GENE": "yellow",
    "VESICLE": "blue",
    "PHENOTYPE": "green",
}
FLAG_STYLE: Final = "bold red"
OTHER_LABEL: Final = "underline"


def show_relations(relations: Iterable[Relation], console: Console) -> int:
    """Prints the relations as a table, each group with its evidence; returns how many there were."""
    rows = [(relation, _cells(relation)) for relation in relations]
    widths = _widths([HEADINGS, *(cells for _, cells in rows)], console.width)
    if rows:
        console.print(_grid([HEADINGS], widths, style="bold"))
    for _, group in groupby(rows, key=lambda row: (row[0].doc_id, row[0].evidence)):
        members = list(group)
        console.print(_grid((cells for _, cells in members), widths))
        console.print(_evidence([relation for relation, _ in members]))
    symbols = set("".join(chain.from_iterable(cells for _, cells in rows)))
    legend = [f"{symbol} {meaning}" for symbol, meaning in LEGEND.items() if symbol in symbols]
    if legend:
        console.print(Text("; ".join(legend), style="dim"))
    return len(rows)


def show_annotations(documents: Iterable[Annotated], console: Console) -> int:
    """Prints each text with its mentions in the colour of their label; returns the number of mentions."""
    count, labels = 0, set()
    for document, mentions in list(documents):  # a progress bar may be drawn while they are made
        console.print(Text(printable(document.doc_id), style="bold"))
        text = Text(printable(document.text, keep="\n"))
        for mention in mentions:
            text.stylize(LABEL_STYLES.get(mention.label, OTHER_LABEL), mention.start, mention.end)
            labels.add(mention.label)
        console.print(text, end="\n\n")
        count += len(mentions)
    if labels:
        legend = [Text(label, style=LABEL_STYLES.get(label, OTHER_LABEL)) for label in sorted(labels)]
        console.print(Text("  ").join(legend))
    return count


def printable(text: str, keep: str = "") -> str:
    """``text`` at its own length, with what could command the terminal replaced: input is not trusted."""
    return "".join(c if c.isprintable() or c in keep else " " if c.isspace() else "\ufffd" for c in text)


def _cells(relation: Relation) -> tuple[str, ...]:
    target = _name(relation.target)
    if relation.effect in EFFECTS:
        target = f"{target} {EFFECTS[relation.effect]}"
    phenotype = _name(relation.phenotype)
    if relation.context.phenotype_direction in DIRECTIONS:
        phenotype = f"{phenotype} {DIRECTIONS[relation.context.phenotype_direction]}"
    return (
        ("✗ " if relation.negated else "") + _name(relation.mirna),
        _name(relation.donor),
        _name(relation.recipient),
        target,
        phenotype,
        f"{relation.confidence:.2f}",
    )


def _name(slot: Slot | None) -> str:
    return "–" if slot is None else printable(slot.text)


def _widths(rows: list[tuple[str, ...]], available: int) -> list[int]:
    """Column widths that suit the cells, the widest cut down until a row fits in ``available``."""
    widths = [min(max(map(len, column)), WIDEST) for column in zip(*rows, strict=True)]
    while sum(widths) + GAP * len(widths) > available and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _grid(rows: Iterable[tuple[str, ...]], widths: list[int], style: str = "") -> Table:
    grid = Table.grid(padding=(0, GAP, 0, 0))
    for width in widths:
        grid.add_column(width=width, overflow="fold")
    for cells in rows:
        grid.add_row(*(Text(cell, style=style) for cell in cells))
    return grid


def _evidence(relations: list[Relation]) -> RenderableType:
    """The sentences that the relations rest on, with their names marked, after the document's id."""
    doc_id = printable(relations[0].doc_id)
    sentences = [_sentence(evidence, relations) for evidence in relations[0].evidence]
    flags = "".join(f" [{printable(flag)}]" for flag in relations[0].flags)
    lead = Text.assemble(
        (f"PMID {doc_id}" if doc_id.isdigit() else doc_id, "bold dim"), (flags, FLAG_STYLE), (": ", "dim")
    )
    lines = [Text.assemble(lead, sentence) for sentence in islice(sentences, 1)] + sentences[1:]
    context = _context(relations)
    lines += [Text(printable(context), style="italic dim")] if context else []
    return Padding(Group(*lines), (0, 0, 1, 2), expand=False)


def _context(relations: list[Relation]) -> str:
    """What the relations of a group have in context, in one line; empty when the text states nothing."""
    parts = []
    for attribute in TELLING:
        cues = chain.from_iterable(getattr(relation.context, attribute) for relation in relations)
        names = list(dict.fromkeys(cue.name for cue in cues))
        parts += [SAID_OF.get(attribute, "") + ", ".join(names)] if names else []
    if any(relation.context.engineered for relation in relations):
        parts.append("engineered")
    return " · ".join(parts)


def _sentence(evidence: Evidence, relations: list[Relation]) -> Text:
    text = Text(printable(evidence.text), style="dim")
    for role, slot in _named(relations):
        if evidence.start <= slot.start and slot.end <= evidence.end:
            text.stylize(
                f"not dim {ROLE_STYLES[role]}", slot.start - evidence.start, slot.end - evidence.start
            )
    return text


def _named(relations: list[Relation]) -> Iterator[tuple[str, Slot]]:
    for relation in relations:
        for role in ROLE_STYLES:
            slot: Slot | None = getattr(relation, role)
            if slot is not None:
                yield role, slot
