"""PubMed XML: records a second beside the package pubmed_parser, on the same generated file, in one run.

    python benchmarks/readers.py [--records 30000]

Two files of the same records: as PubMed writes them (authors, MeSH, reference lists), and with nothing but
the fields that both readers give. Both readers are asked for the same fields, and must agree on them; what
pubmed_parser also makes of the first file cannot be turned off. pubmed_parser is no dependency of evmir.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

from extractor.readers import read_documents
from extractor.types import Document

LIMIT: Final = 3.0
"""Times faster that issue 6 asks for."""
Fields = tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]]
"""PMID, title and abstract without white space, DOI, languages, publication types."""

WORDS: Final = (
    "exosomes vesicles from macrophages carry miR-21-5p into endothelial cells where it lowers PTEN and "
    "β-catenin after hypoxia while the control group showed no such change in migration or growth"
).split()
LABELS: Final = (("BACKGROUND", "BACKGROUND"), ("METHODS", "METHODS"), ("RESULTS", "RESULTS"))
HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n'


def prose(random: Random, count: int) -> str:
    """Words with now and then an inline tag or an escaped character, as PubMed has them."""
    odd = ("<i>in vivo</i>", "Ca<sup>2+</sup>", "p&#x2009;&lt;&#x2009;0.05", "R&amp;D")
    words = (random.choice(odd) if random.random() < 0.02 else random.choice(WORDS) for _ in range(count))
    return " ".join(words) + "."


def record(number: int, random: Random, full: bool) -> str:
    """One PubmedArticle; ``full`` ones have what the compared fields do not need."""
    parts = "".join(
        f'<AbstractText Label="{label}" NlmCategory="{category}">{prose(random, 60)}</AbstractText>'
        for label, category in LABELS
    )
    authors = "".join(
        f'<Author ValidYN="Y"><LastName>Name{n}</LastName><ForeName>Ana B</ForeName><Initials>AB</Initials>'
        f"<AffiliationInfo><Affiliation>{prose(random, 12)}</Affiliation></AffiliationInfo></Author>"
        for n in range(6)
    )
    mesh = "".join(
        f'<MeshHeading><DescriptorName UI="D{n:06}" MajorTopicYN="N">Term {n}</DescriptorName></MeshHeading>'
        for n in range(10)
    )
    cited = "".join(
        f"<Reference><Citation>{prose(random, 14)}</Citation><ArticleIdList>"
        f'<ArticleId IdType="pubmed">{number + n}</ArticleId></ArticleIdList></Reference>'
        for n in range(20)
    )
    ids = (
        f'<ArticleId IdType="pubmed">{number}</ArticleId><ArticleId IdType="doi">10.1000/{number}</ArticleId>'
    )
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{number}</PMID>'
        "<Article><Journal><JournalIssue><PubDate><Year>2024</Year></PubDate></JournalIssue>"
        f"<Title>A Journal</Title></Journal><ArticleTitle>{prose(random, 14)}</ArticleTitle>"
        f"<Abstract>{parts}</Abstract>{f'<AuthorList>{authors}</AuthorList>' * full}"
        "<Language>eng</Language><PublicationTypeList>"
        '<PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>'
        f"<MedlineJournalInfo><MedlineTA>J</MedlineTA></MedlineJournalInfo>"
        f"{f'<MeshHeadingList>{mesh}</MeshHeadingList>' * full}</MedlineCitation>"
        f"<PubmedData><ArticleIdList>{ids}</ArticleIdList>"
        f"{f'<ReferenceList>{cited}</ReferenceList>' * full}</PubmedData></PubmedArticle>\n"
    )


def generated(path: Path, count: int, full: bool) -> None:
    """The same bytes in every run."""
    random = Random(6)
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as stream:
        stream.write(HEAD)
        stream.writelines(record(40_000_000 + n, random, full) for n in range(count))
        stream.write("</PubmedArticleSet>\n")


def ours(path: Path) -> Iterator[Document]:
    """The reader of this project; a problem ends the run."""

    def fail(problem: object) -> None:
        raise SystemExit(str(problem))

    return read_documents([path], problems=fail)


def bare(text: str) -> str:
    """Without white space, of which the two readers keep different amounts."""
    return "".join(text.split())


def our_fields(document: Document) -> Fields:
    """The compared fields of a document."""
    title, _, abstract = document.text.partition("\n")
    for label, _ in LABELS:
        abstract = abstract.replace(f"{label}: ", label)
    doi = next(i.removeprefix("doi:") for i in document.other_ids if i.startswith("doi:"))
    return document.doc_id, bare(title), bare(abstract), doi, document.languages, document.publication_types


def their_fields(article: dict[str, Any]) -> Fields:
    """The compared fields of what pubmed_parser gives; its types look like ``D016428:Journal Article``."""
    types = tuple(part.partition(":")[2] for part in article["publication_types"].split("; "))
    return (
        *(article["pmid"], bare(article["title"]), bare(article["abstract"]), article["doi"]),
        *(tuple(article["languages"].split(";")), types),
    )


def seconds(read: Callable[[], Iterator[Any]]) -> float:
    """Processor time to exhaust the reader, the better of two runs: others may work on the same machine."""

    def once() -> float:
        began = time.process_time()
        for _ in read():
            pass
        return time.process_time() - began

    return min(once(), once())


def compare(path: Path, name: str, count: int, parse: Callable[[str], Iterator[dict[str, Any]]]) -> float:
    """How many times faster; raises SystemExit where the two do not agree."""
    pairs = zip(map(our_fields, ours(path)), map(their_fields, parse(str(path))), strict=True)
    for mine, theirs in pairs:
        if mine != theirs:
            raise SystemExit(f"the readers differ:\n{mine}\n{theirs}")
    own, other = seconds(lambda: ours(path)), seconds(lambda: parse(str(path)))
    rates = f"evmir {count / own:,.0f} records/s, pubmed_parser {count / other:,.0f}"
    print(f"{name}: {rates}: {other / own:.1f} times faster (asked for: {LIMIT:.0f})")
    return other / own


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=30_000)
    count = arguments.parse_args().records
    try:
        parser = importlib.import_module("pubmed_parser")
    except ImportError:
        print("skipped: no package pubmed_parser to compare with (pip install pubmed_parser)")
        return
    with tempfile.TemporaryDirectory() as folder:
        ratios = []
        for name, full in (("as PubMed writes them", True), ("compared fields only", False)):
            path = Path(folder) / "pubmed.xml.gz"
            generated(path, count, full)
            ratios.append(compare(path, name, count, parser.parse_medline_xml))
    raise SystemExit(min(ratios) < LIMIT)


if __name__ == "__main__":
    main()
