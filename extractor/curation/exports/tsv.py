"""The printed table as tab-separated text, in the schema of ``gold/table1.tsv`` (escapes: docs/output.md)."""

from __future__ import annotations

from typing import Final

from extractor.curation.exports.view import View
from extractor.writers.tsv import escape, row_bytes

COLUMNS: Final = (
    *("row", "phenotype", "donor", "recipient", "mirna", "target", "reference"),
    *("effect", "pmid", "pmcid", "doi", "status", "ids", "note"),
)


def export(view: View) -> bytes:
    """A header, then a line a finding; ``ids`` are those of its atomic rows."""
    lines: list[tuple[str, ...]] = [COLUMNS]
    for finding in view.findings:
        row = finding.shared
        effects = [effect for _, effect in finding.targets]
        cells = (
            *(finding.label, row.phenotype.label, row.donor.label, row.recipient.label),
            ", ".join(cell.label for cell in finding.mirnas),
            ", ".join(cell.label for cell, _ in finding.targets),
            row.reference,
            effects[0] if len(set(effects)) == 1 else ", ".join(e or "unknown" for e in effects),
            *(row.pmid, row.pmcid, row.doi, row.status),
            " ".join(finding.ids),
            "; ".join(finding.notes),
        )
        lines.append(tuple(escape(cell) if cell else "" for cell in cells))
    return b"".join(map(row_bytes, lines))
