"""What every export shows: the findings as a review prints them, the atomic rows, what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractor.curation.grouping import Finding, findings
from extractor.curation.rows import Row
from extractor.curation.sidecar import Line

HEADINGS: Final = (
    *("Phenotype", "Donor cell", "Recipient cell", "miRNA", "Target gene of miRNA"),
    "Reference",
)
"""Those of the seed review's Table 1."""
SYMBOLS: Final = {"decreases": "↓", "increases": "↑", "binds": "•"}
LEGEND: Final = {"↓": "lowered by the miRNA", "↑": "raised by the miRNA", "•": "bound by the miRNA"}
HIDDEN: Final = frozenset({"withdrawn"})
"""Rows of these statuses are in the table but in no printed view of it."""
NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line: a cell for each of ``HEADINGS``; ``links``: label and address of the paper;
    ``same``: over how many lines the phenotype's cell reaches, 0 where the one above reaches here."""

    finding: Finding
    cells: tuple[str, ...]
    link: str
    same: int


@dataclass(frozen=True, slots=True)
class View:
    """The rows to show and how: ``atomic`` one line a row, else one line a finding."""

    title: str
    rows: tuple[Row, ...]
    evidence: tuple[Line, ...] = ()
    atomic: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One for each printed line."""
        return tuple(Finding((row,)) for row in self.rows) if self.atomic else findings(self.rows)

    @property
    def lines(self) -> tuple[PrintedLine, ...]:
        """The printed lines; a phenotype that the next lines share is one cell, as journals print it."""
        shown = self.findings
        cells = [printed(finding) for finding in shown]
        spans = _spans([line[0] for line in cells])
        return tuple(
            PrintedLine(f, c, link_of(f.shared), s) for f, c, s in zip(shown, cells, spans, strict=True)
        )

    @property
    def legend(self) -> str:
        """What the symbols mean that occur; empty without any."""
        used = {SYMBOLS.get(effect) for finding in self.findings for _, effect in finding.targets}
        return "; ".join(f"{symbol} {told}" for symbol, told in LEGEND.items() if symbol in used)


def view_of(title: str, rows: Sequence[Row], evidence: Sequence[Line] = (), *, atomic: bool = False) -> View:
    """The rows that are to be seen, and the evidence of these."""
    shown = tuple(row for row in rows if row.status not in HIDDEN)
    ids = {row.id for row in shown}
    return View(title, shown, tuple(line for line in evidence if line["row"] in ids), atomic)


def printed(finding: Finding) -> tuple[str, ...]:
    """The cells of a finding, in the order of ``HEADINGS``; a dash for what is not stated."""
    row = finding.shared
    targets = [f"{cell.label} {SYMBOLS.get(effect, '')}".strip() for cell, effect in finding.targets]
    cells = (
        row.phenotype.label,
        row.donor.label,
        row.recipient.label,
        joined([mirna.label for mirna in finding.mirnas]),
        joined(targets),
        reference_of(row),
    )
    return tuple(cell or NOTHING for cell in cells)


def joined(names: Sequence[str]) -> str:
    """A printed list: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def reference_of(row: Row) -> str:
    """The paper's label as the table has it, else its identifier."""
    if row.reference:
        return row.reference
    return f"PMID {row.pmid}" if row.pmid else row.pmcid or row.doi


def link_of(row: Row) -> str:
    """Where the paper can be read; empty when no identifier is known."""
    if row.pmid.isdigit():
        return f"https://pubmed.ncbi.nlm.nih.gov/{row.pmid}/"
    if row.pmcid.startswith("PMC") and row.pmcid[3:].isdigit():
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{row.pmcid}/"
    return f"https://doi.org/{row.doi}" if row.doi.startswith("10.") else ""


def _spans(values: Sequence[str]) -> list[int]:
    """For each value how many follow that are equal, itself counted; 0 for those that follow."""
    spans = [1] * len(values)
    for i in range(len(values) - 1, 0, -1):
        if values[i] == values[i - 1] != NOTHING:
            spans[i - 1] += spans[i]
            spans[i] = 0
    return spans
