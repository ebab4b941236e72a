"""DOIs and PMCIDs to PMIDs: from the store, else PMC's converter, else a search in PubMed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from extractor.sources.articles import json_object
from extractor.sources.download import in_threads
from extractor.sources.errors import BadAnswer, SourceError
from extractor.sources.eutils import Eutils
from extractor.sources.http import Answer, Request, Service, Session
from extractor.sources.identifiers import Identifier
from extractor.sources.settings import TOOL, Settings
from extractor.sources.store import Store, pieces

_BATCH: Final = 100
"""Identifiers in one request to the converter, which takes 200; DOIs make long addresses."""
_FIELDS: Final = {"doi": ("doi", "aid"), "pmcid": ("pmcid", "aid")}
"""Fields of PubMed that hold them; not every record has its DOI in the first."""
Tell = Callable[[str, str], None]
"""Called with an identifier and what is wrong with it."""


class Resolver:
    """Finds PMIDs and remembers them in the store."""

    def __init__(
        self, session: Session, eutils: Eutils, store: Store, settings: Settings, offline: bool = False
    ) -> None:
        self._offline = offline
        self._session = session
        self._eutils = eutils
        self._store = store
        self._settings = settings
        url = settings.idconv_url
        self._service = Service("PMC's ID converter", url, settings.pace(url, eutils.service.rate))

    def pmids(self, identifiers: Iterable[Identifier], tell: Tell) -> list[str]:
        """PMIDs in the order of what they were found for, without repeats; what has none is told."""
        asked = list(dict.fromkeys(identifiers))
        unknown = [one for one in asked if not self._pmid(one)]
        reasons = (
            dict.fromkeys(unknown, "not in the store; fetch it online")
            if self._offline
            else self._ask(unknown)
        )
        for one in asked:
            if not self._pmid(one):
                tell(one.value, reasons.get(one, "PubMed has no record of it; correct or remove it"))
        return list(dict.fromkeys(pmid for one in asked if (pmid := self._pmid(one))))

    def _pmid(self, one: Identifier) -> str:
        return one.value if one.kind == "pmid" else self._store.pmid_of(one.alias)

    def _ask(self, unknown: Sequence[Identifier]) -> dict[Identifier, str]:
        """Notes in the store what can be found; returns why some cannot."""
        for kind in _FIELDS:  # the converter takes one kind at a time
            for some in pieces((one for one in unknown if one.kind == kind), _BATCH):
                self._convert(some)
        return self._search([one for one in unknown if not self._pmid(one)])

    def _convert(self, some: Sequence[Identifier]) -> None:
        """Asks the converter, which knows what is in PMC; what it does not answer is searched for instead."""
        params = {"ids": ",".join(one.value for one in some), "format": "json", "tool": TOOL}
        params |= {"email": self._settings.email} if self._settings.email else {}
        try:
            found = self._session.ask(Request(self._service, params=params), _converted)
        except SourceError:
            return
        self._store.add_aliases(found)

    def _search(self, identifiers: Sequence[Identifier]) -> dict[Identifier, str]:
        """Searches one by one; returns why some could not be found."""
        reasons = {}
        for one, found in in_threads(self._matches, identifiers, self._settings.workers):
            if isinstance(found, SourceError):
                reasons[one] = str(found)
            elif len(found) == 1:
                self._store.add_aliases([(one.alias, found[0])])
            elif found:
                reasons[one] = "PubMed has several records of it; name the PMID of the one you mean"
        return reasons

    def _matches(self, one: Identifier) -> list[str]:
        terms = (f'"{one.value}"[{field}]' for field in _FIELDS[one.kind])
        return next(filter(None, map(self._eutils.matches, terms)), [])


def _converted(answer: Answer) -> list[tuple[str, str]]:
    records = json_object(answer.body()).get("records")
    if not isinstance(records, list):
        raise BadAnswer("no records")
    return [pair for record in records if isinstance(record, dict) for pair in _pairs(record)]


def _pairs(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    pmid = str(record.get("pmid") or "")
    if pmid.isdecimal():
        for alias in (str(record.get("pmcid") or ""), f"doi:{record.get('doi') or ''}".lower()):
            if alias not in ("", "doi:"):
                yield alias, pmid
