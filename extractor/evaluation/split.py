"""Which documents of a development set are held back: scored on, never read or tuned on."""

from __future__ import annotations

import hashlib
from typing import Literal

Part = Literal["all", "read", "held-back"]


def held_back(pmid: str) -> bool:
    """Whether a document belongs to the held-back third.

    The hash of the PMID decides, so the split needs no list, cannot drift, and is the same everywhere.

    >>> held_back("1"), held_back("3")
    (True, False)
    """
    return int(hashlib.sha256(pmid.encode()).hexdigest(), 16) % 3 == 0


def in_part(pmid: str, part: Part) -> bool:
    """Whether a document belongs to ``part``; every document belongs to ``all``."""
    return part == "all" or held_back(pmid) == (part == "held-back")
