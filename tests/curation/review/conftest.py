"""A queue of texts of our own, a server on loopback over it, and a browser where there is one."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests

from extractor.curation.proposals import Proposal, propose
from extractor.curation.queue import Queue
from extractor.curation.table_rows import TableRows
from extractor.curation.web.actions import cookie
from extractor.curation.web.app import build_app
from extractor.curation.web.security import Settings
from extractor.types import Document

TEXT = "Title {n}\nMacrophages shed exosomes with miR-{n}. In endothelial cells miR-{n} represses PTEN."


class Made:
    """What tests put into a queue."""

    @staticmethod
    def slot(text: str, words: str, **more: Any) -> dict[str, Any]:
        """The slot that these words of a text fill."""
        start = text.index(words)
        named = {"name": words, "curie": None, "forms": [], **more}
        return {"text": words, "start": start, "end": start + len(words), **named}

    @classmethod
    def record(
        cls, doc_id: str, text: str, mirna: str, confidence: float = 0.5, **more: Any
    ) -> dict[str, Any]:
        """A relation record, as extract writes it, of a text of the shape of ``TEXT``."""
        start = text.index(". In") + 2
        evidence = {"start": start, "end": len(text), "text": text[start:], "rules": ["rule.a"]}
        return {
            "relation_id": "0" * 16,
            "doc_id": doc_id,
            "kind": "transfer",
            "donor": cls.slot(text, "Macrophages"),
            "mirna": cls.slot(text, mirna),
            "recipient": cls.slot(text, "endothelial cells", curie="CL:0000115", name="endothelial cell"),
            "target": cls.slot(text, "PTEN", curie="hgnc:9588"),
            "phenotype": None,
            "vesicle": cls.slot(text, "exosomes"),
            "effect": "decreases",
            "negated": False,
            "confidence": confidence,
            "evidence": [evidence],
            "citations": [],
            **more,
        }

    @classmethod
    def material(cls, count: int) -> tuple[list[Proposal], list[Document]]:
        """Documents p1, p2, ... with a proposal each; p1 has the highest rank."""
        texts = [Document(f"p{n}", TEXT.format(n=n)) for n in range(1, count + 1)]
        records = [cls.record(d.doc_id, d.text, f"miR-{n}", 0.9 - n / 1000) for n, d in enumerate(texts, 1)]
        return [propose(record, why="no row says this") for record in records], texts


@pytest.fixture(scope="session")
def made() -> Made:
    return Made()


@pytest.fixture
def queue(tmp_path: Path, made: Made) -> Iterator[Queue]:
    """Twelve proposals on p1 to p12, asked in this order."""
    with Queue(tmp_path / "q.queue") as opened:
        opened.add(*made.material(12), when="2024-03-01T10:00:00Z")
        yield opened


@dataclass(frozen=True)
class Served:
    """A running review: its address, its queue, and requests as its own pages make them."""

    url: str
    queue: Queue
    settings: Settings

    def visitor(self, curator: str = "") -> requests.Session:
        session = requests.Session()
        session.trust_env = False  # no proxy between us and loopback
        if curator:
            session.cookies.set(cookie(self.settings.secret), quote(curator))
        return session

    def send(self, session: requests.Session, path: str, **form: Any) -> requests.Response:
        return session.post(self.url + path, {"csrf": self.settings.secret, **form}, allow_redirects=False)


@contextmanager
def serving(
    queue: Queue, settings: Settings | None = None, table: TableRows | None = None
) -> Iterator[Served]:
    """The real server in a thread, on a free port."""
    import uvicorn

    from extractor.curation.web.serve import listen

    settings = settings or Settings()
    socket = listen("127.0.0.1", 0)
    app = build_app(queue, settings, table)
    config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="none", timeout_graceful_shutdown=0)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{socket.getsockname()[1]}", queue, settings)
    finally:
        server.should_exit = True
        thread.join(10)
        socket.close()


@pytest.fixture
def serve() -> Callable[..., AbstractContextManager[Served]]:
    return serving


@pytest.fixture
def served(queue: Queue) -> Iterator[Served]:
    row = dict.fromkeys(("phenotype", "effect", "species", "reference"), "")
    cells = {"donor": "Breast cancer cell", "mirna": "miR-105", "recipient": "EC", "target": "ZO-1"}
    with serving(queue, table={"4": ({**row, **cells},)}) as running:
        yield running


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A review for many tests, none of which may change anything: that is asked at the end."""
    with Queue(tmp_path_factory.mktemp("untouched") / "q.queue") as opened:
        opened.add(*Made.material(3))
        with serving(opened) as running:
            yield running
        assert opened.decisions() == ()
        assert opened.rows("SELECT * FROM drafts") == []


CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OPTIONS: Sequence[str] = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium of this system; skips where there is none."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser here: none of {', '.join(CHROMIUM)} is installed")
    sync_api = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(OPTIONS))
        yield running
        running.close()


@pytest.fixture
def visit(browser: Any, served: Served) -> Iterator[Callable[..., Any]]:
    """``visit(curator)``: a page of a browser of their own. Any error of a script, and anything that the
    policy had to stop, fails the test, unless it is ``visit(curator, strict=False)``."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def complain(message: Any) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def open_page(curator: str, strict: bool = True) -> Any:
        contexts.append(browser.new_context(base_url=served.url))
        name = {"name": cookie(served.settings.secret), "value": curator, "url": served.url}
        contexts[-1].add_cookies([name])
        contexts[-1].set_default_timeout(120_000)  # milliseconds: a busy machine fails no test
        page = contexts[-1].new_page()
        if strict:
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", complain)
        page.goto("/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(visit: Callable[..., Any]) -> Any:
    """Ada's page."""
    return visit("ada")


@pytest.fixture(scope="session")
def eventually() -> Callable[[Callable[[], object]], bool]:
    """Does it come true within ten seconds?"""

    def wait(condition: Callable[[], object]) -> bool:
        end = time.monotonic() + 10
        while not condition() and time.monotonic() < end:
            time.sleep(0.02)
        return bool(condition())

    return wait
