"""Which proposals of a queue are meant: a frozen value, and the SQL that it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

STATES: Final = ("open", "accept", "reject", "skip", "differs")
"""What became of a proposal; ``differs``: curators disagree and nobody has settled it."""
_JUDGED = "EXISTS (SELECT 1 FROM states s WHERE s.proposal_id = p.proposal_id AND s.state <> 'skip')"
_JUDGED_BY = """EXISTS (SELECT 1 FROM standing s WHERE s.proposal_id = p.proposal_id
    AND s.curator = ? AND s.verdict <> 'skip')"""
_SLOT = "p.proposal_id IN (SELECT proposal_id FROM slots WHERE key = ? AND role IN ({}))"
_TOKEN: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty fields let everything through; the others must all hold.

    ``mirna`` and ``cell`` (donor or recipient): a slot's key, that is its CURIE or its name in small letters.
    ``words``: all of them occur in the text or the names. ``state``: one of ``STATES``; with ``curator``
    what this curator said makes the state, else what anybody said. ``since``: ISO date, added then or later.
    """

    status: str = ""
    doc_id: str = ""
    mirna: str = ""
    cell: str = ""
    words: str = ""
    state: str = ""
    since: str = ""
    curator: str = ""


Clause = tuple[str, tuple[Any, ...]]


def clauses(where: Filter) -> Clause:
    """The condition on ``proposals p`` and its values. Raises ValueError for a state that there is not."""
    found = [make(where) for name, make in _CLAUSES.items() if getattr(where, name)]
    condition = " AND ".join(condition for condition, _ in found) or "1"
    return condition, tuple(value for _, values in found for value in values)


def _state(where: Filter) -> Clause:
    if where.state not in STATES:
        raise ValueError(f"state {where.state!r}: must be one of {', '.join(STATES)}")
    own = (where.curator,) if where.curator else ()
    if where.state == "open":  # asked most often: looked up for each proposal, in order of rank
        return f"NOT {_JUDGED_BY if own else _JUDGED}", own
    if own and where.state != "differs":
        said = "SELECT proposal_id FROM standing WHERE curator = ? AND verdict = ? AND NOT final"
        return f"p.proposal_id IN ({said})", (*own, where.state)
    return "p.proposal_id IN (SELECT proposal_id FROM states WHERE state = ?)", (where.state,)


def _words(where: Filter) -> Clause:
    """Each run of letters and digits as a word of its own; of three letters or more also as a beginning."""
    tokens = (t.group() for t in _TOKEN.finditer(where.words))
    query = " ".join(f'"{t}"' + "*" * (len(t) > 2 and t.isalpha()) for t in tokens) or '""'
    return "p.number IN (SELECT rowid FROM words WHERE words MATCH ?)", (query,)


_CLAUSES: Final[dict[str, Callable[[Filter], Clause]]] = {
    "status": lambda where: ("p.status = ?", (where.status,)),
    "doc_id": lambda where: ("p.doc_id = ?", (where.doc_id,)),
    "mirna": lambda where: (_SLOT.format("'mirna'"), (where.mirna,)),
    "cell": lambda where: (_SLOT.format("'donor', 'recipient'"), (where.cell,)),
    "words": _words,
    "state": _state,
    "since": lambda where: ("p.added >= ?", (where.since,)),
}
SETTABLE: Final = tuple(_CLAUSES)
"""The fields that a curator may set."""
