"""The annotated abstracts that benchmarks share, and what makes a relation right.

They lie in ../shared (or EVMIR_SHARED) and, as far as they were annotated for this project, in gold/.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.evaluation.matching import Kind, same_entity
from extractor.evaluation.split import held_back
from extractor.types import Document, Section

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("EVMIR_SHARED", REPOSITORY.parent / "shared")) / "data"
INVENTED = REPOSITORY / "gold" / "invented.jsonl"
TWINS = REPOSITORY / "gold" / "twins.jsonl"
RECAST = REPOSITORY / "gold" / "recast.jsonl"
FOR_NETWORKS = (
    ("invented", INVENTED),
    ("twin", REPOSITORY / "gold" / "twins.more.jsonl"),
)
"""Made-up abstracts that only networks learn from, and the part that each counts as."""
PARAGRAPHS = REPOSITORY / "gold" / "paragraphs151.jsonl"
SETS = (
    ("dev.jsonl", SHARED / "dev.ann.jsonl"),
    ("unlabelled.jsonl", REPOSITORY / "gold" / "abstracts170.jsonl"),
)
SLOTS: tuple[tuple[str, Kind], ...] = (
    ("donor", "cell"),
    ("mirna", "mirna"),
    ("recipient", "cell"),
    ("target", "gene"),
)
Gold = list[dict[str, Any]]
"""The annotated tuples of one abstract."""


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        yield from map(json.loads, handle)


def made_up(path: Path) -> Iterator[tuple[Document, Gold, str]]:
    """The made-up abstracts of a file in ``gold``, their tuples, and the real abstract one is a twin of."""
    for record in lines(path):
        yield _document(record), record["tuples"], record.get("twin_of", record["pmid"])


def paragraphs() -> Iterator[tuple[Document, Gold, str]]:
    """The paragraphs of ``gold/paragraphs151.jsonl``, and the PMID of the article that each is from."""
    records = [*lines(SHARED / "fulltext" / "paragraphs.jsonl")]
    for annotation, record in zip(lines(PARAGRAPHS), records, strict=True):
        text = record["text"]
        document = Document(annotation["pmid"], text, (Section("body", 0, len(text)),))
        yield document, annotation["tuples"], record["pmid"]


def documents() -> Iterator[tuple[Document, Gold, bool]]:
    """Every annotated abstract, its tuples, and whether it is held back."""
    for name, annotated in SETS:
        gold = {r["pmid"]: r["tuples"] for r in lines(annotated)}
        for record in lines(SHARED / name):
            pmid = record["pmid"]
            yield _document(record), gold[pmid], name == "dev.jsonl" and held_back(pmid)


def _document(record: dict[str, Any]) -> Document:
    text, title = record["title"] + "\n" + record["abstract"], len(record["title"])
    return Document(
        record["pmid"], text, (Section("title", 0, title), Section("abstract", title + 1, len(text)))
    )


def right(record: dict[str, Any], gold: Gold) -> bool:
    """All four slots agree with one annotated tuple."""
    return any(all(_agrees(record[slot], tuple(t[slot]), kind) for slot, kind in SLOTS) for t in gold)


def _agrees(slot: dict[str, Any] | None, gold: tuple[str, ...], kind: Kind) -> bool:
    names = () if slot is None else tuple(n for n in (slot["text"], slot["name"], *slot["forms"]) if n)
    return not names and not gold if not names or not gold else same_entity(kind, gold, names)
