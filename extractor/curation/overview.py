"""What a queue holds at a glance: counts, curators, names. Read from the queue, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from extractor.curation.queue import Filter, Queue
from extractor.curation.verdicts import Agreement

TOP = 10
"""Names that the dashboard lists."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name that proposals hold, its key in the queue and how often it is there."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class CuratorTally:
    """How often a curator's standing verdict is each of these."""

    curator: str
    accept: int
    reject: int
    skip: int
    last: str


def progress(queue: Queue, where: Filter, viewer: str = "") -> tuple[int, int]:
    """Of the proposals meant by a filter, whatever its state: how many are decided, and how many there are.

    ``viewer``: counts what this curator decided, else what anybody did.
    """
    every = replace(where, state="", curator=viewer)
    total = queue.count(every)
    return total - queue.count(replace(every, state="open")), total


def tally(queue: Queue, viewer: str = "") -> dict[str, dict[str, int]]:
    """``{status: {state: count}}`` over all proposals, what is undecided as ``open``."""
    own = "SELECT proposal_id, verdict AS state FROM standing WHERE curator = ? AND NOT final"
    query = f"""SELECT p.status, coalesce(t.state, 'open'), count(*) FROM proposals p
        LEFT JOIN ({own if viewer else "SELECT * FROM states"}) t USING (proposal_id) GROUP BY 1, 2"""
    found: dict[str, dict[str, int]] = {}
    for status, state, count in queue.rows(query, (viewer,) if viewer else ()):
        found.setdefault(status, {})[state] = count
    return found


def decided(counts: Mapping[str, Mapping[str, int]]) -> tuple[int, int]:
    """Of a tally: how many are decided, and how many there are.

    >>> decided({"new row": {"open": 5, "skip": 1, "accept": 2}, "conflict": {"differs": 1}})
    (3, 9)
    """
    every = [(state, n) for states in counts.values() for state, n in states.items()]
    return sum(n for state, n in every if state not in ("open", "skip")), sum(n for _, n in every)


def states(queue: Queue, ids: Iterable[str], viewer: str = "") -> dict[str, str]:
    """What became of these proposals: ``{id: state}``, without those that are open."""
    wanted = tuple(ids)
    marks = ", ".join("?" * len(wanted))
    if viewer:
        query = f"SELECT proposal_id, verdict FROM standing WHERE proposal_id IN ({marks}) AND curator = ?"
        return {row[0]: row[1] for row in queue.rows(f"{query} AND NOT final", (*wanted, viewer))}
    query = f"SELECT proposal_id, state FROM states WHERE proposal_id IN ({marks})"
    return {row[0]: row[1] for row in queue.rows(query, wanted)}


def curators(queue: Queue) -> tuple[CuratorTally, ...]:
    """Everybody who has decided anything, by name."""
    counts = ", ".join(
        f"coalesce(sum(s.verdict = '{verdict}'), 0)" for verdict in ("accept", "reject", "skip")
    )
    query = f"""SELECT d.curator, {counts}, max(d.date) FROM decisions d
        LEFT JOIN standing s USING (proposal_id, curator, number) GROUP BY d.curator ORDER BY d.curator"""
    return tuple(CuratorTally(*row) for row in queue.rows(query))


def agreements(queue: Queue, names: Iterable[str]) -> tuple[tuple[str, str, Agreement], ...]:
    """Each two of these curators who judged some of the same proposals."""
    found = ((a, b, queue.agreement(a, b)) for a, b in combinations(names, 2))
    return tuple((a, b, agreement) for a, b, agreement in found if agreement.both)


def additions(queue: Queue) -> tuple[tuple[str, int], ...]:
    """``(day, proposals added)``, the latest ten days first."""
    query = (
        "SELECT substr(added, 1, 10) AS day, count(*) FROM proposals GROUP BY day ORDER BY day DESC LIMIT ?"
    )
    return tuple((row[0], row[1]) for row in queue.rows(query, (TOP,)))


def frequent(queue: Queue, *roles: str) -> tuple[Named, ...]:
    """The names that fill these roles most often."""
    one = "SELECT key, min(name) AS name, count(*) AS n FROM slots WHERE role = ? GROUP BY key"
    every = " UNION ALL ".join([one] * len(roles))  # role by role, as the index has them
    query = f"SELECT key, min(name), sum(n) AS n FROM ({every}) GROUP BY key ORDER BY n DESC, key LIMIT ?"
    return tuple(Named(*row) for row in queue.rows(query, (*roles, TOP)))


def name_of(queue: Queue, key: str) -> str:
    """The name behind a slot's key; the key itself where nothing has it."""
    rows = queue.rows("SELECT min(name) FROM slots WHERE key = ?", (key,))
    return rows[0][0] or key
