"""Offset-preserving views: what the pipeline reads, and where each of its characters stands in the document.

A reading is made by these changes and no other; each keeps the way back to the document.

=================================  ======================================================================
printed                            read as
=================================  ======================================================================
any Unicode hyphen, minus, en dash ``-``; a longer dash too, but only before a digit
any other space, tab, control      one space; CR, NEL, vertical tab, line separator...: a line break
ligature (U+FB00 to U+FB06)        its letters, all of which map to the one character
soft hyphen, zero-width, BOM       left out
reference mark, ``[4, 6–8]``       left out with the space before it, and recorded as a :class:`Citation`
=================================  ======================================================================

Layout ``pdf`` also joins lines to paragraphs, and leaves out hyphens that only break a word, page furniture,
tables and reference lists (``Reading.omitted`` says where). Captions follow the paragraph they interrupt.
Of other layouts the sections ``REF`` and ``table`` are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractor.drafts import Draft, Edit, edit, mover
from extractor.layout import lay_out
from extractor.types import Document, Section


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference mark of the document: ``[64–66]`` has the labels 64, 65 and 66.

    ``position`` is where in the reading it stood, ``start`` and ``end`` where in the document.
    It belongs to the sentence with ``sentence.start < position <= sentence.end``.
    """

    position: int
    start: int
    end: int
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """The text to analyse; ``sections`` tile it, and no sentence crosses their edges."""

    text: str
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    omitted: tuple[Section, ...] = ()
    """What the text leaves out, in document offsets: ``table``, ``references``, ``furniture``."""
    sources: Sequence[int] = field(default=(), repr=False, hash=False)
    """For each character of ``text`` the offset of the document's character that it stands for."""

    @property
    def tables(self) -> tuple[Section, ...]:
        """The tables, in document offsets."""
        return tuple(s for s in self.omitted if s.label == "table")

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of the document that holds all of ``text[start:end]``.

        Raises ValueError for a span that the text does not have.

        >>> reading = read_text(Document("1", "EVs [4–6] of mast cells"))
        >>> reading.text, reading.original(0, 6)
        ('EVs of mast cells', (0, 12))
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {start}:{end} is outside a reading of {len(self.text)} characters")
        covered = self.sources[start:end]
        if covered:
            return min(covered), max(covered) + 1
        point = self.sources[start] if start < len(self.text) else max(self.sources, default=-1) + 1
        return point, point


def read_text(document: Document) -> Reading:
    """The reading of a document, by its layout. Never fails, whatever the text."""
    cleaned = _clean(document.text)
    omitted: tuple[Section, ...] = ()
    if document.layout == "pdf":
        draft, omitted = lay_out(cleaned)
    else:
        cleaned = cleaned.replace("\f", "\n")
        omitted = tuple(s for s in document.sections if s.label in _UNREAD)
        draft = Draft(cleaned, range(len(cleaned)), _tile(cleaned, document.sections))
        draft = edit(draft, [(s.start, s.end, "") for s in draft.sections if s.label in _UNREAD])
    draft = edit(draft, _small_edits(draft.text))
    return _without_marks(draft, omitted)


# --- characters ----------------------------------------------------------------------------------------

_DASHES: Final = (
    "\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u02d7\u2043\u2212\u301c\u3030\ufe58\ufe63\uff0d"
)
_SPACES: Final = (
    "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_BREAKS: Final = "\x0b\x1c\x1d\x1e\x85\u2028\u2029"
_CONTROLS: Final = "".join(chr(c) for c in (*range(32), *range(127, 160)) if chr(c) not in "\n\f")
_TABLE: Final = str.maketrans(
    dict.fromkeys(_CONTROLS + _SPACES, " ") | dict.fromkeys(_BREAKS, "\n") | dict.fromkeys(_DASHES, "-")
)
_LONG_DASH: Final = re.compile("[\u2014\u2015](?= ?\\d)")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]|[\ufb00-\ufb06]")


def _clean(text: str) -> str:
    """The text with odd characters replaced one for one: its offsets stay."""
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    return _LONG_DASH.sub("-", text.translate(_TABLE))


def _small_edits(text: str) -> list[Edit]:
    found = _INVISIBLE.finditer(text)
    return [
        (
            m.start(),
            m.end(),
            unicodedata.normalize("NFKC", m.group()) if "\ufb00" <= m.group() < "\ufb07" else "",
        )
        for m in found
    ]


_UNREAD: Final = ("REF", "table")
_BLANK_LINES: Final = re.compile(r"\n *\n\s*")


def _tile(text: str, sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections, cut and stretched to cover the text; what is outside all of them are paragraphs."""
    tiles: list[Section] = []
    position = 0
    for section in sorted(sections, key=lambda s: (s.start, s.end)):
        start, end = max(section.start, position), min(section.end, len(text))
        if start < end:
            tiles += [*_paragraphs(text, position, start), Section(section.label, start, end)]
            position = end
    tiles += _paragraphs(text, position, len(text))
    edges = [0, *(tile.start for tile in tiles[1:]), len(text)]
    return tuple(Section(t.label, a, b) for t, a, b in zip(tiles, edges, edges[1:], strict=False))


def _paragraphs(text: str, start: int, end: int) -> Iterator[Section]:
    for blank in _BLANK_LINES.finditer(text, start, end):
        if text[start : blank.start()].strip():
            yield Section("paragraph", start, blank.end())
        start = blank.end()
    if text[start:end].strip():
        yield Section("paragraph", start, end)


# --- reference marks ------------------------------------------------------------------------------------

_MARK: Final = r"\[ ?\d{1,3}(?: ?[-,;] ?\d{1,3})* ?\]"
_MARKS: Final = re.compile(rf"{_MARK}(?:[ ,;]{{0,2}}{_MARK})*(?![\dA-Z]| ?%)")
_NUMBERS: Final = re.compile(r"(\d+)(?: ?- ?(\d+))?")
_QUANTITY: Final = re.compile(
    r"(?:\b(?:CI|IQR|range|interval|quartiles|median|mean|ratio|OR|HR|RR)[,:]?|[=±<>~])$"
)
_LAST_NUMBER: Final = re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?)%?$")
# "as shown in [41]": without its mark the sentence would lose a noun, so the mark stays in the text.
_NEEDS_MARK: Final = re.compile(
    r"\b(?:in|by|from|of|to|with|see|and|or|refs?\.?|references?)$", re.IGNORECASE
)


def _without_marks(draft: Draft, omitted: tuple[Section, ...]) -> Reading:
    marks = [m for m in _MARKS.finditer(draft.text) if _is_citation(draft.text, m)]
    edits: list[Edit] = []
    for mark in marks:
        start, end = _cut(draft.text, mark.start(), mark.end())
        if start < end:
            edits.append((max(start, edits[-1][1] if edits else 0), end, ""))
    moved = mover(edits)
    citations = tuple(
        Citation(
            moved(m.start()), draft.sources[m.start()], draft.sources[m.end() - 1] + 1, _labels(m.group())
        )
        for m in marks
    )
    edited = edit(draft, edits)
    return Reading(edited.text, edited.sections, citations, omitted, edited.sources)


def _numbers(mark: str) -> list[tuple[int, int]]:
    return [(int(a), int(b or a)) for a, b in _NUMBERS.findall(mark)]


def _labels(mark: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(n) for a, b in _numbers(mark) for n in range(a, b + 1)))


def _is_citation(text: str, mark: re.Match[str]) -> bool:
    """Not an interval beside its estimate (``12 [10-20]``), nor a locant (``bicyclo[3,3,1]nonane``)."""
    numbers = _numbers(mark.group())
    if not all(0 < a <= b < a + 100 for a, b in numbers):
        return False
    before = _before(text, mark.start())
    last = _LAST_NUMBER.search(before)
    if len(numbers) > 1 or numbers[0][0] < numbers[0][1]:
        inside = last and numbers[0][0] <= float(last.group(1)) <= numbers[-1][1]
        if inside or _QUANTITY.search(before):
            return False
    return not (
        text[mark.start() - 1 : mark.start()].isalnum() and text[mark.end() : mark.end() + 1].isalnum()
    )


def _before(text: str, position: int) -> str:
    return text[max(0, position - 24) : position].rstrip(" ")


def _cut(text: str, start: int, end: int) -> tuple[int, int]:
    """What to leave out for a mark: it and a space that nothing needs any more; nothing if it must stay."""
    before = _before(text, start)
    if _NEEDS_MARK.search(before):
        return start, start
    after = end + len(text[end : end + 8]) - len(text[end : end + 8].lstrip(" "))
    following, at_line_start = text[after : after + 1], before in ("", "\n") or before.endswith("\n")
    if at_line_start or following in ".,;:)":
        end = after
    if not text[end : end + 1].isalnum() and not at_line_start:
        start -= len(text[max(0, start - 8) : start]) - len(text[max(0, start - 8) : start].rstrip(" "))
    return start, end
