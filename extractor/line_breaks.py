"""Words that the end of a line breaks: whether the hyphen there belongs to the word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

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
class Line:
    """A line without the white space round it, and its document offsets."""

    start: int
    end: int
    text: str
    gap: bool
    """A blank line or the edge of a page or column stands before it."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text that stand unbroken in a line, and the pairs it prints with a hyphen."""

    words: frozenset[str]
    pairs: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Words:
        whole = _BROKEN.sub(" ", text).lower()
        return cls(frozenset(_WORD.findall(whole)), frozenset(_PAIR.findall(whole)))

    def join(self, line: Line, following: Line) -> tuple[int, str]:
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
