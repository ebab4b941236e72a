"""JATS, the XML of PMC and publishers: title, abstract and body in labelled passages; tables; citations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from extractor.readers.grid import table_of
from extractor.readers.inline import Bibliography, Inline
from extractor.readers.labels import label_of
from extractor.readers.passages import Passage, passage_document
from extractor.readers.problems import Report
from extractor.readers.records import Facts, RecordError, other_ids
from extractor.readers.source import Source
from extractor.readers.xml import elements, local, sniff, text_of
from extractor.types import Document, Reference, Table

SNIFF: Final = sniff("article|pmc-articleset|articles")
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_SHORT_ABSTRACTS: Final = frozenset(("toc", "graphical", "teaser", "precis", "web-summary", "key-points"))
_UNREAD: Final = frozenset(
    (
        *("label", "sec-meta", "object-id", "graphic", "media", "supplementary-material", "disp-formula"),
        *("disp-formula-group", "fn-group", "ref-list", "ack", "notes", "bio", "permissions", "attrib"),
        *("inline-graphic", "tex-math", "subtitle", "processing-meta", "alt-text", "long-desc"),
    )
)
"""Of a body; whatever else is not known is a paragraph, so that no text is lost."""
_BLOCKS: Final = frozenset(
    ("list", "def-list", "fig", "fig-group", "table-wrap", "table-wrap-group", "boxed-text", "disp-quote")
)


def read_jats(source: Source, report: Report) -> Iterator[Document]:
    """A document an article, without its reference list, back matter, formulas and answers to reviewers."""
    for element in elements(source, report, ("{*}article",), "JATS"):
        for part in element.iter():
            # a prefix that nobody declared is part of the name, and no name that could be given
            if isinstance(part.tag, str) and "}" in part.tag:
                part.tag = local(part.tag)
        try:
            yield _Article(element).document(source)
        except RecordError as error:
            report(f"line {element.sourceline}", str(error))
        except RecursionError:
            report(f"line {element.sourceline}", "an article nested too deeply; fetch it again")


class _Article:
    """An article on its way to a document: what its passages and tables need of the whole."""

    def __init__(self, element: Any) -> None:
        self.element = element
        found = element.find("front/article-meta")
        self.meta = found if found is not None else element.find("front-stub")
        self.bibliography = bibliography_of(element.iterfind(".//ref-list/ref"))
        self.tables: list[Table] = []

    def document(self, source: Source) -> Document:
        """Raises RecordError for an article without any text."""
        ids = {i.get("pub-id-type"): text_of(i) for i in self._all("article-id")}
        pmid, pmcid, doi = ids.get("pmid", ""), ids.get("pmcid") or ids.get("pmc", ""), ids.get("doi", "")
        others = other_ids(doi, pmcid)
        named = [curie.removeprefix("pmcid:") for curie in sorted(others, reverse=True)]
        links = (link.get("related-article-type", "") for link in self._all("related-article"))
        facts = Facts(
            source.name,
            others,
            tuple(filter(None, (self.element.get(_LANGUAGE, ""),))),
            tuple(filter(None, (self.element.get("article-type", ""),))),
            tuple(link for link in links if link.endswith("-forward")),
        )
        passages = list(self.passages())
        return passage_document(pmid or (named or [source.stem])[0], passages, facts, tuple(self.tables))

    def _all(self, path: str) -> Iterable[Any]:
        return () if self.meta is None else self.meta.iterfind(path)

    def passages(self) -> Iterator[Passage]:
        """Title, abstract, body, then what floats."""
        for title in self._all("title-group/article-title"):
            yield self.passage("title", title)
        yield from self.abstract()
        for path in ("body", "floats-group"):
            for part in self.element.iterfind(path):
                yield from self.blocks(part, "paragraph")

    def abstract(self) -> Iterator[Passage]:
        """The abstract proper: the first that is no summary for another purpose."""
        found = list(self._all("abstract"))
        proper = [a for a in found if a.get("abstract-type") not in _SHORT_ABSTRACTS]
        for abstract in (proper or found)[:1]:
            for part in abstract:
                if part.tag == "sec":
                    yield from self.abstract_part(part)
                elif part.tag not in ("title", "label"):
                    yield from self.paragraph(part, "abstract")

    def abstract_part(self, section: Any) -> Iterator[Passage]:
        """Its paragraphs, the first with the printed heading before it, as PubMed prints it."""
        heading = text_of(section.find("title")).rstrip(" :.")
        lead = f"{heading}: " if heading else ""
        for part in section:
            if part.tag not in ("title", "label"):
                yield from self.paragraph(part, heading.upper() or "abstract", lead)
                lead = ""

    def passage(self, label: str, element: Any, lead: str = "") -> Passage:
        """All text of an element as one passage, but for the blocks in it."""
        inline = Inline(self.bibliography, _BLOCKS)
        inline.add(lead)
        inline.add_children(element)
        return Passage(label, inline.text(), inline.references())

    def blocks(self, element: Any, label: str) -> Iterator[Passage]:
        """The passages of a body, section, list or box, one after another."""
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _UNREAD:
                yield from _HANDLERS.get(child.tag, _Article.paragraph)(self, child, label)

    def section(self, element: Any, label: str) -> Iterator[Passage]:
        """A section under its own label; one that has none of its own is a part of the one it is in."""
        title = element.find("title")
        own = label_of(element.get("sec-type", "").partition("|")[0], text_of(title))
        if own != "BACK":
            yield from self.blocks(element, own if own != "paragraph" else label)

    def heading(self, element: Any, label: str) -> Iterator[Passage]:
        yield self.passage("heading", element)

    def paragraph(self, element: Any, label: str, lead: str = "") -> Iterator[Passage]:
        """Its text, then the lists, figures and tables that stand in it."""
        yield self.passage(label, element, lead)
        for block in element.iter(*_BLOCKS):
            if not any(above.tag in _BLOCKS for above in _up_to(block, element)):
                yield from _HANDLERS[block.tag](self, block, label)

    def figure(self, element: Any, label: str) -> Iterator[Passage]:
        yield self.caption("fig", element)

    def table(self, element: Any, label: str) -> Iterator[Passage]:
        """The caption is text; the rows are kept as data."""
        caption = self.caption("table caption", element)
        printed = text_of(element.find("label")).rstrip(" .:")
        title = caption.text.removeprefix(printed).lstrip(" .:")
        rows = (table_of(table, printed, title, self.cell) for table in element.iter("table"))
        self.tables += [table for table in rows if table]
        yield caption

    def caption(self, label: str, element: Any) -> Passage:
        """``Figure 2. Title. Legend``, as it is printed."""
        inline = Inline(self.bibliography)
        printed = text_of(element.find("label"))
        inline.add(f"{printed.rstrip('.')}. " if printed else "")
        for caption in element.iterfind("caption"):
            inline.add_children(caption)
        return Passage(label, inline.text(), inline.references())

    def cell(self, element: Any) -> tuple[str, tuple[Reference, ...]]:
        """The text of a table's cell and the references in it."""
        inline = Inline(self.bibliography)
        inline.add_children(element)
        return inline.text(), inline.references()


def _up_to(element: Any, top: Any) -> Iterator[Any]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above


def bibliography_of(entries: Iterable[Any]) -> Bibliography:
    """The identifiers of a reference list; an entry without a printed number counts by its place."""
    by_id: dict[str, tuple[str, ...]] = {}
    by_number: dict[str, tuple[str, ...]] = {}
    for place, entry in enumerate(entries, 1):
        ids = {i.get("pub-id-type"): text_of(i) for i in entry.iter("pub-id")}
        curies = other_ids(ids.get("doi", ""), ids.get("pmcid") or ids.get("pmc", ""), ids.get("pmid", ""))
        number = text_of(entry.find("label")).strip("[](). ") or str(place)
        by_number.setdefault(number, curies)
        for element in (entry, *entry):
            if element.get("id"):
                by_id[element.get("id")] = curies
    return Bibliography(by_id, by_number)


_Handler = Callable[[_Article, Any, str], Iterator[Passage]]
_HANDLERS: Final[Mapping[Any, _Handler]] = {
    "sec": _Article.section,
    "title": _Article.heading,
    "fig": _Article.figure,
    "table-wrap": _Article.table,
    **dict.fromkeys(("list", "list-item", "def-list", "statement", "speech"), _Article.blocks),
    **dict.fromkeys(("boxed-text", "disp-quote", "fig-group", "table-wrap-group"), _Article.blocks),
}
