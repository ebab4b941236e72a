"""Europe PMC: the second source, with preprints, searches of its own and open full text.

https://europepmc.org/RestfulWebService describes the calls.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from extractor.sources.articles import json_object, parsed
from extractor.sources.errors import BadAnswer, Rejected
from extractor.sources.http import Answer, Request, Service, Session
from extractor.sources.listing import Listing
from extractor.sources.settings import RATE, Settings
from extractor.sources.store import Record

K = TypeVar("K")

LARGEST_PAGE: Final = 1000
_NOT_OPEN: Final = 404
_BREAKS: Final = re.compile(r"</?(?:h\d|p|div|br|li|sec|title)\b[^>]*>", re.I)
_HEADING: Final = re.compile(r"<h\d[^>]*>(.*?)</h\d>", re.I | re.S)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")


class EuropePmc:
    """The calls that evmir makes. Identifiers are ``MED:123`` (a PMID), ``PPR:PPR123`` (a preprint) ..."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._page = min(settings.page, LARGEST_PAGE)
        self._contact = {"email": settings.email} if settings.email else {}
        url = settings.europepmc_url
        self.service = Service("Europe PMC", url, settings.pace(url, RATE))

    def listed(self, query: str, most: int | None, tell: Callable[[int, int], None]) -> Listing:
        """The identifiers of a query, page after page. Raises SourceError."""
        found: dict[str, None] = {}
        mark, seen, wanted = "*", "", 1
        count = 0
        while mark != seen and len(found) < wanted:
            form = {"query": query, "resultType": "idlist", "cursorMark": mark, "pageSize": str(self._page)}
            count, listed, following = self._search(form, _id_page)
            wanted = count if most is None else min(most, count)
            found.update(dict.fromkeys(listed))
            tell(min(len(found), wanted), wanted)
            mark, seen = following or mark, mark
        kept = tuple(found)[:wanted]
        return Listing(count, kept, len(kept) == min(wanted, count))

    def records(self, ids: Sequence[str]) -> list[Record]:
        """The records of identifiers as JSON; what does not exist is not among them. Raises SourceError."""
        parts = (one.partition(":") for one in ids)
        query = " OR ".join(f'(EXT_ID:"{number}" AND SRC:"{source}")' for source, _, number in parts)
        asked = set(ids)
        form = {"query": query, "resultType": "core", "pageSize": str(LARGEST_PAGE)}
        return [record for record in self._search(form, _records) if record.id in asked]

    def full_text(self, pmcid: str, etag: str = "") -> Record | None:
        """The JATS of an open article; None where it is not open, or as it was when it had that ETag.

        Raises SourceError.
        """
        headers = {"If-None-Match": etag} if etag else {}
        request = Request(self.service, f"{pmcid}/fullTextXML", headers=lambda: headers)
        try:
            return self._session.ask(request, lambda answer: _article(pmcid, answer))
        except Rejected as refusal:
            if refusal.status == _NOT_OPEN:
                return None
            raise

    def _search(self, form: dict[str, str], read: Callable[[dict[str, Any]], Any]) -> Any:
        request = Request(self.service, "searchPOST", form={"format": "json", **self._contact, **form})
        return self._session.ask(request, lambda answer: read(json_object(answer.body())))


def record_of(content: bytes) -> dict[str, Any]:
    """A record in the form of our JSON Lines, from Europe PMC's JSON; what it lacks is left out."""
    value = json.loads(content)
    links = _under(value, "commentCorrectionList", "commentCorrection", kind=list)
    types = _under(value, "pubTypeList", "pubType", kind=list)
    journal = _under(value, "journalInfo", "journal", kind=dict)
    pmid, year = _said(value, "pmid"), _said(value, "pubYear")
    record = {
        "doc_id": pmid or _said(value, "id"),
        "pmid": pmid,
        "pmcid": _said(value, "pmcid"),
        "doi": _said(value, "doi").lower(),
        "title": _plain(_said(value, "title")),
        "abstract": _plain(_HEADING.sub(r" \1: ", _said(value, "abstractText"))),
        "journal": _said(journal, "title"),
        "year": int(year) if re.fullmatch(r"[0-9]{4}", year) else None,
        "languages": [_said(value, "language")] if _said(value, "language") else [],
        "publication_types": [
            *dict.fromkeys(str(kind) for kind in types),
            *(["Preprint"] if value.get("source") == "PPR" and "Preprint" not in types else []),
        ],
        "flags": sorted({flag for link in links if (flag := _FLAGS.get(_said(link, "type").lower()))}),
    }
    return {key: kept for key, kept in record.items() if kept not in ("", None, [])}


def _said(value: Any, key: str) -> str:
    """A text or number under a key; of anything else nothing."""
    found = value.get(key) if isinstance(value, dict) else None
    return str(found) if isinstance(found, str | int) else ""


def _under(value: Any, *keys: str, kind: type[K]) -> K:
    """What lies under keys, one below the other, if it is of that kind; else an empty one."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, kind) else kind()


_FLAGS: Final = {
    "retraction in": "retracted",
    "partial retraction in": "retracted",
    "retracted and republished in": "retracted",
    "expression of concern in": "expression of concern",
    "erratum in": "corrected",
    "corrected and republished in": "corrected",
}


def _plain(markup: str) -> str:
    """The text of a little HTML: tags of blocks are gaps, tags inside words are nothing."""
    return " ".join(html.unescape(_TAG.sub("", _BREAKS.sub(" ", markup))).split())


def _id_page(value: dict[str, Any]) -> tuple[int, list[str], str]:
    try:
        return (
            int(value["hitCount"]),
            [_id(result) for result in _results(value)],
            value.get("nextCursorMark", ""),
        )
    except (KeyError, TypeError, ValueError):
        raise BadAnswer("a page without count") from None


def _records(value: dict[str, Any]) -> list[Record]:
    return [
        Record(_id(result), json.dumps(result, sort_keys=True, ensure_ascii=False).encode("utf-8"))
        for result in _results(value)
    ]


def _results(value: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        found = value["resultList"]["result"]
        if all(result["id"] and result["source"] for result in found):
            return list(found)
    except (KeyError, TypeError):
        pass
    raise BadAnswer("no list of results")


def _id(result: dict[str, Any]) -> str:
    return f"{result['source']}:{result['id']}"


def _article(pmcid: str, answer: Answer) -> Record | None:
    if answer.unchanged:
        return None
    body = answer.body()
    root = parsed(body)
    if root.tag != "article":
        raise BadAnswer("no article")
    return Record(pmcid, body, etag=answer.headers.get("ETag", ""))
