"""Plain text: one file, one document, offsets into the text as its UTF-8 bytes decode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from extractor.readers.problems import Report
from extractor.readers.source import Source, decoded
from extractor.types import Document, Layout

_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def read_plain(source: Source, report: Report) -> Iterator[Document]:
    """The file's text as one document; its id is the file's stem."""
    data = source.everything(report)
    text = None if data is None else decoded(data, report, "")
    if text is None:
        return
    if not text.strip("\ufeff").strip():
        report("", "an empty text; remove it or fill it")
    elif len(_CONTROL.findall(text)) * 100 > len(text):
        report("", "binary data, no text; convert it to text first")
    else:
        yield Document(source.stem, text, layout=layout_of(text), source=source.name)


def layout_of(text: str) -> Layout:
    """``pdf`` where most lines break off inside a sentence, as in text extracted from a PDF.

    >>> layout_of("Exosomes of these cells carry the\\nmiRNA to others, where it lowers\\nthe level of PTEN.")
    'pdf'
    """
    lines = [line.strip() for line in text.splitlines()]
    pairs = zip_longest(lines, lines[1:], fillvalue="")
    broken = sum(len(a) >= 30 and a[-1] not in ".?!:" and b != "" for a, b in pairs)
    filled = sum(line != "" for line in lines)
    wrapped = broken >= 2 and broken * 2 >= filled and max(map(len, lines), default=0) <= 300
    return "pdf" if wrapped else "prose"
