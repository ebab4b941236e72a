"""The JSON Lines beside a table: what each row rests on, and what was rejected.

``TABLE.evidence.jsonl`` holds one line for each accepted proposal: the row, the paper, every slot with its
offsets, the sentences with the rules that fired, what made it, and who decided when. ``TABLE.rejected.jsonl``
holds what curators turned down: negative gold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from extractor.curation.curated import Problem, TableError
from extractor.curation.files import digest, read_or_empty
from extractor.writers.jsonl import encode

Line = dict[str, Any]
EVIDENCE: Final = ".evidence.jsonl"
REJECTED: Final = ".rejected.jsonl"
QUEUE: Final = ".queue.sqlite"
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    EVIDENCE: ("row", "doc_id", "proposal_id", "decision"),
    REJECTED: ("doc_id", "proposal_id", "decision", "reason", "record"),
}
"""The keys that a line of each file must have."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The lines of such a file in order, and the digest of the bytes that were read."""

    path: Path
    lines: tuple[Line, ...]
    digest: str


def beside(table: Path, suffix: str) -> Path:
    """The file that goes with a table: ``rows.tsv`` has ``rows.evidence.jsonl``."""
    return table.with_name(table.stem + suffix)


def read_sidecar(table: Path, suffix: str) -> Sidecar:
    """The file of that suffix beside a table; no lines where there is none.

    Raises TableError with all bad lines at once.
    """
    path = beside(table, suffix)
    data = read_or_empty(path)
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, raw in enumerate(data.split(b"\n"), start=1):
        if raw.strip():
            try:
                lines.append(_line(raw, NEEDED[suffix]))
            except ValueError as error:
                shown = raw[:60].decode("utf-8", "replace")
                problems.append(Problem(path, number, "", shown, str(error), "mend or remove the line"))
    if problems:
        raise TableError(problems)
    return Sidecar(path, tuple(lines), digest(data))


def _line(raw: bytes, needed: Iterable[str]) -> Line:
    try:
        value = json.loads(raw)
    except ValueError as error:
        raise ValueError(f"not JSON ({error})") from error
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    missing = [key for key in needed if key not in value]
    if missing:
        raise ValueError(f"no {', '.join(missing)}")
    return value


def sidecar_bytes(lines: Iterable[Line]) -> bytes:
    """The whole file."""
    return b"".join(map(encode, lines))


def papers_by_row(evidence: Iterable[Line]) -> dict[str, frozenset[str]]:
    """Row id -> the papers that are recorded as its evidence."""
    papers: dict[str, frozenset[str]] = {}
    for line in evidence:
        papers[line["row"]] = papers.get(line["row"], frozenset()) | {str(line["doc_id"])}
    return papers
