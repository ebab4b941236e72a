"""Output formats: one module a format, and the tables that tell the module by a file's suffix.

To add a format, write a module with a generator from results to bytes and give it a line here; one that holds
all of a record has a reader too, with a line in ``extractor/writers/records.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from extractor.writers import bioc, csv_table, jsonl, parquet, tsv, xlsx
from extractor.writers.records import READERS, RecordError, read_records
from extractor.writers.suffixes import UnknownFormat, choose
from extractor.writers.values import Annotated, AnnotationWriter, RelationWriter, Unwritable

__all__ = [
    "ANNOTATION_WRITERS",
    "READERS",
    "RELATION_WRITERS",
    "Annotated",
    "AnnotationWriter",
    "RecordError",
    "RelationWriter",
    "UnknownFormat",
    "Unwritable",
    "choose",
    "read_records",
]

RELATION_WRITERS: Final[Mapping[str, RelationWriter]] = {
    ".jsonl": jsonl.relation_lines,
    ".tsv": tsv.relation_lines,
    ".csv": csv_table.relation_lines,
    ".parquet": parquet.relation_table,
    ".xlsx": xlsx.workbook,
}
ANNOTATION_WRITERS: Final[Mapping[str, AnnotationWriter]] = {
    ".jsonl": jsonl.annotation_lines,
    ".bioc.xml": bioc.collection,
}
