"""One loaded pipeline for all tests of contexts."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor, build_pipeline


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return build_pipeline()
