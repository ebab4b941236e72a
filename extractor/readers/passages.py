"""Documents of several passages: paragraphs, captions, headings, each a section of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from extractor.readers.flags import flags_of
from extractor.readers.records import Facts, RecordError
from extractor.types import Document, Reference, Section, Table


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text with its section label; the offsets of its references count from its start."""

    label: str
    text: str
    references: tuple[Reference, ...] = ()
    gap: str | None = None
    """What stands before it; None: a line end, if anything does."""


def passage_document(
    doc_id: str, passages: Iterable[Passage], facts: Facts, tables: tuple[Table, ...] = ()
) -> Document:
    """The passages one after another, a line each; the title first, where there is one.

    Raises RecordError where nothing of it holds a character.
    """
    passages = [passage for passage in passages if passage.text.strip()]
    pieces, length = [], 0
    sections: list[Section] = []
    references: list[Reference] = []
    for passage in passages:
        gap = ("\n" if sections else "") if passage.gap is None else passage.gap
        start = length + len(gap)
        length = start + len(passage.text)
        pieces += [gap, passage.text]
        sections.append(Section(passage.label, start, length))
        references += [replace(r, start=r.start + start, end=r.end + start) for r in passage.references]
    if not sections:
        raise RecordError(f"record {doc_id} has no title, abstract or text; add one or remove it")
    title = next((p.text for p in passages if p.label == "title"), "")
    flags = flags_of(
        title,
        said=(*facts.publication_types, *facts.links),
        languages=facts.languages,
        abstract=any(p.label != "title" for p in passages),
        given=facts.flags,
    )
    text = "".join(pieces) + "\n" * (len(sections) == 1 and bool(title))  # as every title without abstract
    return Document(
        *(doc_id, text, tuple(sections), "prose", facts.source, flags),
        *(facts.other_ids, facts.languages, facts.publication_types, tuple(references), tables),
    )
