"""The services, played on loopback, and settings that point there; no test reaches further."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from literature import Literature

from extractor.sources.http import Session
from extractor.sources.settings import Settings
from extractor.sources.store import Store


@pytest.fixture
def literature() -> Iterator[Literature]:
    with Literature() as playing:
        yield playing


@pytest.fixture
def settings(literature: Literature, tmp_path: Path) -> Callable[..., Settings]:
    """``settings(batch=2)``: a quick pace and short pauses, and what a test wants to be different."""

    def make(**changes: Any) -> Settings:
        urls = {name.removeprefix("EVMIR_").lower(): url for name, url in literature.environment.items()}
        quick = {"rate": 1000.0, "pause": 0.01, "attempts": 4, "timeout": 2.0}
        places = {"store": tmp_path / "store", "cache": tmp_path / "cache"}
        return Settings(**{**urls, **quick, **places, **changes})

    return make


@pytest.fixture
def session(settings: Callable[..., Settings]) -> Iterator[Session]:
    made = Session(settings())
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store") as made:
        yield made
