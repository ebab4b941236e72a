"""Getting text from the services that have it: PubMed, PMC, Europe PMC; politely, and once.

`fetch` is all that most callers need. What it fetches stays in a local store, so asking again costs little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.sources.errors import SourceError
from extractor.sources.question import TOPIC
from extractor.types import Document

if TYPE_CHECKING:
    from extractor.sources.settings import Settings

__all__ = ["TOPIC", "SourceError", "fetch"]


def fetch(
    query: str = "",
    *,
    ids: Iterable[str] = (),
    since: str = "",
    until: str = "",
    store: str | Path | None = None,
    offline: bool = False,
    only_new: bool = False,
    full_text: bool = False,
    most: int | None = None,
    problems: Callable[[str], None] | None = None,
    settings: Settings | None = None,
) -> Iterator[Document]:
    """The documents of a PubMed query, then those of ``ids`` (PMIDs, PMCIDs, DOIs), each once.

    ``since`` and ``until`` (``2024``, ``2024-05-17``) are days of publication and limit the query. With
    ``only_new`` come those alone that the query did not have the last time, that is: in its last run that
    was read to its end with nothing missing; the log of runs is in the store. ``offline`` uses the store
    alone. ``most`` keeps the newest. Every problem (an unknown id, a record that could not be had) is a
    line to ``problems``, and the rest goes on.

    Raises SourceError where nothing can be had at all, e.g. PubMed does not answer.

    >>> for document in fetch('exosomes[ti] AND miR-21[ti]', since="2024"):  # doctest: +SKIP
    ...     print(document.doc_id, document.flags)
    """
    from extractor.sources.fetching import Ears, Fetch
    from extractor.sources.gathering import PUBMED
    from extractor.sources.identifiers import from_lines
    from extractor.sources.question import Search, day
    from extractor.sources.settings import load_settings
    from extractor.sources.store import Store

    settings = settings or load_settings(store=Path(store) if store else None)
    tell = problems or (lambda line: None)
    first, last = (day(since) if since else None), (day(until, last=True) if until else None)
    ears = Ears(problem=lambda about, why: tell(f"{about}: {why}"))
    with Store(settings.store) as kept, Fetch(settings, kept, ears, offline) as run:
        search = Search("query", query, since=first, until=last, most=most)
        found = run.search(search, only_new=only_new) if query else []
        found += run.identifiers(from_lines(ids, ears.problem))
        found = list(dict.fromkeys(found))
        run.gather(found, PUBMED)
        if full_text:
            run.full_texts(found, PUBMED)
        yield from (paper.document for paper in run.papers(found, PUBMED, full_text))
        run.done()
