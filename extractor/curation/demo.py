"""A queue to try the review with: the demo corpus against the table of the seed review."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.curation.proposals import Proposal, propose
from extractor.curation.queue import Queue
from extractor.curation.table_rows import TableRows
from extractor.evaluation.gold import split_mirnas
from extractor.evaluation.matching import same_name
from extractor.types import Document, Relation


def fill_demo(queue: Queue, found: Iterable[tuple[Document, tuple[Relation, ...]]], table: TableRows) -> int:
    """Puts the relations of the demo texts into a queue; returns how many proposals there are.

    The miRNA alone is compared with the table, so that some proposals have rows beside them; it is
    ``evmir update`` that compares everything.
    """
    read = list(found)
    proposals = [_proposal(relation, table) for _, relations in read for relation in relations]
    return queue.add(proposals, [document for document, _ in read])


def _proposal(relation: Relation, table: TableRows) -> Proposal:
    name = relation.mirna.text
    rows = [key for key, lines in table.items() if any(_has(line["mirna"], name) for line in lines)]
    told = f"the table has {name} in row {', '.join(rows)}" if rows else f"no row of the table has {name}"
    return propose(relation.to_record(), rows=rows, why=told)


def _has(cell: str, name: str) -> bool:
    return any(same_name("mirna", one, name, lenient=True) for one in split_mirnas(cell))
