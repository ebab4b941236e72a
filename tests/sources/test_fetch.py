"""A whole fetch: every record once, only what is new the second time, what is missing by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from literature import Literature, Paper, many

from extractor.sources import SourceError, fetch
from extractor.sources.fetching import Ears, Fetch
from extractor.sources.gathering import EUROPEPMC, PUBMED, UNKNOWN
from extractor.sources.papers import Paper as Stored
from extractor.sources.question import Search
from extractor.sources.settings import Settings
from extractor.sources.store import Store
from extractor.types import Document

Make = Callable[..., Settings]
Fetched = Callable[..., tuple[list[str], list[str]]]


@pytest.fixture
def fetched(settings: Make) -> Fetched:
    """``fetched("query", ...)``: the ids of the documents, and the problems as lines."""

    def run(query: str = "", **options: Any) -> tuple[list[str], list[str]]:
        problems: list[str] = []
        made = settings(**options.pop("settings", {"batch": 10}))
        documents = fetch(query, settings=made, problems=problems.append, **options)
        return [document.doc_id for document in documents], problems

    return run


def fill(literature: Literature, papers: dict[str, Paper]) -> list[str]:
    literature.papers, literature.queries = papers, {"made up": list(papers)}
    return list(papers)


def test_every_record_comes_once_and_is_asked_for_once(literature: Literature, fetched: Fetched) -> None:
    pmids = fill(literature, many(35))
    assert fetched("made up") == (pmids, [])
    assert set(literature.delivered.values()) == {1}
    sizes = [len(form["id"].split(",")) for form in literature.asked("efetch") if "id" in form]
    assert sorted(sizes) == [5, 10, 10, 10]


def test_documents_are_what_the_reader_reads(literature: Literature, settings: Make) -> None:
    papers = {
        "1": Paper("1", "IL-1&#x3b2; in <i>mice</i>", "5 &lt; 6<sub>2</sub>", doi="10.5555/A", pmcid="PMC5"),
        "2": Paper("2", "Gone", "It was wrong.", types=("Journal Article", "Retracted Publication")),
    }
    fill(literature, papers)
    first, second = fetch("made up", settings=settings())
    assert (first.text, first.other_ids) == ("IL-1β in mice\n5 < 62", ("doi:10.5555/a", "pmcid:PMC5"))
    assert (first.flags, second.flags) == ((), ("retracted",))


@pytest.mark.parametrize("fault", ["429", "500", "cut", "reset", "malformed", "json error"])
def test_every_fault_costs_nothing(literature: Literature, fetched: Fetched, fault: str) -> None:
    pmids = fill(literature, many(35))
    literature.planned.extend([("efetch", fault)] * 2)
    assert fetched("made up") == (pmids, [])
    assert literature.injected[fault] == 2


def test_the_second_run_asks_for_what_is_new(literature: Literature, fetched: Fetched) -> None:
    papers = many(30)
    old = fill(literature, dict(list(papers.items())[10:]))
    assert fetched("made up") == (old, [])
    everything = fill(literature, papers)
    assert fetched("made up") == (everything, [])
    assert set(literature.delivered.values()) == {1}


def test_what_was_revised_since_is_fetched_again(
    literature: Literature, fetched: Fetched, settings: Make
) -> None:
    pmids = fill(literature, many(30))
    assert fetched("made up") == (pmids, [])
    with Store(settings().store) as store:
        store.database.execute("UPDATE record SET checked = '2025-03-01T12:00:00Z'")
    literature.papers[pmids[3]].title, literature.papers[pmids[3]].modified = "Revised", date(2025, 3, 1)
    literature.papers[pmids[4]].title, literature.papers[pmids[4]].modified = "Not told", date(2025, 2, 27)
    titles = [d.text.partition("\n")[0] for d in fetch("made up", settings=settings())]
    assert (titles[3], titles[4], len(titles)) == ("Revised", "Made-up title 4", 30)
    assert [pmid for pmid, count in literature.delivered.items() if count > 1] == [pmids[3]]
    asked = len(literature.asked("epost"))
    assert fetched("made up") == (pmids, [])  # all was checked a moment ago
    assert len(literature.asked("epost")) == asked == 1


def test_unknown_numbers_are_named_and_the_rest_comes(literature: Literature, fetched: Fetched) -> None:
    pmids = fill(literature, many(12))
    ids = [*pmids[:5], "99999999", *pmids[5:], "88888888"]
    assert fetched(ids=ids) == (pmids, [f"99999999, 88888888: {UNKNOWN}"])


def test_one_record_that_breaks_its_batch_costs_itself_alone(
    literature: Literature, fetched: Fetched
) -> None:
    pmids = fill(literature, many(30))
    literature.papers[pmids[7]].title = "broken \x0b"
    literature.planned.extend([("searchPOST", "500")] * 50)
    found, problems = fetched("made up", settings={"batch": 20, "attempts": 2})
    assert found == [*pmids[:7], *pmids[8:]]
    assert len(problems) == 1
    assert problems[0].startswith(
        f"{pmids[7]}: PubMed gave no proper answer to 2 attempts (the last: malformed XML"
    )


def test_a_service_that_goes_down_is_left_alone_and_its_records_are_named(
    literature: Literature, fetched: Fetched
) -> None:
    pmids = fill(literature, many(300))
    assert len(fetched("made up", most=20)[0]) == 20
    literature.planned.extend([("efetch", "500")] * 500 + [("searchPOST", "500")] * 500)
    before = len(literature.log)
    found, problems = fetched(ids=pmids)
    assert found == pmids[:20]
    assert len(problems) == 1
    assert problems[0].startswith(
        ", ".join(pmids[20:120]) + " and 180 more: PubMed gave no proper answer to 4"
    )
    assert len(literature.log) - before < 100  # 280 records one by one would be 1,120 requests


def test_what_pubmed_cannot_give_comes_from_europe_pmc(literature: Literature, fetched: Fetched) -> None:
    pmids = fill(literature, many(3))
    literature.planned.extend([("efetch", "500")] * 100)
    assert fetched(ids=pmids) == (pmids, [])
    assert len(literature.asked("searchPOST")) == 1


def test_identifiers_of_each_kind_are_resolved_once(literature: Literature, fetched: Fetched) -> None:
    fill(literature, {
        "1": Paper("1", "in PMC", doi="10.5555/one", pmcid="PMC11"),
        "2": Paper("2", "not in PMC", doi="10.5555/two"),
        "6": Paper("6", "not in PMC either", doi="10.5555/six"),
        "3": Paper("3", "in PMC as well", pmcid="PMC13"),
        "4": Paper("4", "twice", doi="10.5555/twice"),
        "5": Paper("5", "twice", doi="10.5555/twice"),
    })  # fmt: skip
    literature.by_aid.add("6")
    good = ["doi:10.5555/TWO", "PMC13", "1", "https://doi.org/10.5555/one", "10.5555/six"]
    ids = [*good, "10.5555/none", "10.5555/twice", "what?"]
    expected = [
        "line 8: 'what?' is no PMID, PMCID or DOI; correct or remove it",
        "10.5555/none: PubMed has no record of it; correct or remove it",
        "10.5555/twice: PubMed has several records of it; name the PMID of the one you mean",
    ]
    assert fetched(ids=ids) == (["2", "3", "1", "6"], expected)
    asked = literature.asked("idconv")
    assert [form["ids"].count(",") + 1 for form in asked] == [5, 1]  # DOIs and PMCIDs apart
    assert fetched(ids=good) == (["2", "3", "1", "6"], [])
    assert len(literature.asked("idconv")) == 2


def test_a_converter_that_is_down_is_replaced_by_searches(literature: Literature, fetched: Fetched) -> None:
    fill(literature, {"1": Paper("1", "in PMC", pmcid="PMC11")})
    literature.planned.extend([("idconv", "500")] * 10)
    assert fetched(ids=["PMC11"]) == (["1"], [])


def test_offline_gives_what_the_store_has_and_asks_nobody(literature: Literature, fetched: Fetched) -> None:
    pmids = fill(literature, many(12))
    literature.papers[pmids[0]].doi = "10.5555/known"
    assert fetched("made up") == (pmids, [])
    literature.log.clear()
    assert fetched("made up", offline=True) == (pmids, [])
    ids = ["10.5555/known", "10.5555/unknown", pmids[3], "5"]
    why = "not in the store; fetch it online"
    assert fetched(ids=ids, offline=True) == ([pmids[0], pmids[3]], [f"10.5555/unknown: {why}", f"5: {why}"])
    with pytest.raises(
        SourceError, match="the store knows no answer to 'another'; ask it once without --offline"
    ):
        fetched("another", offline=True)
    assert literature.log == []


def test_only_new_is_what_the_last_finished_run_did_not_give(
    literature: Literature, fetched: Fetched, settings: Make
) -> None:
    papers = many(6)
    pmids = list(papers)
    fill(literature, dict(list(papers.items())[3:]))
    assert fetched("made up", only_new=True) == (pmids[3:], [])
    assert fetched("made up", only_new=True) == ([], [])
    fill(literature, papers)
    cut_short = fetch("made up", only_new=True, settings=settings())
    assert next(cut_short).doc_id == pmids[0]
    cut_short.close()
    assert fetched("made up", only_new=True) == (pmids[:3], [])
    assert fetched("made up", only_new=True) == ([], [])
    assert fetched("made up") == (pmids, [])


def test_a_run_with_something_missing_does_not_count_as_finished(
    literature: Literature, fetched: Fetched
) -> None:
    pmids = fill(literature, many(3))
    literature.planned.extend([("efetch", "")] + [("efetch", "500")] * 50 + [("searchPOST", "500")] * 50)
    found, problems = fetched("made up", only_new=True)
    assert (found, len(problems)) == ([], 1)
    literature.planned.clear()
    assert fetched("made up", only_new=True) == (pmids, [])


def test_days_of_publication_limit_a_query(literature: Literature, fetched: Fetched) -> None:
    days = {"1": date(2023, 12, 31), "2": date(2024, 1, 1), "3": date(2024, 5, 31), "4": date(2024, 6, 1)}
    fill(literature, {pmid: Paper(pmid, "A title", published=day) for pmid, day in days.items()})
    assert fetched("made up", since="2024")[0] == ["2", "3", "4"]
    assert fetched("made up", since="2024", until="2024-05")[0] == ["2", "3"]
    assert fetched("made up", until="2023")[0] == ["1"]
    for wrong in ("24", "2024-13", "2024-02-30", "May 2024"):
        with pytest.raises(SourceError, match=f"{wrong!r} is no date; write 2024, 2024-05 or 2024-05-17"):
            fetched("made up", since=wrong)


class Heard:
    """A fetch with what was told on the way."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.notes: list[str] = []
        self.problems: list[tuple[str, str]] = []
        ears = Ears(problem=lambda about, why: self.problems.append((about, why)), note=self.notes.append)
        self.run = Fetch(settings, store, ears)

    def papers(self, ids: list[str], service: str, full_text: bool = False) -> list[Stored]:
        return list(self.run.papers(ids, service, full_text))


@pytest.fixture
def heard(settings: Make, store: Store) -> Heard:
    return Heard(settings(page=2), store)


def test_what_cites_and_what_is_similar(literature: Literature, heard: Heard) -> None:
    fill(literature, {str(n): Paper(str(n), "A title", published=date(2019 + n, 1, 1)) for n in range(1, 8)})
    literature.links = {
        ("pubmed_pubmed_citedin", "1"): ["5", "2"],
        ("pubmed_pubmed", "1"): ["1", "4", "7", "3", "6", "2"],
    }
    assert heard.run.search(Search("cites", "1")) == ["5", "2"]
    assert heard.run.search(Search("similar", "1", most=3)) == ["4", "7", "3"]
    assert heard.run.search(Search("similar", "1", since=date(2022, 6, 1))) == ["4", "7", "6"]
    assert heard.run.search(Search("cites", "2")) == []


def test_full_text_comes_from_whoever_may_give_it(literature: Literature, heard: Heard) -> None:
    fill(literature, {
        "1": Paper("1", "Open", "An abstract.", pmcid="PMC11", open=True),
        "2": Paper("2", "Open elsewhere", "An abstract.", pmcid="PMC12", open=True),
        "3": Paper("3", "Not open", "An abstract.", pmcid="PMC13"),
        "4": Paper("4", "Not in PMC", "An abstract."),
    })  # fmt: skip
    literature.closed_at_pmc.add("PMC12")
    heard.run.gather(list("1234"), PUBMED)
    heard.run.full_texts(list("1234"), PUBMED)
    papers = heard.papers(list("1234"), PUBMED, full_text=True)
    assert [paper.article for paper in papers] == ["PMC11", "PMC12", "", ""]
    assert ["Full text of" in paper.document.text for paper in papers] == [True, True, False, False]
    assert [paper.document.doc_id for paper in papers] == list("1234")
    assert heard.notes == ["2 of 4 records have open full text; the others come as abstracts"]
    assert heard.problems == []
    record = papers[0].to_record()
    assert (record["title"], record["abstract"], record["pmcid"]) == ("Open", "An abstract.", "PMC11")
    assert "Full text of 1." in record["text"]


def test_a_full_text_is_asked_for_again_only_when_wanted(literature: Literature, heard: Heard) -> None:
    fill(literature, {"1": Paper("1", "Open", "An abstract.", pmcid="PMC11", open=True)})
    literature.closed_at_pmc.add("PMC11")
    heard.run.gather(["1"], PUBMED)
    heard.run.full_texts(["1"], PUBMED)
    heard.run.full_texts(["1"], PUBMED)
    assert len(literature.asked("fullTextXML")) == 1
    heard.run.full_texts(["1"], PUBMED, refresh=True)
    assert literature.headers[-1]["If-None-Match"] == '"PMC11-1"'
    assert heard.papers(["1"], PUBMED, full_text=True)[0].article == "PMC11"


def test_europe_pmc_answers_queries_of_its_own(literature: Literature, heard: Heard) -> None:
    fill(literature, {
        "1": Paper("1", "One &amp; <i>two</i>", "A<sup>2</sup> b.", doi="10.5555/A", pmcid="PMC11"),
        "PPR7": Paper("PPR7", "Early", "Not reviewed.", published=date(2025, 1, 1)),
        "3": Paper("3", "Three"), "4": Paper("4", "Four"), "5": Paper("5", "Five"),
    })  # fmt: skip
    search = Search("query", "made up", EUROPEPMC)
    ids = heard.run.search(search)
    assert ids == ["MED:1", "PPR:PPR7", "MED:3", "MED:4", "MED:5"]
    heard.run.gather(ids, EUROPEPMC)
    first, second, *_ = heard.papers(ids, EUROPEPMC)
    assert (first.document.doc_id, first.document.text) == ("1", "One & two\nResults: A2 b.")
    assert (second.document.doc_id, second.year, second.journal) == ("PPR7", 2025, "Made-up Journal")
    assert second.document.flags == ("preprint",)
    assert first.document.other_ids == ("doi:10.5555/a", "pmcid:PMC11")
    assert heard.run.search(Search("query", "made up", EUROPEPMC, most=3)) == ids[:3]
    assert heard.run.search(Search("query", "nothing", EUROPEPMC)) == []
    assert heard.problems == []


def test_what_pubmed_thinks_of_a_query_is_noted(literature: Literature, heard: Heard) -> None:
    assert heard.run.search(Search("query", "exosmes")) == []
    assert heard.notes == ["PubMed does not know the quoted phrase: exosmes"]


def test_a_listing_that_does_not_add_up_is_a_problem(literature: Literature, heard: Heard) -> None:
    fill(literature, many(5))
    literature.page_cut = 1
    assert len(heard.run.search(Search("query", "made up"))) == 2
    ((about, why),) = heard.problems
    assert about == "made up"
    assert why.startswith("5 records are counted but only 2 could be listed")


def test_documents_are_of_the_common_type(literature: Literature, settings: Make, tmp_path: Path) -> None:
    fill(literature, many(1))
    (document,) = fetch("made up", store=tmp_path / "elsewhere", settings=settings())
    assert isinstance(document, Document)
