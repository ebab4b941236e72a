"""Putting into the store what is not there yet, or no longer right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Final

from extractor.sources.download import in_threads
from extractor.sources.errors import SourceError
from extractor.sources.eutils import Eutils
from extractor.sources.fulltext import Progress
from extractor.sources.store import Record, Store, pieces

PUBMED: Final = "pubmed"
EUROPEPMC: Final = "europepmc"
"""Names of the sources in the store."""
UNKNOWN: Final = "no such record; correct or remove the number"
FRESH: Final = timedelta(days=1)
"""What was right this long ago is taken to be right: the services publish changes daily."""
_DIVISORS: Final = (1, 10, 0)
"""What the size of a batch is divided by, from round to round; 0: one by one."""

Ask = Callable[[Sequence[str]], list[Record]]


def gather(
    store: Store, source: str, ask: Ask, ids: Collection[str], batch: int, workers: int, progress: Progress
) -> dict[str, str]:
    """Asks for records and puts them into the store; returns those that could not be had, and why.

    What a batch does not answer is asked again in smaller ones, at last alone: one record that the service
    stumbles over costs itself only.
    """
    left = dict.fromkeys(ids, "")
    for divisor in _DIVISORS:
        before = len(left)
        size = max(1, batch // divisor) if divisor else 1
        for some, outcome in in_threads(ask, pieces(tuple(left), size), workers):
            _settle(store, source, some, outcome, left)
            progress(len(ids) - len(left), len(ids))
        hopeless = len(left) == before or set(left.values()) == {UNKNOWN}
        if not left or (hopeless and divisor != 1):
            break
    return left


def _settle(
    store: Store, source: str, some: list[str], outcome: list[Record] | SourceError, left: dict[str, str]
) -> None:
    """Keeps what a batch brought, and notes of the others why they are missing."""
    if isinstance(outcome, SourceError):
        left.update(dict.fromkeys(some, str(outcome)))
        return
    brought = {record.id: record for record in outcome if record.id in left}
    store.put(source, brought.values())
    left.update(dict.fromkeys(some, UNKNOWN))
    for identifier in brought:
        del left[identifier]


def revised(eutils: Eutils, store: Store, pmids: Collection[str], page: int) -> Iterator[str]:
    """Those of the stored PMIDs that PubMed changed since they were last checked; the others are checked now.

    What was checked within a day is not asked about. Raises SourceError.
    """
    today = datetime.now(timezone.utc)
    limit = (today - FRESH).strftime("%Y-%m-%dT%H:%M:%SZ")
    stale = {pmid: at for pmid, at in store.checked(PUBMED, pmids).items() if at < limit}
    for some in pieces(sorted(stale, key=lambda pmid: (stale[pmid], pmid)), page):
        # A day earlier: days of modification are those of another time zone.
        since = date.fromisoformat(stale[some[0]][:10]) - timedelta(days=1)
        changed = set(eutils.among(some, "mdat", since, None))
        store.mark_checked(PUBMED, [pmid for pmid in some if pmid not in changed])
        yield from (pmid for pmid in some if pmid in changed)
