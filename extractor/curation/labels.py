"""What curators said of statements, as labels to train on."""

from __future__ import annotations

from pathlib import Path

from extractor.curation.sidecar import EVIDENCE, REJECTED, read_sidecar


def labels_of(table: Path) -> dict[str, bool]:
    """Proposal id -> whether the statement was right as it was found.

    True: accepted without a correction. False: rejected as wrong, or accepted only after a correction.
    A statement of a retracted paper has no label. Raises TableError for files beside the table that are
    not what ``evmir table merge`` wrote.
    """
    accepted = [line for line in read_sidecar(table, EVIDENCE).lines if not line.get("retracted")]
    right = {line["proposal_id"]: True for line in accepted}
    return right | {line["proposal_id"]: False for line in read_sidecar(table, REJECTED).lines}
