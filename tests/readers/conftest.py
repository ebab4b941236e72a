"""Reading a file whose content a test writes down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.readers import read_documents
from extractor.types import Document

Read = Callable[..., tuple[list[Document], list[str]]]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """``read(name, content)``: its documents, and its problems as lines."""
    monkeypatch.chdir(tmp_path)

    def reading(name: str, content: str | bytes) -> tuple[list[Document], list[str]]:
        data = content.encode("utf-8") if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        problems: list[str] = []
        return list(read_documents([name], problems=lambda p: problems.append(str(p)))), problems

    return reading
