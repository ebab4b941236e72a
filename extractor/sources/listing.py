"""From a PubMed query to all of its PMIDs, however many there are.

PubMed lists the first 9,999 hits of a search and no more. What has more is split by the day on which
records were added to PubMed: each record has exactly one, so the parts do not overlap and must add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from extractor.sources.errors import Rejected
from extractor.sources.eutils import Days, Eutils, Found

FIRST_DAY: Final = date(1780, 1, 1)
"""Before the oldest record of PubMed."""
_HISTORY_GONE: Final = 400
"""The status for a result that the history server no longer has; they last some hours."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a question gives: how many records the service counts, and those that it listed."""

    count: int
    ids: tuple[str, ...]
    complete: bool = True
    """Whether all that is counted was listed, or as many as were asked for."""
    complaints: tuple[str, ...] = ()
    """What the service says about a query that it could not take as it stands."""


def list_pmids(
    eutils: Eutils, term: str, *, page: int, limit: int, most: int | None, tell: Callable[[int, int], None]
) -> Listing:
    """The PMIDs of a query without repeats: all, or the newest ``most``.

    ``page`` PMIDs are asked for at once, and a search of more than ``limit`` hits is split. ``tell`` hears
    how many of how many are listed. Raises SourceError.
    """
    whole = eutils.search(term)
    wanted = whole.count if most is None else min(most, whole.count)
    parts = _parts(eutils, term, _all_days(), limit) if wanted > limit else iter([(None, whole)])
    pmids: dict[str, None] = {}
    for days, found in parts:
        size = min(found.count, limit, wanted - len(pmids))
        pmids.update(dict.fromkeys(_listed(eutils, term, days, found, size, page)))
        tell(len(pmids), wanted)
        if len(pmids) >= wanted:
            break
    kept = tuple(pmids)[:wanted]
    return Listing(whole.count, kept, len(kept) == wanted, whole.complaints)


def _all_days() -> Days:
    # PubMed's today may be our tomorrow.
    return Days(FIRST_DAY, datetime.now(timezone.utc).date() + timedelta(days=2))


def _parts(eutils: Eutils, term: str, days: Days, limit: int) -> Iterator[tuple[Days, Found]]:
    """Searches that fit the limit, the newest first; a single day that does not fit comes as it is."""
    found = eutils.search(term, days)
    if found.count <= limit or days.first == days.last:
        yield days, found
        return
    middle = days.first + (days.last - days.first) // 2
    yield from _parts(eutils, term, Days(middle + timedelta(days=1), days.last), limit)
    yield from _parts(eutils, term, Days(days.first, middle), limit)


def _listed(
    eutils: Eutils, term: str, days: Days | None, found: Found, size: int, page: int
) -> Iterator[str]:
    """The first ``size`` PMIDs of a result, searched anew where the history server lost it."""
    for start in range(0, size, page):
        asked = min(page, size - start)
        try:
            got = eutils.page(found, start, asked)
        except Rejected as refusal:
            if refusal.status != _HISTORY_GONE:
                raise
            got = []
        if len(got) < asked:
            found = eutils.search(term, days)
            got = eutils.page(found, start, asked)
        yield from got
