"""Helpers for every test: where the material lies that may not be part of this repository."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent

# A shell starts what runs in the background with SIGINT ignored, and so would be every command under test.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material: $EVMIR_SHARED, or ``shared`` beside the checkout. Skips without it."""
    folder = Path(os.environ.get("EVMIR_SHARED") or REPOSITORY.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no shared material in {folder} (set EVMIR_SHARED to its folder)")
    return folder
