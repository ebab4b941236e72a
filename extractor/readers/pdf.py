"""PDF: the text of its pages in reading order, for layout ``pdf`` to join lines and drop running heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from extractor.readers.flags import flags_of
from extractor.readers.page_order import Piece, page_text
from extractor.readers.problems import Report
from extractor.readers.records import other_ids
from extractor.readers.source import Source
from extractor.types import Document

SNIFF: Final = re.compile(rb"%PDF-")
MAX_CHARACTERS: Final = 2_000_000
"""Twice the longest document that is read for relations; a bound for the work that a file can ask for."""
MAX_PAGES: Final = 5_000
_HYPHENS: Final = {"\x02": "-", "\ufffe": "-", "\xad": "-"}
"""What PDFium gives for a hyphen at the end of a line."""
_DOI: Final = re.compile(r"(?i)\b(?:doi(?:\.org/|: ?| ))(10\.\d{4,9}/[^\s]+[^\s.,;)\]])")
_RETRACTED: Final = re.compile(r"(?im)^\W*retracted(?: (?:article|paper))?\b\W*$")
_NUMBERS: Final = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*")
_NO_WORD: Final = re.compile(r"(?:(?<![\w.-])\d+(?:\.\d+)?|\b(?:[kcmµnd]?m|[RrχxsSh]|min|CO|Ca|CD))$")
"""What a raised number belongs to: a power, a unit, a statistic, an ion; elsewhere it is a reference mark."""


def read_pdf(source: Source, report: Report) -> Iterator[Document]:
    """The file as one document, pages apart by form feeds; its id is the file's stem."""
    data = source.everything(report)
    if data is None:
        return
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages = list(_pages(pdf, report))
    except pypdfium2.PdfiumError as error:
        report("", _reason(str(error)))
        return
    text = "\f".join(pages)
    if not text.strip():
        report("", "a PDF without text, such as a scan; run text recognition (OCR) on it first")
        return
    doi = _DOI.search(pages[0])
    yield Document(
        *(source.stem, text, (), "pdf", source.name),
        flags=flags_of(given=["retracted"] if _RETRACTED.search(text) else []),
        other_ids=other_ids(doi.group(1)) if doi else (),
    )


def _reason(message: str) -> str:
    if "password" in message.lower():
        return "a PDF with a password; save it without one"
    return "a PDF that cannot be read (damaged or cut short); fetch it again"


def _pages(pdf: Any, report: Report) -> Iterator[str]:
    """The text of each page; one that cannot be read is a problem, and the next one is read."""
    from pypdfium2 import PdfiumError

    length = 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            text = page_text(_pieces(page.get_textpage()), page.get_width())
        except PdfiumError:
            report(f"page {number + 1}", "cannot be read; fetch the file again, the other pages were read")
            text = ""
        length += len(text)
        if length > MAX_CHARACTERS or number >= MAX_PAGES:
            bounds = f"more than {MAX_CHARACTERS:,} characters or {MAX_PAGES:,} pages"
            report(f"page {number + 1}", f"{bounds}; split it, the rest was left")
            return
        yield text


@dataclass(slots=True)
class _Run:
    """A piece of a line on its way: characters, whether each is raised, and the box around them."""

    left: float
    bottom: float
    right: float
    top: float
    size: float
    characters: list[tuple[str, bool]] = field(default_factory=list)

    def takes(self, box: tuple[float, float, float, float]) -> bool:
        """Whether a character in that box goes on with it: on its line, no wider gap than between words."""
        left, bottom, _, top = box
        common = min(self.top, top) - max(self.bottom, bottom)
        near = -self.size < left - self.right < 1.2 * self.size
        return near and common > 0.4 * min(top - bottom, self.top - self.bottom)

    def add(self, character: str, box: tuple[float, float, float, float], size: float, spaced: bool) -> None:
        left, bottom, right, top = box
        raised = size < 0.8 * self.size and bottom > self.bottom + 0.15 * self.size
        if spaced or left - self.right > 0.25 * self.size:
            self.characters.append((" ", False))
        self.characters.append((character, raised))
        self.right = max(self.right, right)
        if size > self.size:  # it began with a raised or small character
            self.bottom, self.top, self.size = bottom, top, size

    def piece(self) -> Piece:
        text = ""
        for raised, group in groupby(self.characters, key=lambda c: c[1]):
            part = "".join(character for character, _ in group)
            mark = raised and _NUMBERS.fullmatch(part) and not _NO_WORD.search(text[-8:])
            text += f"[{part}]" if mark and text.strip() else part
        return Piece(text, self.left, self.bottom, self.right, self.top)


def _pieces(page: Any) -> list[Piece]:
    """The words of a page where they stand; text that is not level (marginal stamps) is left out."""
    from pypdfium2 import raw

    runs: list[_Run] = []
    spaced = False
    for index in range(min(page.count_chars(), MAX_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(page, index)
        character = _HYPHENS.get(chr(code), chr(code)) if 0 < code < 0x110000 else " "
        if character.isspace() or not (character.isprintable() or character == "-"):
            spaced = True
            continue
        if abs(raw.FPDFText_GetCharAngle(page, index)) % 6.2831 > 0.1:
            continue
        box = page.get_charbox(index, loose=True)
        size = box[3] - box[1]
        if not runs or not runs[-1].takes(box):
            runs.append(_Run(box[0], box[1], box[2], box[3], size))
            spaced = False
        runs[-1].add(character, box, size, spaced)
        spaced = False
    return [run.piece() for run in runs]
