"""What every page of the review needs, and one request of one curator."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from extractor.curation.overview import Named, frequent
from extractor.curation.proposals import REASONS, ROLES, STATUSES, slot_key
from extractor.curation.queue import Filter, Queue
from extractor.curation.queue_filter import SETTABLE, STATES
from extractor.curation.ranking import Ranker
from extractor.curation.table_rows import SHOWN, TableRows
from extractor.curation.web.candidates import Candidates
from extractor.curation.web.security import Settings

HERE: Final = Path(__file__).resolve().parent
STATIC: Final[Mapping[str, str]] = {
    "review.css": "text/css; charset=utf-8",
    "review.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
"""The files that are served, by name: no path of a request ever becomes a path on the disk."""


class Site:
    """A queue, the table that it is about, and the templates; shared by all requests."""

    def __init__(self, queue: Queue, settings: Settings, table: TableRows) -> None:
        self.queue = queue
        self.settings = settings
        self.table = table
        self.candidates = Candidates()
        self.ranker = Ranker()
        self._frequent: tuple[int, tuple[Named, ...], tuple[Named, ...]] = (-1, (), ())

    def warm(self) -> None:
        """Reads what the first pages would else wait for."""
        self.candidates.warm()
        self.rerank()

    def rerank(self) -> None:
        """Puts what decisions teach into the order; over a connection of its own, so that no page waits."""
        with Queue(self.queue.path, create=False) as queue:
            self.ranker.rerank(queue)

    def frequent(self) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
        """The miRNAs and the cells most proposed; counted anew when proposals have come."""
        total = self.queue.count()
        if self._frequent[0] != total:
            mirnas, cells = frequent(self.queue, "mirna"), frequent(self.queue, "donor", "recipient")
            self._frequent = (total, mirnas, cells)
        return self._frequent[1:]

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The static files' bytes."""
        return {name: (HERE / "static" / name).read_bytes() for name in STATIC}

    @cached_property
    def version(self) -> str:
        """Changes with the static files, so that browsers may keep them for ever."""
        return hashlib.sha256(b"".join(self.files.values())).hexdigest()[:12]

    @cached_property
    def templates(self) -> Environment:
        """Everything is escaped, and a name that a page does not have is an error."""
        environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.globals.update(
            roles=ROLES, reasons=REASONS, statuses=STATUSES, states=STATES, row_columns=SHOWN
        )
        environment.globals.update(
            version=self.version, csrf=self.settings.secret, link=link, slot_key=slot_key
        )
        return environment


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: who asks, what the address says and, for a change, what the form says."""

    site: Site
    curator: str
    query: Mapping[str, str]
    form: Mapping[str, str]

    @property
    def queue(self) -> Queue:
        return self.site.queue

    @property
    def viewer(self) -> str:
        """Whose decisions may be seen: the curator's own in a blind queue, else (empty) everybody's."""
        return self.curator if self.queue.blind else ""

    @property
    def where(self) -> Filter:
        """The filter that the address carries."""
        return filter_of(self.query)

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """A page from a template."""
        where = values.pop("where", None) or self.where
        shown = {"curator": self.curator, "where": where, "blind": self.queue.blind, **values}
        text = self.site.templates.get_template(template).render(shown)
        return HTMLResponse(text.encode("utf-8", "replace"), status)  # texts may hold lone surrogates

    def message(self, status: int, title: str, text: str) -> Response:
        """A page that only says something, with the way on."""
        return self.page("message.html", status=status, where=Filter(), title=title, text=text)


Handler = Callable[[Visit], Response]


class Unusable(Exception):
    """A request that no page of ours makes; the message says what is wrong with it."""


def filter_of(values: Mapping[str, str]) -> Filter:
    """The filter that fields of an address or a form describe. Raises Unusable for a state there is not."""
    found = {name: values.get(name, "").strip() for name in SETTABLE}
    if found["state"] and found["state"] not in STATES:
        raise Unusable(f"no state {found['state']!r}; there are {', '.join(STATES)}")
    return Filter(**found)


def link(path: str, where: Filter | None = None, **values: object) -> str:
    """An address of ours with what is set of a filter and other values.

    >>> link("/proposals", Filter(words="a&b"), page=2)
    '/proposals?words=a%26b&page=2'
    """
    carried = {name: getattr(where, name) for name in SETTABLE} if where else {}
    query = {name: str(value) for name, value in {**carried, **values}.items() if value not in ("", None)}
    return path + ("?" + urlencode(query) if query else "")


def carried(form: Mapping[str, str]) -> Filter:
    """The filter that a form's ``where`` hands on."""
    return filter_of(dict(parse_qsl(form.get("where", ""))))


def to(path: str, where: Filter | None = None, **values: object) -> Response:
    """On to another page of ours."""
    return RedirectResponse(link(path, where, **values), 303)


def whole(text: str) -> int:
    """A whole number of a form. Raises Unusable."""
    try:
        return int(text)
    except ValueError:
        raise Unusable(f"{text[:40]!r} is no whole number") from None


def without_state(where: Filter) -> Filter:
    """The same filter for any state."""
    return replace(where, state="")
