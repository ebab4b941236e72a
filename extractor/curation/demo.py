"""A queue to try the review with: the demo corpus held against a table, as ``evmir update`` does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from extractor.curation.queue import Queue
from extractor.curation.rows import Row
from extractor.curation.update import Update, comparer_of
from extractor.types import Document, Relation


def fill_demo(
    queue: Queue,
    found: Iterable[tuple[Document, tuple[Relation, ...]]],
    rows: Iterable[Row],
    made_by: Mapping[str, str],
) -> int:
    """Puts what the texts state beyond the rows into a queue; returns how many proposals that makes."""
    run = Update(comparer_of(rows, ()), queue, made_by)
    for document, relations in found:
        run.take(document, [relation.to_record() for relation in relations])
    return len(run.finish().new)
