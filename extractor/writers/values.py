"""What a writer is: a generator from results to the bytes of a file, so that it streams and needs no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from extractor.types import Document, Mention, Relation

Annotated = tuple[Document, tuple[Mention, ...]]
"""A document with its mentions."""

RelationWriter = Callable[[Iterable[Relation]], Iterator[bytes]]
AnnotationWriter = Callable[[Iterable[Annotated]], Iterator[bytes]]
