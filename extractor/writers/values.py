"""What a writer is: a generator from results to the bytes of a file, so that it streams and needs no file.

And what a reader of such a file is: an iterator over its records, each with its place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from extractor.types import Document, Mention, Relation

Annotated = tuple[Document, tuple[Mention, ...]]
"""A document with its mentions."""

RelationWriter = Callable[[Iterable[Relation]], Iterator[bytes]]
AnnotationWriter = Callable[[Iterable[Annotated]], Iterator[bytes]]

Record = dict[str, Any]
"""A relation as the contract's JSON object."""
Place = int | str
"""Where in a file a record stands, for messages: the line, or e.g. ``document 3, R1``."""
Parsed = Iterator[tuple[Place, Callable[[], Record]]]
"""The records of a file, each made when it is called for (KeyError, TypeError, ValueError: it is none)."""
RecordReader = Callable[[Path], Parsed]

# What UTF-8 and XML 1.0 cannot hold, not even escaped.
SURROGATE: Final = re.compile("[\ud800-\udfff]")
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT: Final = "\ufffd"


class RecordError(ValueError):
    """Lines that hold no relation record; the message names file, line, problem and remedy."""


class Unwritable(ValueError):
    """Results that do not fit into the format that was asked for; the message names one that holds them."""


def utf8(text: str) -> bytes:
    """``text`` in UTF-8, lone surrogates replaced one for one, so that no offset moves."""
    return SURROGATE.sub(REPLACEMENT, text).encode("utf-8")


def xml_text(text: str) -> str:
    """``text`` as XML can hold it, replaced one for one, so that no offset moves."""
    return NOT_XML.sub(REPLACEMENT, text)


def xml_cell(cell: str) -> str:
    """A cell of the TSV with what XML lacks beside control characters escaped as those are."""
    return NOT_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", cell)
