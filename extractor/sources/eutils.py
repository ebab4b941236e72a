"""NCBI's E-utilities, each call a method: searches on the history server, records, links.

Everything is sent by POST, so that no address (in logs, in messages) ever holds a query or a key.
https://www.ncbi.nlm.nih.gov/books/NBK25499/ describes the parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from extractor.sources.articles import json_object, parsed, split_articles
from extractor.sources.errors import BadAnswer
from extractor.sources.http import Answer, Request, Service, Session, readable
from extractor.sources.settings import RATE, RATE_WITH_KEY, TOOL, Settings
from extractor.sources.store import Record

_COMPLAINTS: Final = (
    ("errorlist", "phrasesnotfound", "knows no phrase"),
    ("errorlist", "fieldsnotfound", "knows no field"),
    ("errorlist", "phrasenotfound", "knows no phrase"),
    ("errorlist", "fieldnotfound", "knows no field"),
    ("warninglist", "phrasesignored", "ignored"),
    ("warninglist", "phraseignored", "ignored"),
    ("warninglist", "quotedphrasesnotfound", "does not know the quoted phrase"),
    ("warninglist", "quotedphrasenotfound", "does not know the quoted phrase"),
    ("warninglist", "outputmessages", "says"),
    ("warninglist", "outputmessage", "says"),
)
_NO_COMPLAINT: Final = "No items found."


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days by which records were added to PubMed, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Found:
    """A result on the history server, and what the service thinks of the query."""

    count: int
    web_env: str
    query_key: str
    complaints: tuple[str, ...] = ()


class Eutils:
    """The calls that evmir makes, with tool, email and key on each."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._common = {"tool": TOOL, "email": settings.email, "api_key": settings.api_key}
        allowed = RATE_WITH_KEY if settings.api_key else RATE
        url = settings.eutils_url
        self.service = Service("PubMed", url, settings.pace(url, allowed))
        self._pmc = Service("PMC", url, self.service.rate)

    def search(self, term: str, days: Days | None = None) -> Found:
        """ESearch: how much there is, of all days or of those on which records were added."""
        span = {"datetype": "edat", "mindate": _day(days.first), "maxdate": _day(days.last)} if days else {}
        form = {"db": "pubmed", "term": term, "usehistory": "y", "retmax": "0", "retmode": "json", **span}
        return self._session.ask(self._request(self.service, "esearch.fcgi", **form), _found)

    def matches(self, term: str, most: int = 2) -> list[str]:
        """ESearch: the PMIDs of a query that should have one; none where PubMed had to bend the query."""
        form = {"db": "pubmed", "term": term, "retmax": str(most), "retmode": "json"}
        return self._session.ask(self._request(self.service, "esearch.fcgi", **form), _exact)

    def among(self, pmids: Sequence[str], kind: str, first: date | None, last: date | None) -> list[str]:
        """EPost, ESearch, EFetch: those of at most 9,999 PMIDs with a date in that span, both days included.

        ``kind`` is ``pdat`` (published), ``edat`` (added) or ``mdat`` (modified).
        """
        posted = self._post(pmids)
        span = {"mindate": _day(first) if first else "1700", "maxdate": _day(last) if last else "3000"}
        form = {"db": "pubmed", "term": f"#{posted.query_key}", "usehistory": "y", "retmax": "0", **span}
        request = self._request(
            self.service, "esearch.fcgi", WebEnv=posted.web_env, retmode="json", datetype=kind, **form
        )
        found = self._session.ask(request, _found)
        return self.page(found, 0, found.count) if found.count else []

    def _post(self, pmids: Sequence[str]) -> Found:
        """EPost: PMIDs onto the history server."""
        request = self._request(self.service, "epost.fcgi", db="pubmed", id=",".join(pmids))
        return self._session.ask(request, lambda answer: _posted(answer, len(pmids)))

    def page(self, found: Found, start: int, size: int) -> list[str]:
        """EFetch: PMIDs of a result, from that position on."""
        form = {"db": "pubmed", "rettype": "uilist", "retmode": "text", "retstart": str(start)}
        history = {"WebEnv": found.web_env, "query_key": found.query_key, "retmax": str(size)}
        return self._session.ask(self._request(self.service, "efetch.fcgi", **form, **history), _identifiers)

    def articles(self, pmids: Sequence[str]) -> list[Record]:
        """EFetch: the records of PMIDs, in whatever order; what does not exist is not among them."""
        request = self._request(self.service, "efetch.fcgi", db="pubmed", retmode="xml", id=",".join(pmids))
        return self._session.ask(request, lambda answer: split_articles(answer.body()))

    def full_texts(self, pmcids: Sequence[str]) -> Any:
        """EFetch of PMC: the root element of articles, ``PMC123`` ...; those not open have no body."""
        numbers = ",".join(pmcid.removeprefix("PMC") for pmcid in pmcids)
        request = self._request(self._pmc, "efetch.fcgi", db="pmc", retmode="xml", id=numbers)
        return self._session.ask(request, _full_texts)

    def links(self, pmid: str, name: str) -> list[str]:
        """ELink: PMIDs that a named link leads to, e.g. ``pubmed_pubmed_citedin``, the nearest first."""
        form = {"dbfrom": "pubmed", "db": "pubmed", "linkname": name, "cmd": "neighbor", "retmode": "json"}
        request = self._request(self.service, "elink.fcgi", id=pmid, **form)
        return self._session.ask(request, lambda answer: _linked(json_object(answer.body()), name))

    def _request(self, service: Service, path: str, **form: str) -> Request:
        given = {name: value for name, value in {**form, **self._common}.items() if value}
        return Request(service, path, form=given)


def _day(day: date) -> str:
    return day.strftime("%Y/%m/%d")


def _found(answer: Answer) -> Found:
    result = _result(json_object(answer.body()))
    try:
        count, history = int(result["count"]), (str(result["webenv"]), str(result["querykey"]))
    except (KeyError, TypeError, ValueError):
        raise BadAnswer("a search result without count or history") from None
    return Found(count, *history, tuple(_complaints(result)))


def _exact(answer: Answer) -> list[str]:
    result = _result(json_object(answer.body()))
    return [] if _complaints(result) else [str(pmid) for pmid in result.get("idlist", [])]


def _result(value: dict[str, Any]) -> dict[str, Any]:
    result = value.get("esearchresult")
    if not isinstance(result, dict):
        raise BadAnswer("no search result")
    return result


def _complaints(result: dict[str, Any]) -> list[str]:
    """What PubMed says about a query that it could not take as it stands."""
    found = []
    for group, kind, words in _COMPLAINTS:
        listed = result.get(group) or {}
        for text in listed.get(kind) or [] if isinstance(listed, dict) else []:
            if text != _NO_COMPLAINT:
                found.append(f"PubMed {words}: {readable(str(text).encode('utf-8', 'replace'))}")
    return found


def _posted(answer: Answer, count: int) -> Found:
    root = parsed(answer.body())
    web_env, query_key = root.findtext("WebEnv"), root.findtext("QueryKey")
    if not web_env or not query_key:
        raise BadAnswer(f"no history but {readable(' '.join(root.itertext()).encode())}")
    return Found(count, web_env, query_key)


def _identifiers(answer: Answer) -> list[str]:
    body = answer.body()
    found = body.decode("ascii", "replace").split()
    if not all(pmid.isdecimal() for pmid in found):
        raise BadAnswer(f"no list of PMIDs but {readable(body)}")
    return found


def _full_texts(answer: Answer) -> Any:
    body = answer.body()
    root = parsed(body)
    if root.tag != "pmc-articleset":
        raise BadAnswer(f"no articles but {readable(body)}")
    return root


def _linked(value: dict[str, Any], name: str) -> list[str]:
    try:
        groups = [g for s in value["linksets"] for g in s.get("linksetdbs", []) if g["linkname"] == name]
        return [str(pmid) for group in groups for pmid in group["links"]]
    except (KeyError, TypeError, AttributeError):
        raise BadAnswer("links of an unknown form") from None
