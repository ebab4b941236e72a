"""From what the store holds to documents to read, and to lines of JSON that keep what else is known."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from extractor.readers.formats import read_source
from extractor.readers.problems import Problem
from extractor.readers.pubmed import read_pubmed
from extractor.readers.records import RecordError, document_of
from extractor.readers.source import Source
from extractor.sources.articles import parsed
from extractor.sources.europepmc import record_of
from extractor.sources.fulltext import FULL_TEXT
from extractor.sources.gathering import EUROPEPMC, PUBMED
from extractor.sources.store import Store
from extractor.types import Document

Tell = Callable[[str, str], None]
"""Called with what is meant, e.g. ``PMID 123``, and what is wrong with it."""
_YEAR: Final = re.compile(r"\b(1[5-9]|20)\d\d\b")
_DATES: Final = (
    "Article/Journal/JournalIssue/PubDate",
    "Article/ArticleDate",
    "Book/PubDate",
    "ContributionDate",
)
_JOURNALS: Final = ("Article/Journal/Title", "Article/Journal/ISOAbbreviation", "Book/BookTitle")


@dataclass(frozen=True, slots=True)
class Paper:
    """A stored record: its title and abstract, its full text where that was asked for and is open."""

    abstract: Document
    full: Document | None = None
    article: str = ""
    """The PMCID under which the store has its full text, where that was asked for."""
    journal: str = ""
    year: int | None = None

    @property
    def document(self) -> Document:
        """What there is to read, under the identifier and with the flags of the record."""
        if self.full is None:
            return self.abstract
        about = self.abstract
        flags = tuple(dict.fromkeys((*about.flags, *self.full.flags)))
        return replace(self.full, doc_id=about.doc_id, flags=flags, other_ids=about.other_ids)

    def to_record(self) -> dict[str, Any]:
        """A line of JSON Lines that every command reads; keys without value are left out."""
        about = self.abstract
        title, _, abstract = about.text.partition("\n")
        ids = dict(curie.split(":", 1) for curie in about.other_ids)
        record = {
            "doc_id": about.doc_id,
            "pmid": about.doc_id if about.doc_id.isdecimal() else "",
            "pmcid": ids.get("pmcid", ""),
            "doi": ids.get("doi", ""),
            "title": title,
            "abstract": abstract,
            "text": self.full.text if self.full else "",
            "journal": self.journal,
            "year": self.year,
            "languages": list(about.languages),
            "publication_types": list(about.publication_types),
            "flags": list(self.document.flags),
        }
        return {key: value for key, value in record.items() if key == "title" or value not in ("", None, [])}


def papers(store: Store, ids: Iterable[str], service: str, full_text: bool, tell: Tell) -> Iterator[Paper]:
    """The stored records of identifiers, in their order; those that are not stored are passed over.

    What is stored but cannot be read is told. Raises SourceError where the store is damaged.
    """
    for identifier in ids:
        paper = _paper(store, identifier, service, tell)
        if paper is not None:
            yield _with_full_text(store, paper, tell) if full_text else paper


def pmcid_of(paper: Paper) -> str:
    """``PMC123``, or nothing."""
    return next((c.removeprefix("pmcid:") for c in paper.abstract.other_ids if c.startswith("pmcid:")), "")


def _paper(store: Store, identifier: str, service: str, tell: Tell) -> Paper | None:
    if service == PUBMED and (content := store.get(PUBMED, identifier)) is not None:
        return _from_pubmed(identifier, content, tell)
    other = f"MED:{identifier}" if service == PUBMED else identifier
    content = store.get(EUROPEPMC, other)
    return None if content is None else _from_europepmc(other, content, tell)


def _from_pubmed(pmid: str, content: bytes, tell: Tell) -> Paper | None:
    source = Source(f"PMID {pmid}", io.BytesIO(content))
    document = next(read_pubmed(source, lambda _, message: tell(f"PMID {pmid}", message)), None)
    if document is None:
        return None
    root = parsed(content)
    about = next((part for part in root if part.tag in ("MedlineCitation", "BookDocument")), root)
    journal = next((text for path in _JOURNALS if (text := about.findtext(path))), "")
    dates = (about.find(path) for path in _DATES)
    texts = (" ".join(found.itertext()) for found in dates if found is not None)
    years = (int(match.group()) for text in texts if (match := _YEAR.search(text)))
    return Paper(document, journal=journal.strip(), year=next(years, None))


def _from_europepmc(identifier: str, content: bytes, tell: Tell) -> Paper | None:
    record = record_of(content)
    try:
        document = document_of(record, identifier, "Europe PMC")
    except RecordError as error:
        tell(identifier, str(error))
        return None
    return Paper(document, journal=record.get("journal", ""), year=record.get("year"))


def _with_full_text(store: Store, paper: Paper, tell: Tell) -> Paper:
    pmcid = pmcid_of(paper)
    content = store.get(FULL_TEXT, pmcid) if pmcid else None
    if content is None:
        return paper
    problems: list[Problem] = []
    full = next(read_source(Source(f"{pmcid}.xml", io.BytesIO(content)), problems.append), None)
    if full is None:
        for problem in problems:
            tell(pmcid, problem.message)
    return replace(paper, full=full, article=pmcid)
