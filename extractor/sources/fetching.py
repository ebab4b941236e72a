"""A whole fetch: questions to identifiers, identifiers to records in the store, records to papers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final

from extractor.sources.errors import SourceError
from extractor.sources.europepmc import EuropePmc
from extractor.sources.eutils import Eutils
from extractor.sources.fulltext import FULL_TEXT, Progress, fetch_full_texts
from extractor.sources.gathering import EUROPEPMC, PUBMED, UNKNOWN, Ask, gather, revised
from extractor.sources.http import Session
from extractor.sources.identifiers import Identifier
from extractor.sources.listing import Listing, list_pmids
from extractor.sources.papers import Paper, papers, pmcid_of
from extractor.sources.question import Search, europepmc_query, pubmed_term
from extractor.sources.resolving import Resolver
from extractor.sources.runs import begin_run, finish_run, last_run
from extractor.sources.settings import Settings
from extractor.sources.store import Store, pieces

LINKS: Final = {"cites": "pubmed_pubmed_citedin", "similar": "pubmed_pubmed"}
"""ELink's names for what cites an article and for what is like it."""
NAMED: Final = 100
"""Identifiers that one message names; of more it says how many there are."""


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears what happens on the way."""

    problem: Callable[[str, str], None] = lambda about, message: None
    """Something is missing: what, and why."""
    note: Callable[[str], None] = lambda message: None
    """Good to know, and nothing is missing."""
    progress: Callable[[str, int, int], None] = lambda what, done, total: None
    """So many of so many."""


class Fetch:
    """One fetch into one store; a context manager that ends its connections."""

    def __init__(self, settings: Settings, store: Store, ears: Ears, offline: bool = False) -> None:
        self._settings = settings
        self._store = store
        self._ears = ears
        self._offline = offline
        self._session = Session(settings)
        self._eutils = Eutils(self._session, settings)
        self._europepmc = EuropePmc(self._session, settings)
        self._runs: list[int] = []
        self.missing = 0
        """Records that could not be had."""

    def __enter__(self) -> Fetch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def identifiers(self, wanted: Iterable[Identifier]) -> list[str]:
        """The PMIDs of identifiers of any kind; those that have none are told."""
        resolver = Resolver(self._session, self._eutils, self._store, self._settings, self._offline)
        return resolver.pmids(wanted, self._miss)

    def search(self, search: Search, *, only_new: bool = False) -> list[str]:
        """What a service lists for a search, or (offline) what it listed the last time.

        ``only_new`` leaves out what the last run of the same search that came to its end has handed out.
        Raises SourceError where there is no list at all.
        """
        before = last_run(self._store, search.key, finished=True) if only_new else None
        if self._offline:
            ids = self._remembered(search)
        else:
            ids = self._listed(search)
            self._runs.append(begin_run(self._store, search.key, ids))
        known = set(before.ids) if before else set()
        return [identifier for identifier in ids if identifier not in known]

    def gather(self, ids: Sequence[str], service: str, *, refresh: bool = False) -> None:
        """Fetches what of the records is not in the store, or changed since."""
        if self._offline:
            self._tell_missing(dict.fromkeys(self._absent(ids, service), "not in the store; fetch it online"))
            return
        known = self._store.checked(service, ids)
        wanted = [identifier for identifier in ids if refresh or identifier not in known]
        if service == PUBMED and not refresh:
            wanted += self._revised(known)
        ask = self._eutils.articles if service == PUBMED else self._europepmc.records
        failed = self._gather(service, ask, wanted)
        if service == PUBMED:
            failed = self._second_source(failed)
        self._tell_missing({identifier: why for identifier, why in failed.items() if identifier not in known})

    def full_texts(self, ids: Sequence[str], service: str, *, refresh: bool = False) -> None:
        """Fetches the open full texts among the stored records of these identifiers."""
        pmcids = [pmcid for paper in self.papers(ids, service, False) if (pmcid := pmcid_of(paper))]
        known = self._store.checked(FULL_TEXT, pmcids)
        if not self._offline:
            wanted = [pmcid for pmcid in pmcids if refresh or pmcid not in known]
            progress = self._progress("full texts")
            workers = self._settings.workers
            failed = fetch_full_texts(self._eutils, self._europepmc, self._store, wanted, workers, progress)
            self._tell_missing(failed)
            known = self._store.checked(FULL_TEXT, pmcids)
        self._ears.note(
            f"{len(known)} of {len(ids)} records have open full text; the others come as abstracts"
        )

    def papers(self, ids: Iterable[str], service: str, full_text: bool) -> Iterator[Paper]:
        """The records in the order of the identifiers; those that cannot be read are told."""
        return papers(self._store, ids, service, full_text, self._miss)

    def done(self) -> None:
        """All was handed out: the runs count as finished if nothing is missing."""
        if not self.missing:
            for number in self._runs:
                finish_run(self._store, number)

    def _listed(self, search: Search) -> tuple[str, ...]:
        listing = self._list(search)
        for complaint in listing.complaints:
            self._ears.note(complaint)
        if not listing.complete:
            self._miss(
                search.text,
                f"{listing.count} records are counted but only {len(listing.ids)} could be listed; "
                "narrow the search, or run it again",
            )
        return listing.ids

    def _list(self, search: Search) -> Listing:
        progress = self._progress("listing")
        if search.service == EUROPEPMC:
            query = europepmc_query(search.text, search.since, search.until)
            return self._europepmc.listed(query, search.most, progress)
        if search.kind != "query":
            return self._linked(search)
        term = pubmed_term(search.text, search.since, search.until)
        page, limit = self._settings.page, self._settings.limit
        return list_pmids(self._eutils, term, page=page, limit=limit, most=search.most, tell=progress)

    def _linked(self, search: Search) -> Listing:
        """What ELink leads to, the nearest first, of the days of publication that are asked for."""
        found = self._eutils.links(search.text, LINKS[search.kind])
        found = [pmid for pmid in found if pmid != search.text]  # each is most similar to itself
        if search.since or search.until:
            parts = list(pieces(found, self._settings.page))
            dated = (self._eutils.among(part, "pdat", search.since, search.until) for part in parts)
            kept = {pmid for part in dated for pmid in part}
            found = [pmid for pmid in found if pmid in kept]
        return Listing(len(found), tuple(found[: search.most]))

    def _remembered(self, search: Search) -> tuple[str, ...]:
        run = last_run(self._store, search.key)
        if run is None:
            raise SourceError(f"the store knows no answer to {search.text!r}; ask it once without --offline")
        self._ears.note(f"{search.text}: as listed on {run.began[:10]}")
        return run.ids

    def _revised(self, known: Collection[str]) -> list[str]:
        try:
            return list(revised(self._eutils, self._store, known, self._settings.page))
        except SourceError as error:
            self._ears.note(
                f"not known whether stored records were revised ({error}); they are used as they are"
            )
            return []

    def _gather(self, service: str, ask: Ask, wanted: Collection[str]) -> dict[str, str]:
        if not wanted:
            return {}
        batch, workers = self._settings.batch, self._settings.workers
        return gather(self._store, service, ask, wanted, batch, workers, self._progress("records"))

    def _second_source(self, failed: dict[str, str]) -> dict[str, str]:
        """Asks Europe PMC for what PubMed should have and could not give; returns what is still missing."""
        asked = {f"MED:{pmid}": pmid for pmid, why in failed.items() if why != UNKNOWN}
        still = self._gather(EUROPEPMC, self._europepmc.records, asked)
        return {pmid: why for pmid, why in failed.items() if why == UNKNOWN or f"MED:{pmid}" in still}

    def _absent(self, ids: Sequence[str], service: str) -> list[str]:
        known = set(self._store.checked(service, ids))
        if service == PUBMED:
            known |= {
                one.removeprefix("MED:") for one in self._store.checked(EUROPEPMC, [f"MED:{i}" for i in ids])
            }
        return [identifier for identifier in ids if identifier not in known]

    def _tell_missing(self, failed: dict[str, str]) -> None:
        """One line for each reason, however many records it costs."""
        reasons: dict[str, list[str]] = {}
        for identifier, why in failed.items():
            reasons.setdefault(why, []).append(identifier)
        for why, ids in reasons.items():
            more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
            self._ears.problem(f"{', '.join(ids[:NAMED])}{more}", why)
        self.missing += len(failed)

    def _miss(self, about: str, why: str) -> None:
        self.missing += 1
        self._ears.problem(about, why)

    def _progress(self, what: str) -> Progress:
        return lambda done, total: self._ears.progress(what, done, total)
