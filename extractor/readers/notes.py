"""What is no problem, but good to know of an input: records that say less than they seem to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from extractor.readers.problems import Problem
from extractor.types import Document

SHOWN: Final = 5
"""Ids that a note names; it counts the others."""
_MESSAGES: Final[Mapping[str, str]] = {
    "no abstract": "without an abstract, read by title alone",
    "non-English": "not in English, read for what stands there in English",
}


def noted(name: str, documents: Iterable[Document], tell: Callable[[Problem], None]) -> Iterator[Document]:
    """The documents as they come; when all have, one line for each kind of record worth a note."""
    ids: dict[str, list[str]] = {flag: [] for flag in _MESSAGES}
    counts = dict.fromkeys(_MESSAGES, 0)
    for document in documents:
        for flag in document.flags:
            if flag in counts:
                counts[flag] += 1
                ids[flag] += [document.doc_id] * (counts[flag] <= SHOWN)
        yield document
    for flag, count in counts.items():
        if count:
            more = f" and {count - SHOWN} more" if count > SHOWN else ""
            records = "record" if count == 1 else "records"
            tell(Problem(name, "", f"{count} {records} {_MESSAGES[flag]} ({', '.join(ids[flag])}{more})"))
