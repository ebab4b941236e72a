"""HTML of an article's page, as Europe PMC, PMC and publishers show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from lxml import etree

from extractor.readers.grid import table_of
from extractor.readers.inline import Bibliography, Inline
from extractor.readers.labels import label_of
from extractor.readers.passages import Passage, passage_document
from extractor.readers.problems import Report
from extractor.readers.records import Facts, RecordError, other_ids
from extractor.readers.source import Source
from extractor.readers.xml import text_of
from extractor.types import Document, Reference, Table

SNIFF: Final = re.compile(
    rb"(?i)\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?s:.{0,4000}?)-->\s*)*<(?:!doctype\s+html|html)\b"
)
_INLINE: Final = frozenset(
    (
        *("a", "abbr", "b", "bdi", "big", "br", "cite", "code", "dfn", "em", "font", "i", "kbd", "mark", "q"),
        *("s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "xref"),
    )
)
_FURNITURE: Final = frozenset(
    (
        *("script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button"),
        *("svg", "iframe", "object", "select", "dialog", "head"),
    )
)
_FURNITURE_NAMES: Final = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|footer|sidebar|breadcrumbs?|cookies?|banner|share|sharing|"
    r"related|recommend\w*|metrics|toolbar|comments?|advert\w*|ads)(?:$|[\s_-])"
)
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_PUBMED_LINK: Final = re.compile(r"pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d{1,9})\b")
_DOI_LINK: Final = re.compile(r"doi\.org/(10\.\d{4,9}/[^\s?#]+)")
_LONGEST_ENTRY: Final = 3_000
"""Characters of one entry of a reference list; an element with an id that holds more is none."""


def read_webpage(source: Source, report: Report) -> Iterator[Document]:
    """The article of a page: headings tell the sections; menus, references and back matter are left out."""
    data = source.everything(report)
    if data is None:
        return
    parser = etree.HTMLParser(
        encoding=_encoding(data), no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
        if root is None:
            raise RecordError("a page without any element; fetch it again")
        yield _Page(root).document(source)
    except RecordError as error:
        report("", str(error))
    except etree.XMLSyntaxError as error:
        report(f"line {error.position[0]}", "no HTML that can be read; fetch it again")
    except RecursionError:
        report("", "a page nested too deeply; fetch it again")


def _encoding(data: bytes) -> str | None:
    """UTF-8 where it is that, whatever the page says; else what the page says."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


class _Page:
    """A page on its way to a document."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.meta = {(m.get("name") or "").lower(): m.get("content") or "" for m in root.iter("meta")}
        self.bibliography = _bibliography(root)
        for link in root.iter("a"):
            target = (link.get("href") or "").partition("#")[2]
            if target in self.bibliography.by_id:  # read as the reference marks of JATS are
                link.tag = "xref"
                link.set("ref-type", "bibr")
                link.set("rid", target)
        self.tables: list[Table] = []
        self.label = "paragraph"

    def document(self, source: Source) -> Document:
        """Raises RecordError for a page without any text of an article."""
        pmid = self.meta.get("citation_pmid", "").strip()
        pmcid = self.meta.get("citation_pmcid", "")
        others = other_ids(self.meta.get("citation_doi", ""), pmcid)
        language = self.root.get("lang") or ""
        facts = Facts(source.name, others, (language,) if language else ())
        named = [curie.removeprefix("pmcid:") for curie in sorted(others, reverse=True)]
        passages = list(self.passages())
        return passage_document(pmid or (named or [source.stem])[0], passages, facts, tuple(self.tables))

    def passages(self) -> Iterator[Passage]:
        """Title, then what the article's element holds; the abstract of the page's data if it shows none."""
        body = next(self.root.iter("article"), None)
        body = body if body is not None else next(self.root.iter("main"), self.root)
        first = next(body.iter("h1"), None)
        title = self.meta.get("citation_title", "").strip() or text_of(first)
        yield Passage("title", title or text_of(next(self.root.iter("title"), None)))
        shown = list(self.blocks(body))
        if not any(passage.label == "abstract" for passage in shown):
            yield Passage("abstract", " ".join(self.meta.get("citation_abstract", "").split()))
        yield from shown

    def blocks(self, element: Any) -> Iterator[Passage]:
        """The passages below an element, in their order; words that stand in no paragraph are one."""
        loose = Inline(self.bibliography)
        loose.add(element.text or "")
        for child in element:
            if child.tag in _INLINE or not isinstance(child.tag, str):
                loose.add_element(child)
            elif not _is_furniture(child):
                yield from self.words(loose)
                loose = Inline(self.bibliography)
                yield from _HANDLERS.get(child.tag, _Page.blocks)(self, child)
            loose.add(child.tail or "")
        yield from self.words(loose)

    def words(self, loose: Inline) -> Iterator[Passage]:
        """A paragraph, if there are words at all: signs that divide links are none."""
        if any(character.isalpha() for character in loose.text()):
            yield from self.told(Passage(self.label, loose.text(), loose.references()))

    def heading(self, element: Any) -> Iterator[Passage]:
        """Sets the label of what follows; a lower heading that tells nothing leaves it as it is."""
        text = text_of(element)
        own = label_of(text)
        if own != "paragraph" or element.tag in ("h1", "h2"):
            self.label = own
        if element.tag != "h1":
            yield from self.told(Passage("heading", text))

    def paragraph(self, element: Any) -> Iterator[Passage]:
        yield from self.told(self.passage(self.label, element))

    def caption(self, element: Any) -> Iterator[Passage]:
        yield from self.told(self.passage("fig", element))

    def table(self, element: Any) -> Iterator[Passage]:
        """The caption is text; the rows are kept as data."""
        caption = self.passage("table caption", _caption_of(element))
        label, _, title = caption.text.partition(". ")
        rows = table_of(element, label if title else "", title or label, self.cell)
        self.tables += [rows] if rows and self.is_read() else []
        if element.find("caption") is not None:  # another one is a paragraph or a figure's already
            yield from self.told(caption)

    def cell(self, element: Any) -> tuple[str, tuple[Reference, ...]]:
        """The text of a table's cell and the references in it."""
        passage = self.passage("table", element)
        return passage.text, passage.references

    def passage(self, label: str, element: Any) -> Passage:
        """All text of an element."""
        inline = Inline(self.bibliography)
        if element is not None:
            inline.add_children(element)
        return Passage(label, inline.text(), inline.references())

    def is_read(self) -> bool:
        """Not in the reference list or what comes behind the article."""
        return self.label not in ("REF", "BACK")

    def told(self, passage: Passage) -> Iterator[Passage]:
        if self.is_read() and passage.text:
            yield passage


def _is_furniture(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _FURNITURE:
        return True
    names = f"{element.get('id') or ''} {element.get('class') or ''} {element.get('role') or ''}"
    return bool(_FURNITURE_NAMES.search(names)) and next(element.iter("h1"), None) is None


def _caption_of(table: Any) -> Any:
    """Its caption, or the text that stands before it in a figure or box of its own."""
    caption = table.find("caption")
    above = table.getparent()
    if caption is None and above is not None and above.tag == "figure":
        caption = above.find("figcaption")
    return caption


def _bibliography(root: Any) -> Bibliography:
    """The entries of reference lists: elements with an id that hold a link to PubMed or a DOI."""
    by_id: dict[str, tuple[str, ...]] = {}
    short: dict[Any, bool] = {}
    for link in root.iter("a"):
        href = link.get("href") or ""
        pmid, doi = _PUBMED_LINK.search(href), _DOI_LINK.search(href)
        entry = next((above for above in link.iterancestors("li", "p", "div", "tr") if above.get("id")), None)
        if entry is None or not (pmid or doi):
            continue
        if entry not in short:
            short[entry] = sum(map(len, entry.itertext())) <= _LONGEST_ENTRY
        if short[entry]:
            found = other_ids(doi.group(1) if doi else "", "", pmid.group(1) if pmid else "")
            by_id[entry.get("id")] = tuple(dict.fromkeys((*by_id.get(entry.get("id"), ()), *found)))
    by_number = {str(number): curies for number, curies in enumerate(by_id.values(), 1)}
    return Bibliography(by_id, by_number)


_HANDLERS: Final[Mapping[Any, Callable[[_Page, Any], Iterator[Passage]]]] = {
    **dict.fromkeys(_HEADINGS, _Page.heading),
    **dict.fromkeys(("p", "li", "dd", "blockquote"), _Page.paragraph),
    "figcaption": _Page.caption,
    "table": _Page.table,
}
