"""Ids that come again: the same text is left out, another text is read, and either is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from extractor.readers.problems import Problem
from extractor.types import Document

REMEMBERED: Final = 1_000_000
"""Ids held in mind, about 150 bytes each; beyond, the oldest are forgotten."""


class Repeats:
    """Remembers the ids of a whole run, over all its files."""

    def __init__(self, tell: Callable[[Problem], None], remembered: int = REMEMBERED) -> None:
        self._tell = tell
        self._seen: dict[str, int] = {}
        self._remembered = remembered

    def without(self, name: str, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents but those that repeat id and text of an earlier one."""
        for document in documents:
            doc_id, content = document.doc_id, hash(document.text)
            known = self._seen.get(doc_id)
            if known == content:
                self._tell(Problem(name, f"id {doc_id}", "duplicate, left out; remove one of the two"))
                continue
            if known is not None:
                self._tell(
                    Problem(name, f"id {doc_id}", "duplicate id with another text, both read; correct one id")
                )
            self._remember(doc_id, content)
            yield document

    def _remember(self, doc_id: str, content: int) -> None:
        self._seen[doc_id] = content
        if len(self._seen) > self._remembered:
            del self._seen[next(iter(self._seen))]
