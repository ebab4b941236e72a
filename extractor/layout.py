"""Layout ``pdf``: lines of a page to paragraphs, headings and captions.

:func:`extractor.text.read_text` is the way in from outside; the table of what a reading changes is there.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile, zip_longest
from statistics import median
from typing import Final

from extractor.drafts import Draft, edit
from extractor.line_breaks import Line, Words
from extractor.types import Section

Run = tuple[str, list[Line]]
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


def _lines(text: str) -> list[Line]:
    lines, gap = [], True
    for match in _RAW_LINE.finditer(text):
        raw = match.group()
        body = raw.strip()
        if body:
            start = match.start() + len(raw) - len(raw.lstrip())
            # One leading space is what is left of a form feed in texts whose white space was cleaned.
            page = raw[0] == " " and raw[1] != " "
            lines.append(Line(start, start + len(body), body, gap or page))
        gap = not body or raw[-1] == "\f"
    return lines


@dataclass(frozen=True, slots=True)
class _Page:
    """All lines with what can only be told from all: the usual width, and which lines are running heads."""

    lines: list[Line]
    width: float
    heads: frozenset[str]

    def full(self, line: Line, share: float) -> bool:
        return len(line.text) >= share * self.width


def _page(text: str) -> _Page:
    lines = _lines(text)
    width = median([len(line.text) for line in lines if len(line.text) >= 20] or [1])
    near_edge = [a for a, b in _with_next(lines) if a.gap or b is None or b.gap]
    counts = Counter(_shape(line.text) for line in near_edge if _RUNNING_HEAD.search(line.text))
    heads = frozenset(shape for shape, count in counts.items() if count > 2 and len(shape) > 9)
    return _Page(lines, width, heads)


def _with_next(lines: list[Line]) -> Iterator[tuple[Line, Line | None]]:
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


def _caption_ends(lines: list[Line], index: int, stop: int, unfinished: bool) -> bool:
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


def lay_out(text: str) -> tuple[Draft, tuple[Section, ...]]:
    """Paragraphs, headings and captions of a text in lines, and what was left out of it."""
    page = _page(text)
    runs = list(_runs(page))
    omitted = tuple(Section(kind, run[0].start, run[-1].end) for kind, run in runs if kind in _OMITTED)
    return _assemble(text, _blocks(page, runs), Words.of(text)), omitted


def _blocks(page: _Page, runs: Iterable[Run]) -> Iterator[Run]:
    """The runs in reading order, lines of text joined to paragraphs, captions after the one they are in."""
    paragraph: list[Line] = []
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


def _continues(page: _Page, last: Line, line: Line) -> bool:
    if _STOP.search(last.text):
        return not line.gap and page.full(last, 0.8)
    return not line.gap or line.text[0].islower() or page.full(last, 0.6) or last.text[-1] in ",;(-"


def _assemble(text: str, blocks: Iterable[Run], words: Words) -> Draft:
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
    last = Draft("".join(pieces), sources, tuple(sections))
    return edit(last, [(length - 1, length, "")] if length else [])
