"""Merging as files see it: nothing is written unless all could be read, each file replaced whole.

The table is written before its evidence. A merge that is cut off in between has made its rows; the next one
finds them by their ids and adds the lines that are missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractor.curation.curated import CuratedTable, TableError, read_curated, table_bytes
from extractor.curation.files import FileChanged, changed, digest, read_or_empty, replace
from extractor.curation.merge import Judged, Merged, merged
from extractor.curation.queue import Queue
from extractor.curation.sidecar import EVIDENCE, REJECTED, Sidecar, beside, read_sidecar, sidecar_bytes
from extractor.curation.validation import problems_of


@dataclass(frozen=True, slots=True)
class Files:
    """A table that is valid, with the two files beside it."""

    table: CuratedTable
    evidence: Sidecar
    rejected: Sidecar


def read_files(path: Path) -> Files:
    """Raises TableError with everything that is wrong in the table, or in one of the other files."""
    table = read_curated(path)
    problems = problems_of(table)
    if problems:
        raise TableError(problems)
    return Files(table, read_sidecar(path, EVIDENCE), read_sidecar(path, REJECTED))


def merge(table: Path, queue: Path, out: Path | None = None) -> Merged:
    """Put the decisions of a queue into a table, or into a copy of it (``out``).

    Raises TableError, QueueError, FileChanged when somebody changed a file meanwhile (nothing of it is
    overwritten), OSError.
    """
    files = read_files(table)
    with Queue(queue, create=False) as opened:
        result = merged(files.table.rows, files.evidence.lines, files.rejected.lines, judged(opened))
    target = out or table
    contents = {
        target: (table_bytes(result.rows), files.table.digest),
        beside(target, EVIDENCE): (sidecar_bytes(result.evidence), files.evidence.digest),
        beside(target, REJECTED): (sidecar_bytes(result.rejected), files.rejected.digest),
    }
    unchanged = (result.rows, result.evidence, result.rejected) == (
        *(files.table.rows, files.evidence.lines),
        files.rejected.lines,
    )
    if not (unchanged and target.exists()):
        _write(contents, own=out is None)
    return result


def judged(queue: Queue) -> list[Judged]:
    """Each proposal with the decision that counts for it, where there is one."""
    decided = dict.fromkeys(decision.proposal_id for decision in queue.decisions())
    pairs = ((queue.proposal(key), queue.current(key)) for key in decided)
    return [(proposal, decision) for proposal, decision in pairs if proposal and decision]


def _write(contents: dict[Path, tuple[bytes, str]], own: bool) -> None:
    """In this order; if one of the files that were read has changed since, none is written."""
    found = {path: digest(read_or_empty(path)) for path in contents}
    for path, (_, expected) in contents.items():
        if own and found[path] != expected:
            raise FileChanged(changed(path))
    for path, (data, _) in contents.items():
        if found[path] != digest(data):
            replace(path, data, found[path])
