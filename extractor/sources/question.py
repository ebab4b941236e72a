"""What can be asked: searches with dates, and how they read in the language of each service."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from extractor.sources.errors import SourceError

Kind = Literal["query", "cites", "similar"]
ServiceName = Literal["pubmed", "europepmc"]

TOPIC: Final = (
    '(exosom*[tiab] OR microvesicle*[tiab] OR "extracellular vesicle*"[tiab] OR "Extracellular Vesicles"[mh])'
    ' AND (microRNA*[tiab] OR miRNA*[tiab] OR miR[tiab] OR "MicroRNAs"[mh])'
)
"""What evmir is about, for PubMed. ``miR*`` is not in it: PubMed wants four letters before an asterisk."""
_DATE: Final = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Search:
    """Something to ask a service that lists records for it."""

    kind: Kind
    text: str
    """A query in the service's language, or a PMID."""
    service: ServiceName = "pubmed"
    since: date | None = None
    """First day of publication."""
    until: date | None = None
    """Last day of publication."""
    most: int | None = None

    @property
    def key(self) -> str:
        """The same for the same question: how runs of it find each other in the log."""
        span = f"{self.since or ''}..{self.until or ''}"
        return " ".join([self.service, self.kind, span, str(self.most or "all"), " ".join(self.text.split())])


def pubmed_term(text: str, since: date | None, until: date | None) -> str:
    """A query for PubMed, limited by day of publication.

    >>> pubmed_term("exosomes", date(2024, 1, 1), None)
    '(exosomes) AND ("2024/01/01"[dp] : "3000"[dp])'
    """
    if since is None and until is None:
        return text
    first, last = (f"{day:%Y/%m/%d}" if day else "" for day in (since, until))
    return f'({text}) AND ("{first or "1700"}"[dp] : "{last or "3000"}"[dp])'


def europepmc_query(text: str, since: date | None, until: date | None) -> str:
    """A query for Europe PMC, limited by day of first publication."""
    if since is None and until is None:
        return text
    return f"({text}) AND FIRST_PDATE:[{since or '1700-01-01'} TO {until or '3000-12-31'}]"


def day(text: str, *, last: bool = False) -> date:
    """The first (or last) day that ``2024``, ``2024-05`` or ``2024-05-17`` means. Raises SourceError."""
    match = _DATE.fullmatch(text.strip())
    try:
        if not match:
            raise ValueError
        year = int(match.group(1))
        month = int(match.group(2) or (12 if last else 1))
        default = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, int(match.group(3) or default))
    except ValueError:
        raise SourceError(f"{text!r} is no date; write 2024, 2024-05 or 2024-05-17") from None
