"""XML of any kind: streamed record by record, nothing fetched, no entity of a file's own expanded."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from lxml import etree

from extractor.readers.problems import Report
from extractor.readers.source import Source

MAX_RECORD: Final = 32 * 1024 * 1024
"""Bytes between the ends of two records: a bound for the memory that a file can ask for."""
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_ENTITY: Final = re.compile(r"&[A-Za-z][A-Za-z0-9]*;")
_NO_TAGS: Final = re.compile(rb"<!--|<!\[CDATA\[")
_LONGEST_TAG: Final = 64
"""Bytes; a longer one that stands across the edge of two blocks is merely not blanked."""
_BLANKS: Final = bytes(10 if byte == 10 else 32 for byte in range(256))
_WHERE_IN_MESSAGE: Final = re.compile(r",? ?line \d+, column \d+.*$", re.DOTALL)
_BEFORE_ROOT: Final = rb"\s*(?=<)(?s:.{0,8000}?)<"


class _TooLong(Exception):
    """No record ends within MAX_RECORD bytes."""


class _Bounded:
    """Counts the bytes since the last record, so that no tree can grow without end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.since_record = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.since_record += len(data)
        if self.since_record > MAX_RECORD:
            raise _TooLong
        return data


class _Blanked:
    """Blanks out elements that nobody asks for; what is left is parsed several times faster.

    Every byte and line keeps its place. Once a comment or a CDATA section is met nothing more is blanked,
    for what looks like a tag in there is none.
    """

    def __init__(self, stream: _Bounded, tags: tuple[str, ...]) -> None:
        self._stream = stream
        self._tag = re.compile(rb"<(/?)(%s)(?:\s[^<>]*)?(?<!/)>" % "|".join(tags).encode())
        self._rest = b""
        self._name, self._depth = b"", 0
        self._on = True

    def read(self, size: int) -> bytes:
        while True:
            block = self._stream.read(size)
            data = self._rest + block
            self._on = self._on and (self._depth > 0 or not _NO_TAGS.search(data))
            waits = _LONGEST_TAG if block and self._on else 0  # half a tag, for its other half
            done, end = self._blanked(data, max(0, len(data) - waits)) if self._on else (data, len(data))
            self._rest = data[end:]
            if done or not block:
                return done

    def _blanked(self, data: bytes, end: int) -> tuple[bytes, int]:
        """The data up to about ``end``, and where exactly: behind the last tag that begins before it."""
        pieces, position = [], 0
        for match in self._tag.finditer(data):
            if match.start() >= end:
                break
            closing, name = match.groups()
            if not self._depth and not closing:
                pieces.append(data[position : match.start()])
                position, self._name = match.start(), name
            if name == self._name:
                self._depth += -1 if closing else 1
                end = max(end, match.end())
                if not self._depth:
                    pieces.append(data[position : match.end()].translate(_BLANKS))
                    position, self._name = match.end(), b""
        last = data[position:end]
        return b"".join((*pieces, last.translate(_BLANKS) if self._depth else last)), end


def sniff(names: str) -> re.Pattern[bytes]:
    """A pattern for the head of a file with one of these elements (alternatives of a regular expression)."""
    return re.compile(_BEFORE_ROOT + rb"(?:[a-z]+:)?(?:" + names.encode() + rb")(?=[\s/>])")


def elements(
    source: Source, report: Report, tags: tuple[str, ...], kind: str, unread: tuple[str, ...] = ()
) -> Iterator[Any]:
    """Each outermost element of these tags once it is whole; it is emptied when the next one is asked for.

    ``{*}name`` stands for a name in any namespace; the elements ``unread`` are left out. Whatever ends the reading early is told, and so is a
    file without any such element; ``kind`` is what such files are called.
    """
    if b"<!ENTITY" in source.head():
        message = f"declares entities of its own, which real {kind} files never do; refused, fetch it again"
        report("", message)
        return
    count = 0
    try:
        for element in _streamed(source, tags, unread):
            count += 1
            yield element
    except _TooLong:
        size = MAX_RECORD >> 20
        report("", f"no record ends within {size} MiB; is it {kind} XML? What came before was read")
    except etree.XMLSyntaxError as error:
        if not source.failure:
            line, column = error.position
            message = _WHERE_IN_MESSAGE.sub("", error.msg or "no XML")
            text = f"malformed XML ({message}); fetch it again, what came before was read"
            report(f"line {line}:{column}", text)
    else:
        if not count and not source.failure:
            report("", f"holds no {kind} record; is it another kind of XML?")


def _streamed(source: Source, tags: tuple[str, ...], unread: tuple[str, ...]) -> Iterator[Any]:
    names = {local(tag) for tag in tags}
    stream = _Bounded(source.stream)
    parser = etree.iterparse(
        _Blanked(stream, unread) if unread else stream,
        tag=tags,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in parser:
        parent = element.getparent()
        if parent is not None and any(local(above.tag) in names for above in element.iterancestors()):
            continue  # a part of a record, which follows whole
        yield element
        stream.since_record = 0
        element.clear(keep_tail=False)
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def children(element: Any) -> dict[str, list[Any]]:
    """The children of an element by their tags: one pass, where ``find`` takes one for each tag."""
    found: dict[str, list[Any]] = {}
    for child in element:
        found.setdefault(child.tag, []).append(child)
    return found


def text_of(element: Any) -> str:
    """All text below an element, tags dropped, white space as in print; of None or (), nothing.

    A named entity that no declaration was read for is taken from HTML's names, or stays as it is written.
    """
    if element is None or element == ():
        return ""
    if not len(element):
        return collapsed(element.text or "")
    text = "".join(element.itertext())
    if "&" in text:
        text = "".join(map(unescaped, element.itertext()))
    return collapsed(text)


def unescaped(piece: str) -> str:
    """A piece of an element's text; lxml gives an entity that it did not resolve as ``&name;``."""
    return html.unescape(piece) if piece[:1] == "&" and _ENTITY.fullmatch(piece) else piece


def collapsed(text: str) -> str:
    """White space as in print: one space for any run of it, none at the ends."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:  # most texts have none: ten times faster
        text = _SPACE.sub(" ", text)
    return text.strip()
