"""JSON Lines: the contract's records, one a line, in UTF-8, the same bytes for the same input."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from extractor.types import Mention, Relation
from extractor.writers.values import Annotated

# Legal inside a JSON string, but taken for line ends by tools that split lines as Unicode does.
LINE_ENDS: Final = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def relation_lines(relations: Iterable[Relation]) -> Iterator[bytes]:
    """One record of ``relation.schema.json`` a line."""
    return (encode(relation.to_record()) for relation in relations)


def annotation_lines(documents: Iterable[Annotated]) -> Iterator[bytes]:
    """``{"doc_id", "mentions": [...]}`` a line, also for a document without any mention."""
    for document, mentions in documents:
        yield encode({"doc_id": document.doc_id, "mentions": [mention_record(m) for m in mentions]})


def mention_record(mention: Mention) -> dict[str, Any]:
    """The contract's form of a mention; ``name`` is the concept's, else the normalised form, else null."""
    concept = mention.concept
    return {
        "label": mention.label,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "curie": concept.curie if concept else None,
        "name": (concept.name if concept else mention.name) or None,
    }


def encode(record: dict[str, Any]) -> bytes:
    """One line of UTF-8, keys in the record's own order; lone surrogates, which UTF-8 lacks, as escapes."""
    line = json.dumps(record, ensure_ascii=False).translate(LINE_ENDS) + "\n"
    try:
        return line.encode("utf-8")
    except UnicodeEncodeError:
        return (json.dumps(record) + "\n").encode("ascii")
