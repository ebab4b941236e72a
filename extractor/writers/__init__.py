"""Output formats: one module a format, and the tables that tell the module by a file's suffix.

To add a format, write a module with a generator from results to bytes and give it a line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeVar

from extractor.writers import bioc, jsonl, tsv
from extractor.writers.values import Annotated, AnnotationWriter, RelationWriter

__all__ = [
    "ANNOTATION_WRITERS",
    "RELATION_WRITERS",
    "Annotated",
    "AnnotationWriter",
    "RelationWriter",
    "UnknownFormat",
    "choose",
]

RELATION_WRITERS: Final[Mapping[str, RelationWriter]] = {
    ".jsonl": jsonl.relation_lines,
    ".tsv": tsv.relation_lines,
}
ANNOTATION_WRITERS: Final[Mapping[str, AnnotationWriter]] = {
    ".jsonl": jsonl.annotation_lines,
    ".bioc.xml": bioc.collection,
}

W = TypeVar("W")


class UnknownFormat(ValueError):
    """A file name whose suffix no writer has; the message lists those that exist."""


def choose(path: Path, writers: Mapping[str, W]) -> W:
    """The writer for ``path`` by its suffix, whatever its case. Raises UnknownFormat."""
    for suffix, writer in writers.items():
        if path.name.lower().endswith(suffix):
            return writer
    raise UnknownFormat(f"cannot tell the format of {path.name!r}: let it end in {' or '.join(writers)}")
