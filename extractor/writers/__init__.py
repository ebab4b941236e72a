"""Output formats: one module a format, and the tables that tell the module by a file's suffix.

To add a format, write a module with a generator from results to bytes and give it a line here; one that holds
all of a record has a reader too, with a line in ``extractor/writers/records.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from extractor.writers import (
    bioc,
    bioc_relations,
    brat,
    brat_relations,
    csv_table,
    cytoscape,
    graphml,
    jsonl,
    pages,
    parquet,
    pubtator,
    sssom,
    tsv,
    turtle,
    xlsx,
)
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
    ".bioc.xml": bioc_relations.xml_collection,
    ".bioc.json": bioc_relations.json_collection,
    ".brat.zip": brat_relations.archive,
    ".graphml": graphml.graph,
    ".cyjs": cytoscape.graph,
    ".ttl": turtle.triples,
    ".sssom.tsv": sssom.relation_mappings,
    ".md": pages.markdown,
    ".html": pages.page,
}
ANNOTATION_WRITERS: Final[Mapping[str, AnnotationWriter]] = {
    ".jsonl": jsonl.annotation_lines,
    ".bioc.xml": bioc.xml_collection,
    ".bioc.json": bioc.json_collection,
    ".brat.zip": brat.archive,
    ".pubtator": pubtator.documents,
    ".sssom.tsv": sssom.annotation_mappings,
}
