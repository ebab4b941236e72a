"""The text of a paragraph of an article's markup (JATS or HTML), with the reference marks in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final

from extractor.readers.xml import unescaped
from extractor.types import Reference

_SPACE: Final = re.compile(r"[ \t\r\n]+")
_UNREAD: Final = frozenset(
    (
        *("fn", "disp-formula", "disp-formula-group", "tex-math", "annotation", "annotation-xml", "script"),
        *("graphic", "inline-graphic", "media", "inline-media", "object-id", "supplementary-material"),
        *("style", "noscript", "button", "svg", "img", "template", "index-term"),
    )
)
_MARKED_NOTES: Final = frozenset(("fn", "table-fn", "aff", "corresp", "author-notes", "author-note"))
_BREAKS: Final = frozenset(("break", "br", "p", "title", "list-item", "li", "def-item", "td", "th", "div"))
_DASH: Final = re.compile(r"\s*[-\u2010-\u2014\u2212]\s*")
_RANGE: Final = re.compile(r"(\d{1,4})\s*[-\u2010-\u2014\u2212]\s*(\d{1,4})")
_LONGEST_RANGE: Final = 100


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What the reference list says: CURIEs by the id of an entry, and by its number."""

    by_id: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_number: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def between(self, first: str, last: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The entries inside a printed range of numbers, without its ends."""
        if first.isdecimal() and last.isdecimal() and int(first) < int(last) < int(first) + _LONGEST_RANGE:
            for number in map(str, range(int(first) + 1, int(last))):
                yield number, self.by_number.get(number, ())


class Inline:
    """Collects text piece by piece, white space collapsed as it comes, so that offsets hold."""

    def __init__(self, bibliography: Bibliography, blocks: frozenset[str] = frozenset()) -> None:
        """``blocks`` are elements inside a paragraph that are passages of their own."""
        self._bibliography = bibliography
        self._skipped = _UNREAD | blocks
        self._pieces: list[str] = []
        self._length = 0
        self._spaced = True
        self._marks: list[Reference] = []
        self._raised = False

    def text(self) -> str:
        """What was collected, without white space at its end."""
        return "".join(self._pieces).rstrip(" ")

    def references(self) -> tuple[Reference, ...]:
        """The reference marks in their order, printed ranges filled in; offsets into ``text``."""
        text, found = self.text(), list(self._marks)
        for left, right in pairwise(self._marks):
            if _DASH.fullmatch(text, left.end, right.start):
                inside = self._bibliography.between(left.marker, right.marker)
                found += [Reference(number, left.end, right.start, curies) for number, curies in inside]
        return tuple(sorted((r for r in found if r.end <= len(text)), key=lambda r: (r.start, r.end)))

    def add(self, text: str) -> None:
        """A piece of text as it stands between tags."""
        text = _SPACE.sub(" ", text)
        if self._spaced:
            text = text.lstrip(" ")
        if text:
            self._pieces.append(text)
            self._length += len(text)
            self._spaced = text.endswith(" ")

    def add_element(self, element: Any) -> None:
        """All that an element prints, without its tail."""
        tag = element.tag
        if not isinstance(tag, str):
            self.add(unescaped(element.text or ""))
        elif tag not in self._skipped:
            _HANDLERS.get(tag, Inline.add_children)(self, element)
            if tag in _BREAKS:
                self.add(" ")

    def add_children(self, element: Any) -> None:
        """An element's text and children; what stands between them too."""
        self.add(element.text or "")
        for child in element:
            self.add_element(child)
            self.add(child.tail or "")

    def add_xref(self, element: Any) -> None:
        """A link inside the article: a reference mark is kept as one, the mark of a footnote left out."""
        kind = element.get("ref-type")
        if kind in _MARKED_NOTES:
            return
        if kind != "bibr":
            self.add_children(element)
            return
        raised = not self._raised and any(child.tag == "sup" for child in element)
        self._marked(lambda: self._mark(element), raised)

    def add_raised(self, element: Any) -> None:
        """Superscript; reference marks in it would read as a part of the word before: ``miR-21³``."""
        marks = any(child.get("ref-type") == "bibr" for child in element.iter("xref"))
        plain = not re.search(r"[^\W\d_]", "".join(element.itertext()))
        self._marked(lambda: self.add_children(element), marks and plain and not self._raised)

    def add_alternatives(self, element: Any) -> None:
        """The first of several forms of the same thing that has text."""
        form = next(
            (c for c in element if c.tag not in self._skipped and "".join(c.itertext()).strip()), None
        )
        if form is not None:
            self.add_element(form)

    def _marked(self, add: Callable[[], None], raised: bool) -> None:
        """With brackets round it where it is raised, which plain text has no other way to show."""
        self.add("[" * raised)
        self._raised, before = self._raised or raised, self._raised
        add()
        self._raised = before
        self.add("]" * raised)

    def _mark(self, element: Any) -> None:
        begin, first = self._length, len(self._pieces)
        self.add_children(element)
        printed = "".join(self._pieces[first:])
        start, end = begin + len(printed) - len(printed.lstrip(" [(")), begin + len(printed.rstrip(" ])"))
        if start < end:
            marker = printed[start - begin : end - begin]
            self._marks += self._resolved(Reference(marker, start, end), (element.get("rid") or "").split())

    def _resolved(self, mark: Reference, ids: Iterable[str]) -> list[Reference]:
        """A mark for each article it stands for: several ids, or a range that one link spans."""
        known = self._bibliography.by_id
        found = [replace(mark, curies=known.get(one, ())) for one in ids] or [mark]
        span = _RANGE.fullmatch(mark.marker) if len(found) == 1 else None
        if span:
            inside = self._bibliography.between(*span.groups())
            last = self._bibliography.by_number.get(span.group(2), ())
            found += [replace(mark, curies=curies) for _, curies in (*inside, (span.group(2), last))]
        return found


_HANDLERS: Final[Mapping[str, Callable[[Inline, Any], None]]] = {
    "xref": Inline.add_xref,
    "sup": Inline.add_raised,
    "alternatives": Inline.add_alternatives,
}
