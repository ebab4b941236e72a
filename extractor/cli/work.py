"""What worker processes do. They get these functions by name, so all of it lives at module level.

The pipeline is imported where it is needed: ``evmir --help`` must not wait for spaCy.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

from extractor.cli.ending import Refused
from extractor.types import Document, Mention, Relation

if TYPE_CHECKING:
    from extractor.pipeline import Extractor


def extraction(
    model: str | None, include_regulation: bool, min_confidence: float
) -> Callable[[Document], tuple[Relation, ...]]:
    """A function from a document to its relations of at least that confidence. Raises Refused."""
    extractor = _extractor(model)

    def extract(document: Document) -> tuple[Relation, ...]:
        found = extractor.extract(document, include_regulation=include_regulation)
        return tuple(relation for relation in found if relation.confidence >= min_confidence)

    return extract


def annotation(model: str | None) -> Callable[[Document], tuple[Mention, ...]]:
    """A function from a document to its mentions. Raises Refused."""
    return _extractor(model).annotate


def hush_libraries() -> None:
    """Keeps what libraries tell developers from users, unless Python was asked for warnings (-W)."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def _extractor(model: str | None) -> Extractor:
    hush_libraries()
    from extractor.model import ModelError
    from extractor.pipeline import build_pipeline

    hush_libraries()  # once more: spaCy puts filters of its own in front when it is imported
    try:
        return build_pipeline(model)
    except ModelError as error:
        raise Refused(str(error)) from error
