"""Work for worker processes, which find it by this module's name."""

from __future__ import annotations

import os
from collections.abc import Callable

from extractor.types import Document


def make_length() -> Callable[[Document], int]:
    return _length


def make_pid() -> Callable[[Document], int]:
    """Work that tells which build of the work it is done by."""
    built = os.urandom(4).hex()
    return lambda document: (os.getpid(), built)  # type: ignore[return-value]


def make_nothing() -> Callable[[Document], int]:
    raise LookupError("no such model")


def _length(document: Document) -> int:
    if "CRASH" in document.text:
        raise RuntimeError("too odd")
    if "DIE" in document.text:
        os._exit(9)
    return len(document.text)
