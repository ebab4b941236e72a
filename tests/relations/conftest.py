"""What tests of short texts share: the extractor, and the relations of a text in one look."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.pipeline import Extractor, build_pipeline
from extractor.types import Document


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return build_pipeline()


@pytest.fixture
def told(extractor: Extractor) -> Callable[[str], set[tuple[str, ...]]]:
    """The relations of a text as (denied or not, donor, miRNA, recipient, target); "-" is an empty slot."""

    def relations(text: str) -> set[tuple[str, ...]]:
        return {
            (
                "no" if r.negated else "yes",
                *(slot.text if slot else "-" for slot in (r.donor, r.mirna, r.recipient, r.target)),
            )
            for r in extractor.extract(Document("1", text))
        }

    return relations


@pytest.fixture
def stated(extractor: Extractor) -> Callable[[str, str], set[tuple[str, str]]]:
    """Pairs of names between which facts of a kind are stated in a text, and not denied."""

    def pairs(text: str, kind: str) -> set[tuple[str, str]]:
        facts = extractor.analyse(extractor.read(Document("1", text))).facts
        return {
            (a.text, b.text)
            for f in facts
            if f.kind == kind and not f.negated
            for a in f.left
            for b in f.right
        }

    return pairs
