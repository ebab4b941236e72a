"""What could not be read: one line each, saying where and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an input that was skipped or needs a look; the rest of the batch goes on.

    >>> str(Problem("a.jsonl", "line 3", "not JSON; repair or remove it"))
    'a.jsonl:line 3: not JSON; repair or remove it'
    """

    file: str
    position: str
    """``line 3``, ``line 3:14``, ``byte 88``; empty where the whole file is meant."""
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.position}" if self.position else self.file
        return "".join(c if c.isprintable() else "?" for c in f"{where}: {self.message}")


Report = Callable[[str, str], None]
"""Called with the position and the message of a problem of the file being read."""
