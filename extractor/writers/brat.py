"""Brat standoff in a ZIP archive: unpack it into brat's data folder. ``ID.txt`` and ``ID.ann`` a document.

Offsets count code points of ``ID.txt``, in which control characters are blanks, one for one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote, unquote

from extractor.types import Document, Mention
from extractor.writers.archive import zipped
from extractor.writers.values import REPLACEMENT, SURROGATE, Annotated, utf8

CONFIGURATION: Final = "annotation.conf"
EMPTY: Final = "%"
"""The file name of a document without id; no other document's name is that."""
REPEAT: Final = "+"
"""``ID+2.txt`` is the second document of that id."""
# What ends a line or a column for some reader of brat's files; line feeds are all that may stand.
CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
# Brat's form of an identifier in another database.
CURIE: Final = re.compile(r"[^\s:]+:\S+")


class Names:
    """File names for documents: their ids, percent-encoded, numbered when one comes again."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, doc_id: str) -> str:
        """The name without suffix, another one at each call."""
        name = re.sub(r"^\.", "%2E", quote(doc_id, safe="", errors="surrogatepass")) or EMPTY
        self._seen[name] += 1
        return f"{name}{REPEAT}{self._seen[name]}" if self._seen[name] > 1 else name


def doc_id_of(name: str) -> str:
    """The id of the document whose files have that name, suffix left out.

    >>> doc_id_of("PMC1%2F2"), doc_id_of("7+2")
    ('PMC1/2', '7')
    """
    encoded = name.partition(REPEAT)[0]
    return "" if encoded == EMPTY else unquote(encoded, errors="surrogatepass")


def archive(documents: Iterable[Annotated]) -> Iterator[bytes]:
    """The archive with every document's text whole, its mentions and their identifiers."""
    return zipped(_members(documents))


def _members(documents: Iterable[Annotated]) -> Iterator[tuple[str, bytes]]:
    names = Names()
    labels: set[str] = set()
    for document, mentions in documents:
        name = names.of(document.doc_id)
        yield f"{name}.txt", utf8(plain(document.text))
        yield f"{name}.ann", utf8("".join(_lines(document, mentions)))
        labels.update(mention.label for mention in mentions)
    yield CONFIGURATION, configuration(labels)


def _lines(document: Document, mentions: tuple[Mention, ...]) -> Iterator[str]:
    for number, mention in enumerate(mentions, start=1):
        yield text_bound(number, mention.label, mention.start, plain(mention.text))
        if mention.concept and refers(mention.concept.curie):
            yield reference(number, number, mention.concept.curie, mention.concept.name)


def refers(curie: str) -> bool:
    """Whether brat's lines can hold an identifier as it is."""
    return CURIE.fullmatch(curie) is not None and one_line(curie) == curie


def plain(text: str) -> str:
    """``text`` as it stands in the ``.txt``, at its own length."""
    return SURROGATE.sub(REPLACEMENT, CONTROL.sub(" ", text))


def one_line(text: str) -> str:
    """``text`` as it can end a line of the ``.ann``."""
    return plain(text).replace("\n", " ")


def text_bound(number: int, label: str, start: int, text: str) -> str:
    """A line for a stretch of text; one with line ends in it is discontinuous to brat."""
    pieces = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text)]
    places = ";".join(f"{begin} {end}" for begin, end in pieces)
    return f"T{number}\t{label} {places}\t{re.sub(chr(10) + '+', ' ', text).strip(chr(10))}\n"


def reference(number: int, mention: int, curie: str, name: str) -> str:
    """A line that gives the mention ``T<mention>`` an identifier."""
    return f"N{number}\tReference T{mention} {curie}\t{one_line(name)}\n"


def configuration(labels: Iterable[str], events: str = "", attributes: str = "") -> bytes:
    """What brat needs to know of an annotation's types, in its own format."""
    entities = "\n".join(sorted(labels))
    return utf8(f"[entities]\n{entities}\n\n[relations]\n\n[events]\n{events}\n[attributes]\n{attributes}")
