"""Open full text: from PMC, and where PMC does not give it away from Europe PMC."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from extractor.sources.download import in_threads
from extractor.sources.errors import SourceError
from extractor.sources.europepmc import EuropePmc
from extractor.sources.eutils import Eutils
from extractor.sources.store import Record, Store, pieces

FULL_TEXT: Final = "fulltext"
"""The name of full texts in the store; their identifiers there are PMCIDs."""
BATCH: Final = 10
"""Articles in one request to PMC: each is a few hundred thousand bytes."""
_PMCID: Final = ("pmc", "pmcid", "pmcaid")
Progress = Callable[[int, int], None]
"""Called with how many of how many are done."""


def fetch_full_texts(
    eutils: Eutils,
    europepmc: EuropePmc,
    store: Store,
    pmcids: Sequence[str],
    workers: int,
    progress: Progress,
) -> dict[str, str]:
    """Puts what is open into the store. Returns the PMCIDs that nobody could be asked about, and why.

    An article that is not open is neither stored nor returned: most are not, and that is no failure.
    """
    closed: list[str] = []
    done = 0
    for batch, found in in_threads(_from_pmc(eutils), pieces(pmcids, BATCH), workers):
        records = [] if isinstance(found, SourceError) else found
        store.put(FULL_TEXT, records, "pmc")
        closed += sorted(set(batch) - {record.id for record in records})
        done += len(records)
        progress(done, len(pmcids))
    failed = {}
    etags = {pmcid: store.etag(FULL_TEXT, pmcid) for pmcid in closed}
    asked = in_threads(lambda pmcid: europepmc.full_text(pmcid, etags[pmcid]), closed, workers)
    for pmcid, article in asked:
        if isinstance(article, SourceError):
            failed[pmcid] = str(article)
        elif article is not None:
            store.put(FULL_TEXT, [article], "europepmc")
        done += 1
        progress(done, len(pmcids))
    return failed


def _from_pmc(eutils: Eutils) -> Callable[[Sequence[str]], list[Record]]:
    def work(pmcids: Sequence[str]) -> list[Record]:
        articles = (_record(element) for element in eutils.full_texts(pmcids).iterchildren("article"))
        return [record for record in articles if record is not None and record.id in pmcids]

    return work


def _record(article: Any) -> Record | None:
    """The record of an ``article`` element; None where the publisher lets PMC give its head only."""
    from lxml import etree

    ids = {
        i.get("pub-id-type"): (i.text or "").strip()
        for i in article.iterfind("front/article-meta/article-id")
    }
    number = next((ids[kind] for kind in _PMCID if ids.get(kind)), "").removeprefix("PMC")
    if not number or article.find("body") is None:
        return None
    content = etree.tostring(article, encoding="utf-8", xml_declaration=False, with_tail=False)
    return Record(f"PMC{number}", content)
