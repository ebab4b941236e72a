"""Where fetched papers go: JSON Lines, one file of PubMed XML, a folder of XML, a list for a person."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from extractor.cli.ending import Refused
from extractor.cli.output import console, replacing
from extractor.sources.articles import article_set
from extractor.sources.fulltext import FULL_TEXT
from extractor.sources.gathering import PUBMED
from extractor.sources.papers import Paper
from extractor.sources.store import Store
from extractor.writers.jsonl import encode
from extractor.writers.terminal import printable

Tell = Callable[[str, str], None]
NO_XML: Final = "came from Europe PMC, which has no PubMed XML; write .jsonl to have it"


def check_format(output: Path | None, *, raw: bool, full_text: bool) -> None:
    """Raises Refused, before anything is fetched, where ``-o`` names what cannot be written.

    ``raw`` tells whether the records are XML to begin with.
    """
    if output is None or str(output) == "-" or output.name.lower().endswith(".jsonl"):
        return
    if _is_folder(output):
        if not raw:
            raise Refused("Europe PMC's records are no XML; let OUT end in .jsonl")
    elif output.suffix.lower() != ".xml":
        raise Refused(
            f"cannot tell the format of {output.name!r}: let it end in .jsonl or .xml, or name a folder"
        )
    elif full_text or not raw:
        raise Refused("one .xml file holds PubMed records only; name a folder, or let OUT end in .jsonl")


def write_papers(output: Path | None, papers: Iterator[Paper], store: Store, tell: Tell) -> None:
    """Writes all of them; an old file stays as it was when they fail on the way. Raises Refused."""
    if output is None or str(output) == "-":
        _to_screen(papers) if sys.stdout.isatty() and output is None else _to_pipe(papers)
    elif _is_folder(output):
        _to_folder(output, papers, store, tell)
    else:
        lines = _lines(papers) if output.suffix.lower() != ".xml" else article_set(_xml(papers, store, tell))
        with replacing(output) as stream:
            stream.writelines(lines)


def _is_folder(output: Path) -> bool:
    return output.is_dir() or not output.suffix


def _lines(papers: Iterator[Paper]) -> Iterator[bytes]:
    return (encode(paper.to_record()) for paper in papers)


def _to_pipe(papers: Iterator[Paper]) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.writelines(_lines(papers))
    sys.stdout.buffer.flush()


def _xml(papers: Iterator[Paper], store: Store, tell: Tell) -> Iterator[bytes]:
    for paper in papers:
        content = store.get(PUBMED, paper.abstract.doc_id)
        if content is None:
            tell(paper.abstract.doc_id, NO_XML)
        else:
            yield content


def _to_folder(folder: Path, papers: Iterator[Paper], store: Store, tell: Tell) -> None:
    """A file for each: ``PMC123.xml``, the article, where there is one, else ``123.xml``, the record."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"cannot make the folder {folder}: {error.strerror}") from error
    for paper in papers:
        name = paper.article or paper.abstract.doc_id
        content = store.get(FULL_TEXT if paper.article else PUBMED, name)
        if content is None:
            tell(name, NO_XML)
            continue
        with replacing(folder / f"{name}.xml") as stream:
            stream.write(content)


def _to_screen(papers: Iterator[Paper]) -> None:
    """A line each: PMID, year, journal, title, and what a reader must know, such as a retraction."""
    from rich.text import Text

    screen = console()
    for paper in papers:
        title, _, _ = paper.abstract.text.partition("\n")
        flags = "".join(f" [{printable(flag)}]" for flag in paper.document.flags)
        about = f"  {paper.year or '–'}  {printable(paper.journal)}  {printable(title)}"
        screen.print(
            Text.assemble((paper.abstract.doc_id, "bold"), about, (flags, "bold red")), soft_wrap=True
        )
    sys.stdout.flush()
