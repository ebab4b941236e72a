"""All PMIDs of a query: pages, lost histories, more hits than PubMed lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from literature import Literature, Paper, many

from extractor.sources.errors import Unavailable
from extractor.sources.eutils import Eutils
from extractor.sources.http import Session
from extractor.sources.listing import Listing, list_pmids
from extractor.sources.settings import Settings

Make = Callable[..., Settings]


@pytest.fixture
def eutils(session: Session, settings: Make) -> Eutils:
    return Eutils(session, settings())


def listed(eutils: Eutils, *, page: int = 10, limit: int = 9999, most: int | None = None) -> Listing:
    return list_pmids(eutils, "made up", page=page, limit=limit, most=most, tell=lambda done, total: None)


def fill(literature: Literature, papers: dict[str, Paper]) -> list[str]:
    literature.papers, literature.queries = papers, {"made up": list(papers)}
    return list(papers)


def test_pages_of_one_result_are_joined(literature: Literature, eutils: Eutils) -> None:
    pmids = fill(literature, many(25))
    assert listed(eutils) == Listing(25, tuple(pmids))
    pages = [(form["retstart"], form["retmax"]) for form in literature.asked("efetch")]
    assert pages == [("0", "10"), ("10", "10"), ("20", "5")]
    assert len({(form["WebEnv"], form["query_key"]) for form in literature.asked("efetch")}) == 1


def test_nothing_found_is_an_empty_list_with_what_pubmed_says(literature: Literature, eutils: Eutils) -> None:
    complaint = "PubMed does not know the quoted phrase: made up"
    assert listed(eutils) == Listing(0, (), complaints=(complaint,))
    literature.queries["made up"] = []
    assert listed(eutils) == Listing(0, ())
    assert literature.asked("efetch") == []


def test_a_history_that_is_gone_is_searched_again(literature: Literature, eutils: Eutils) -> None:
    pmids = fill(literature, many(25))
    page = eutils.page

    def forgetting(found, start, size):  # type: ignore[no-untyped-def]
        if start == 10 and len(literature.asked("esearch")) == 1:
            literature.forget_histories()
        return page(found, start, size)

    eutils.page = forgetting  # type: ignore[method-assign]
    assert listed(eutils) == Listing(25, tuple(pmids))
    assert len(literature.asked("esearch")) == 2


def test_more_hits_than_the_limit_are_split_by_day_and_add_up(literature: Literature, eutils: Eutils) -> None:
    pmids = fill(literature, many(300))
    found = listed(eutils, limit=40)
    assert (found.count, found.complete, sorted(found.ids)) == (300, True, sorted(pmids))
    assert max(int(f["retstart"]) + int(f["retmax"]) for f in literature.asked("efetch")) <= 40
    assert {f.get("datetype") for f in literature.asked("esearch")} == {None, "edat"}


def test_the_newest_are_listed_first_and_no_more_than_asked_for(
    literature: Literature, eutils: Eutils
) -> None:
    pmids = fill(literature, many(300))  # the newest first
    assert listed(eutils, limit=40, most=15) == Listing(300, tuple(pmids[:15]))
    assert len(literature.asked("esearch")) == 1
    found = listed(eutils, limit=40, most=100)
    assert (len(found.ids), found.complete) == (100, True)
    days = [literature.papers[pmid].added for pmid in found.ids]
    assert min(days) >= max(p.added for p in literature.papers.values() if p.pmid not in found.ids)


def test_a_single_day_above_the_limit_is_told(literature: Literature, eutils: Eutils) -> None:
    crowd = {str(n): Paper(str(n), added=date(2020, 5, 17)) for n in range(1, 61)}
    rest = {str(n): Paper(str(n), added=date(2021, 1, n - 100)) for n in range(101, 111)}
    fill(literature, crowd | rest)
    found = listed(eutils, limit=40)
    assert (found.count, len(found.ids), found.complete) == (70, 50, False)
    assert set(rest) <= set(found.ids)


def test_pages_that_stay_short_are_told(literature: Literature, eutils: Eutils) -> None:
    fill(literature, many(25))
    literature.page_cut = 1
    found = listed(eutils)
    assert (found.count, len(found.ids), found.complete) == (25, 22, False)


@pytest.mark.parametrize("fault", ["json error", "malformed", "500", "cut", "reset", "429"])
def test_every_fault_on_the_way_is_survived(literature: Literature, eutils: Eutils, fault: str) -> None:
    pmids = fill(literature, many(25))
    literature.planned.extend([("esearch", fault), ("efetch", fault)])
    assert listed(eutils) == Listing(25, tuple(pmids))
    assert literature.injected[fault] == 2


def test_a_service_that_is_down_is_told(literature: Literature, eutils: Eutils) -> None:
    literature.planned.extend([("esearch", "json error")] * 4)
    with pytest.raises(
        Unavailable, match=r"PubMed gave no proper answer to 4 attempts .*an error: backend failed"
    ):
        listed(eutils)


def test_the_real_limit_of_ten_thousand(literature: Literature, eutils: Eutils) -> None:
    pmids = fill(literature, many(25_000))
    found = listed(eutils, page=5000)
    assert (found.count, found.complete, set(found.ids)) == (25_000, True, set(pmids))
    assert len(found.ids) == 25_000
