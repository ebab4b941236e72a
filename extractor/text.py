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
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise, takewhile, zip_longest
from statistics import median
from typing import Final

from extractor.types import Document, Section

Edit = tuple[int, int, str]
"""Replace ``[start, end)`` by a string, every character of which maps to ``start``."""


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


@dataclass(frozen=True)
class _Draft:
    text: str
    sources: Sequence[int]
    sections: tuple[Section, ...]


def read_text(document: Document) -> Reading:
    """The reading of a document, by its layout. Never fails, whatever the text."""
    cleaned = _clean(document.text)
    omitted: tuple[Section, ...] = ()
    if document.layout == "pdf":
        draft, omitted = _lay_out(cleaned)
    else:
        cleaned = cleaned.replace("\f", "\n")
        draft = _Draft(cleaned, range(len(cleaned)), _tile(cleaned, document.sections))
    draft = _edit(draft, _small_edits(draft.text))
    return _without_marks(draft, omitted)


# --- characters and edits -------------------------------------------------------------------------------

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


def _edit(draft: _Draft, edits: Sequence[Edit]) -> _Draft:
    """The draft with the edits made, which are in order and do not overlap."""
    if not edits:
        return draft
    pieces, sources, position = [], array("L"), 0
    for start, end, new in edits:
        pieces += [draft.text[position:start], new]
        sources.extend(draft.sources[position:start])
        sources.extend([draft.sources[start]] * len(new))
        position = end
    pieces.append(draft.text[position:])
    sources.extend(draft.sources[position:])
    moved = _mover(edits)
    sections = (Section(s.label, moved(s.start), moved(s.end)) for s in draft.sections)
    return _Draft("".join(pieces), sources, tuple(s for s in sections if s.start < s.end))


def _mover(edits: Sequence[Edit]) -> Callable[[int], int]:
    """From an offset before the edits to the one after; from inside an edit, to its start."""
    starts = [start for start, _, _ in edits]
    shifts = [0, *accumulate(len(new) - (end - start) for start, end, new in edits)]

    def moved(offset: int) -> int:
        before = bisect_left(starts, offset)
        inside = before > 0 and offset < edits[before - 1][1]
        return starts[before - 1] + shifts[before - 1] if inside else offset + shifts[before]

    return moved


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


def _without_marks(draft: _Draft, omitted: tuple[Section, ...]) -> Reading:
    marks = [m for m in _MARKS.finditer(draft.text) if _is_citation(draft.text, m)]
    edits: list[Edit] = []
    for mark in marks:
        start, end = _cut(draft.text, mark.start(), mark.end())
        if start < end:
            edits.append((max(start, edits[-1][1] if edits else 0), end, ""))
    moved = _mover(edits)
    citations = tuple(
        Citation(
            moved(m.start()), draft.sources[m.start()], draft.sources[m.end() - 1] + 1, _labels(m.group())
        )
        for m in marks
    )
    edited = _edit(draft, edits)
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


# --- text extracted from a PDF: lines to blocks -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    gap: bool
    """A blank line or the edge of a page or column stands before it."""


Run = tuple[str, list[_Line]]
"""What some lines are (``text``, one line; ``heading``, ``caption``, ``table``, ...), and the lines."""

_RAW_LINE: Final = re.compile(r"[^\n\f]*[\n\f]|[^\n\f]+")
_STOP: Final = re.compile(r"[.?!][\"'”’)\]]*(?: *\[[\d, ;-]+\])?$")
_NO_HEADING: Final = re.compile(r"[.,;:?!(/-]$|[a-z)\]][.;] ")
_NUMBERING: Final = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.? +")
_TABLE_TITLE: Final = re.compile(
    r"(?:Supplementary )?T(?:able|ABLE) (?:S?\d{1,2}|[IVX]+)(?:[.:] ?| ?[|] ?| |$)(?=[A-Z\d(“]|$)"
)
_CAPTION: Final = re.compile(
    r"(?:Supplementary |Extended Data )?(?:Fig(?:ure|\.)?|FIG(?:URE|\.)?|Scheme|Box) ?S?\d{1,2}"
    r"(?:[.:] ?| ?[|] ?| |$)(?=[A-Z(“]|[a-zα-ω]+-?[A-Z]|$)"
)
_LEADS_TO_LABEL: Final = re.compile(
    r"(?:\b(?:in|see|and|of|from|by|to|the|with|also|cf\.|supplementary|additional)|[(,])$", re.IGNORECASE
)
_FOOTNOTE: Final = re.compile(
    r"(?:Foot ?notes?|Notes?|Abbreviations?|Data are|Values are|Source|[*†‡§]|[a-e] )\b", re.I
)
_FURNITURE: Final = re.compile(
    r"(?:page )?\d{1,4} (?:of|/) \d{1,4}|page \d{1,4}|(?:https?://|www\.|doi: ?|doi\.org/)\S+"
    r"|downloaded from .*|©.*|.*\ball rights reserved\.?",
    re.IGNORECASE,
)
_RUNNING_HEAD: Final = re.compile(r"\d|et al|journal|doi|vol\b", re.IGNORECASE)
_KNOWN_HEADINGS: Final = tuple(
    (label, re.compile(names, re.IGNORECASE))
    for label, names in (
        ("abstract", r"abstract|summary"),
        ("METHODS", r"(?:(?:materials?|patients|subjects)(?: and |, ))?(?:methods?|experimental procedures)"),
        ("references", r"references|bibliography|literature cited|works cited"),
        (
            "back matter",
            r"acknowledge?ments?|funding|conflicts? of interests?|competing interests?|abbreviations",
        ),
        (
            "back matter",
            r"authors?['’]? contributions|availability of data.*|ethics approval.*|publisher['’]s note",
        ),
        (
            "paragraph",
            r"introduction|background|results?(?: and discussion)?|discussion|(?:.* and )?conclusions?",
        ),
    )
)


def _lines(text: str) -> list[_Line]:
    lines, gap = [], True
    for match in _RAW_LINE.finditer(text):
        raw = match.group()
        body = raw.strip()
        if body:
            start = match.start() + len(raw) - len(raw.lstrip())
            # One leading space is what is left of a form feed in texts whose white space was cleaned.
            page = raw[0] == " " and raw[1] != " "
            lines.append(_Line(start, start + len(body), body, gap or page))
        gap = not body or raw[-1] == "\f"
    return lines


@dataclass(frozen=True, slots=True)
class _Page:
    """All lines with what can only be told from all: the usual width, and which lines are running heads."""

    lines: list[_Line]
    width: float
    heads: frozenset[str]

    def full(self, line: _Line, share: float) -> bool:
        return len(line.text) >= share * self.width


def _page(text: str) -> _Page:
    lines = _lines(text)
    width = median([len(line.text) for line in lines if len(line.text) >= 20] or [1])
    near_edge = [a for a, b in _with_next(lines) if a.gap or b is None or b.gap]
    counts = Counter(_shape(line.text) for line in near_edge if _RUNNING_HEAD.search(line.text))
    heads = frozenset(shape for shape, count in counts.items() if count > 2 and len(shape) > 9)
    return _Page(lines, width, heads)


def _with_next(lines: list[_Line]) -> Iterator[tuple[_Line, _Line | None]]:
    return zip_longest(lines, lines[1:])


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _runs(page: _Page) -> Iterator[Run]:
    index, unfinished = 0, False
    while index < len(page.lines):
        kind, count = next((k, n) for k, rule in _RULES if (n := rule(page, index, unfinished)))
        run = page.lines[index : index + count]
        yield kind, run
        if kind in ("text", "heading"):
            unfinished = kind == "text" and not _STOP.search(run[-1].text)
        index += count


def _furniture(page: _Page, index: int, unfinished: bool) -> int:
    line = page.lines[index]
    following = page.lines[index + 1 : index + 2]
    number = line.text.isdecimal() and line.gap and (not following or following[0].gap)
    return int(number or bool(_FURNITURE.fullmatch(line.text)) or _shape(line.text) in page.heads)


def _may_start(page: _Page, index: int, unfinished: bool) -> bool:
    """A label at the start of a line is a caption's unless the sentence before leads to it."""
    line, last = page.lines[index], page.lines[index - 1].text
    return not unfinished or line.gap or not _LEADS_TO_LABEL.search(last)


def _table(page: _Page, index: int, unfinished: bool) -> int:
    if not _TABLE_TITLE.match(page.lines[index].text) or not _may_start(page, index, unfinished):
        return 0
    stop = index + 1
    while stop < len(page.lines) and not _prose_begins(page, stop):
        stop += 1
    return stop - index


def _prose_begins(page: _Page, index: int) -> bool:
    """A block of full lines that is no footnote, or a new label."""
    block = [page.lines[index], *takewhile(lambda line: not line.gap, page.lines[index + 1 : index + 12])]
    if not block[0].gap or _FOOTNOTE.match(block[0].text):
        return False
    if _TABLE_TITLE.match(block[0].text) or _CAPTION.match(block[0].text) or _known_heading(block[0].text):
        return True
    widths = median(len(line.text) for line in block)
    return widths >= 0.6 * page.width and (len(block) > 1 or bool(_STOP.search(block[0].text)))


def _caption(page: _Page, index: int, unfinished: bool) -> int:
    lines = page.lines
    if not _CAPTION.match(lines[index].text) or not _may_start(page, index, unfinished):
        return 0
    stop = index + 1
    if stop < len(lines) and len(lines[index].text) < 20 and lines[stop].gap:
        stop += 1  # the label stands in a line of its own, a blank line under it
    while stop < len(lines) and not lines[stop].gap and not _caption_ends(lines, index, stop, unfinished):
        stop += 1
    return stop - index


def _caption_ends(lines: list[_Line], index: int, stop: int, unfinished: bool) -> bool:
    """Without a blank line under it: at a short last line, or where the interrupted sentence goes on."""
    last = lines[stop - 1].text
    short = len(last) < 0.75 * max(len(line.text) for line in lines[index:stop])
    return bool(_STOP.search(last)) and (short or (unfinished and lines[stop].text[0].islower()))


def _references(page: _Page, index: int, unfinished: bool) -> int:
    """From its heading to the next heading that is known, or to the end."""
    if unfinished or _known_heading(page.lines[index].text) != "references":
        return 0
    after = range(index + 1, len(page.lines))
    stop = next((i for i in after if _known_heading(page.lines[i].text)), len(page.lines))
    return stop - index


def _known_heading(text: str) -> str | None:
    title = _NUMBERING.sub("", text).rstrip(" :.")
    if len(title) > 50 or not title[:1].isupper():
        return None
    return next((label for label, names in _KNOWN_HEADINGS if names.fullmatch(title)), None)


def _heading(page: _Page, index: int, unfinished: bool) -> int:
    """One to three lines, the last of them short, none ending like a sentence, before one that begins so."""
    if _known_heading(page.lines[index].text) and (page.lines[index].gap or not unfinished):
        return 1
    lines = page.lines[index : index + 4]
    if unfinished or not (lines[0].text[0].isupper() or _NUMBERING.match(lines[0].text)):
        return 0
    found = 0
    for count, (last, following) in enumerate(pairwise(lines), 1):
        if (count > 1 and last.gap) or _NO_HEADING.search(_NUMBERING.sub("", last.text)):
            break
        if not page.full(last, 0.75) and (following.gap or following.text[0].isupper()):
            found = count
    return found


def _prose(page: _Page, index: int, unfinished: bool) -> int:
    return 1


_RULES: Final[tuple[tuple[str, Callable[[_Page, int, bool], int]], ...]] = (
    ("table", _table),
    ("caption", _caption),
    ("furniture", _furniture),
    ("references", _references),
    ("heading", _heading),
    ("text", _prose),
)
"""How many of the lines from an index on are of a kind; the first that is not 0 decides."""
_OMITTED: Final = ("table", "furniture", "references")


def _lay_out(text: str) -> tuple[_Draft, tuple[Section, ...]]:
    """Paragraphs, headings and captions of a text in lines, and what was left out of it."""
    page = _page(text)
    runs = list(_runs(page))
    omitted = tuple(Section(kind, run[0].start, run[-1].end) for kind, run in runs if kind in _OMITTED)
    return _assemble(text, _blocks(page, runs), _Words.of(text)), omitted


def _blocks(page: _Page, runs: Iterable[Run]) -> Iterator[Run]:
    """The runs in reading order, lines of text joined to paragraphs, captions after the one they are in."""
    paragraph: list[_Line] = []
    captions: list[Run] = []
    label = "paragraph"
    for kind, run in (*runs, ("end", [])):
        if kind == "text" and paragraph and _continues(page, paragraph[-1], run[0]):
            paragraph += run
        elif kind == "caption":
            captions.append((kind, run))
        elif kind not in _OMITTED:
            yield from [(label, paragraph)] * bool(paragraph) + captions
            paragraph, captions = (run, []) if kind == "text" else ([], [])
        if kind == "heading":
            known = _known_heading(run[0].text)
            label = known or (label if label != "abstract" else "paragraph")
            yield kind, run


def _continues(page: _Page, last: _Line, line: _Line) -> bool:
    if _STOP.search(last.text):
        return not line.gap and page.full(last, 0.8)
    return not line.gap or line.text[0].islower() or page.full(last, 0.6) or last.text[-1] in ",;(-"


def _assemble(text: str, blocks: Iterable[Run], words: _Words) -> _Draft:
    pieces, sources, sections, length = [], array("L"), [], 0
    for label, lines in blocks:
        begin = length
        for line, following in _with_next(lines):
            end, joint = words.join(line, following) if following else (line.end, "\n")
            pieces += [text[line.start : end], joint]
            sources.extend(range(line.start, end))
            sources.extend([min(line.end, len(text) - 1)] * len(joint))
            length += end - line.start + len(joint)
        sections.append(Section(label, begin, length))
    last = _Draft("".join(pieces), sources, tuple(sections))
    return _edit(last, [(length - 1, length, "")] if length else [])


# --- words that a line end breaks -------------------------------------------------------------------------

_BROKEN: Final = re.compile(r"(?<!\w)\w+[-\u00ad] *\n\s*\w+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_PAIR: Final = re.compile(r"(?=(?<!\w)([^\W\d_]+-[^\W\d_]+))")
_LEFT: Final = re.compile(r"(-?)(?<!\w)([^\W\d_]+)-$")
_RIGHT: Final = re.compile(r"[^\W\d_]+(?!\w)")
_FIRST_PARTS: Final = frozenset(("cell", "dose", "high", "long", "self", "short", "tumor", "tumour", "well"))
_SECOND_PARTS: Final = re.compile(
    r"(?:deriv|associat|mediat|induc|relat|treat|bas|regulat|secret|releas|enrich|load|transfect|target)ed"
    r"|(?:contain|express|promot|suppress|inhibit|infiltrat|target|secret)ing|(?:in)?dependent|like|specific|free|type"
    r"|rich|positive|negative|deficient|resistant|sensitive|bound|wide|term|dose"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text that stand unbroken in a line, and the pairs it prints with a hyphen."""

    words: frozenset[str]
    pairs: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Words:
        whole = _BROKEN.sub(" ", text).lower()
        return cls(frozenset(_WORD.findall(whole)), frozenset(_PAIR.findall(whole)))

    def join(self, line: _Line, following: _Line) -> tuple[int, str]:
        """Where the line's text ends, and what stands between it and the next line's."""
        if line.text.endswith("\u00ad"):
            return line.end - 1, ""
        if line.text.endswith("-") and (line.text[-2:-1].strip() or following.text[0].isdecimal()):
            return line.end - self._only_breaks(line.text, following.text), ""
        return line.end, "" if line.text.endswith("/") else " "

    def _only_breaks(self, line: str, following: str) -> bool:
        """The hyphen is no part of the word: ``de-|tect``, but not ``CAF-|derived`` or ``miR-|210``."""
        left, right = _LEFT.search(line[-80:]), _RIGHT.match(following[:80])
        if not left or not right or len(left.group(2)) < 2:
            return False
        first, second = left.group(2), right.group()
        if not (first[1:].islower() and second.islower()):
            return False
        first = first.lower()
        if first + second in self.words:
            return True
        if f"{first}-{second}" in self.pairs or first in _FIRST_PARTS or _SECOND_PARTS.fullmatch(second):
            return False
        both = first in self.words and min(len(first), len(second)) > 3  # "with-|out" is one word
        return not (second in self.words and (both or left.group(1)))
