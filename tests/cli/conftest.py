"""Running the command as a user does: a process with its own streams and exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LAUNCHER = Path(__file__).with_name("launcher.py")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command() -> list[str]:
    """The command with the stand-in extractor (see launcher.py)."""
    return [sys.executable, str(LAUNCHER)]


@pytest.fixture
def evmir(command: list[str], tmp_path: Path) -> Run:
    """``evmir(*arguments, stdin=...)``, run in a temporary folder."""

    def run(*arguments: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "100", "PYTHONUTF8": "0", "LC_ALL": "C.UTF-8"},
        )

    return run


@pytest.fixture
def abstracts(tmp_path: Path) -> Callable[..., Path]:
    """``abstracts("text one", ...)``: a JSONL file of documents d1, d2, ... with these texts."""

    def write(*texts: str, name: str = "in.jsonl") -> Path:
        path = tmp_path / name
        records: list[dict[str, Any]] = [{"doc_id": f"d{n}", "text": text} for n, text in enumerate(texts, 1)]
        path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
        return path

    return write
