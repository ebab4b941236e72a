"""PubTator: title and abstract on a line each, then a line a mention, then an empty line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from extractor.types import Document, Mention
from extractor.writers.values import Annotated, utf8

BREAK: Final = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
TYPES: Final = {
    "MIRNA": "miRNA",
    "GENE": "Gene",
    "CELL": "Cell",
    "VESICLE": "Vesicle",
    "PHENOTYPE": "Phenotype",
}
NO_IDENTIFIER: Final = "-"


def documents(documents: Iterable[Annotated]) -> Iterator[bytes]:
    """A block a document. Offsets count from the title's start, with one character between the two lines.

    A text's first line is its title, the rest its abstract, in which line ends and tabs are blanks, one for
    one; so every offset is that of the text.
    """
    for document, mentions in documents:
        yield utf8("".join(_block(document, mentions)))


def _block(document: Document, mentions: tuple[Mention, ...]) -> Iterator[str]:
    doc_id = BREAK.sub(" ", document.doc_id).replace("|", "_")
    title, _, abstract = document.text.partition("\n")
    yield f"{doc_id}|t|{BREAK.sub(' ', title)}\n"
    yield f"{doc_id}|a|{BREAK.sub(' ', abstract)}\n"
    for mention in mentions:
        kind = TYPES.get(mention.label, mention.label)
        identifier = mention.concept.curie if mention.concept else NO_IDENTIFIER
        cells = (doc_id, str(mention.start), str(mention.end), mention.text, kind, identifier)
        yield "\t".join(BREAK.sub(" ", cell) for cell in cells) + "\n"
    yield "\n"
