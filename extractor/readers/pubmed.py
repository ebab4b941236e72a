"""PubMed XML: articles and book chapters with their identifiers, types and corrections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from extractor.readers.problems import Report
from extractor.readers.records import Facts, RecordError, abstract_document, other_ids
from extractor.readers.source import Source
from extractor.readers.xml import children, elements, sniff, text_of
from extractor.types import Document

SNIFF: Final = sniff("Pubmed(?:Book)?Article(?:Set)?|MedlineCitation(?:Set)?|DeleteCitation")
_RECORDS: Final = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")
_TITLES: Final = ("ArticleTitle", "VernacularTitle")
_NO_CATEGORY: Final = ("", "UNASSIGNED", "UNLABELLED")
_UNREAD: Final = (
    *("AuthorList", "MeshHeadingList", "ReferenceList", "ChemicalList", "KeywordList", "GrantList"),
    *("InvestigatorList", "DataBankList", "History"),
)
_NONE: Final = ((),)
Fields = dict[str, list[Any]]


def read_pubmed(source: Source, report: Report) -> Iterator[Document]:
    """Articles and book chapters, also those without abstract; deletions are passed over."""
    for element in elements(source, report, _RECORDS, "PubMed", _UNREAD):
        try:
            yield _document(element, source.name)
        except RecordError as error:
            report(f"line {element.sourceline}", str(error))


def _document(element: Any, name: str) -> Document:
    citation = element if element.tag == "MedlineCitation" else element[0] if len(element) else element
    about = children(citation)
    article = children(about["Article"][0]) if "Article" in about else about
    pmid = text_of(_first(about, "PMID"))
    if not pmid:
        raise RecordError("a record without PMID; add it or remove the record")
    abstract = [part for part in _first(article, "Abstract") if part.tag == "AbstractText"]
    facts = Facts(
        name,
        _other_ids(element, article, about),
        tuple(map(text_of, article.get("Language", ()))),
        tuple(map(text_of, _first(article, "PublicationTypeList"))),
        tuple(link.get("RefType", "") for link in _first(about, "CommentsCorrectionsList")),
    )
    return abstract_document(pmid, _title(article), list(map(_part, abstract)), facts)


def _first(fields: Fields, tag: str) -> Any:
    """The first child of that tag; an empty sequence, which has no text and no children, if there is none."""
    return fields.get(tag, _NONE)[0]


def _title(article: Fields) -> str:
    """In English where there is one; a book's chapter may have no title but the book's."""
    own = next((text for tag in _TITLES if (text := text_of(_first(article, tag)))), "")
    return own or next((text_of(part) for part in _first(article, "Book") if part.tag == "BookTitle"), "")


def _other_ids(element: Any, *places: Fields) -> tuple[str, ...]:
    """DOI and PMCID; the DOI of the article itself where the list of identifiers has none."""
    data = children(element[-1]) if len(element) else {}
    lists = (data, *places)
    ids = {i.get("IdType"): text_of(i) for place in lists for i in _first(place, "ArticleIdList")}
    if "doi" not in ids:
        ids |= {i.get("EIdType"): text_of(i) for i in places[0].get("ELocationID", ())}
    return other_ids(ids.get("doi", ""), ids.get("pmc", ""))


def _part(part: Any) -> tuple[str, str]:
    """Its section label and its text, which begins with the printed label."""
    text, printed = text_of(part), (part.get("Label") or "").strip()
    category = (part.get("NlmCategory") or "").upper()
    label = category if category not in _NO_CATEGORY else printed.upper() or "abstract"
    return label, f"{printed}: {text}" if printed and text else text
