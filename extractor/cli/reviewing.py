"""``evmir review`` and ``evmir queue``: the queue in a browser, and copies of it."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from extractor.cli.ending import Refused, say
from extractor.curation.queue import Queue, QueueError
from extractor.curation.table_rows import TableRows, read_rows_by_id
from extractor.resources import resource

if TYPE_CHECKING:
    from extractor.curation.web.security import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of ``evmir review`` say."""

    queue: Path | None
    table: Path | None
    curator: str
    host: str
    port: int
    token: str
    browser: bool
    blind: bool | None
    demo: bool


def serve_queue(asked: Asked) -> None:
    """Serves a queue until Ctrl-C. Raises Refused for options that do not fit or a queue that is none."""
    from extractor.curation.web.security import Settings
    from extractor.curation.web.serve import check_settings

    if (asked.queue is None) != asked.demo:
        raise Refused("name a queue that `evmir update` made, or try `evmir review --demo`")
    settings = Settings(asked.host, asked.token, " ".join(asked.curator.split()))
    try:
        check_settings(settings)
        table = read_rows_by_id(asked.table) if asked.table else {}
    except (ValueError, OSError) as error:
        raise Refused(str(error)) from error
    with _opened(asked, table) as (queue, table):
        if asked.blind is not None:
            queue.set_blind(asked.blind)
        _serve(queue, asked, settings, table)


def _serve(queue: Queue, asked: Asked, settings: Settings, table: TableRows) -> None:
    from extractor.curation.web.serve import address, listen, serve

    try:
        server = listen(asked.host, asked.port)
    except (OSError, OverflowError) as error:
        told = f"cannot listen on {asked.host} port {asked.port} ({error})"
        raise Refused(f"{told}; choose another with --port (0: any that is free)") from error
    url = address(settings, server)

    def ready() -> None:
        typer.echo(f"Reviewing {queue.path} at {url} (Ctrl-C ends it)")
        if asked.browser:
            webbrowser.open(url)

    with server, suppress(KeyboardInterrupt):
        serve(queue, settings, server, table, ready)


@contextmanager
def _opened(asked: Asked, table: TableRows) -> Iterator[tuple[Queue, TableRows]]:
    """The queue, and the rows that its proposals touch."""
    if asked.queue is not None:
        with open_queue(asked.queue) as queue:
            yield queue, table
        return
    with TemporaryDirectory(prefix="evmir-demo-") as folder, Queue(Path(folder) / "demo.queue") as queue:
        path = Path(folder) / "demo.tsv"
        _fill(queue, path, asked.table)
        yield queue, read_rows_by_id(path)


def _fill(queue: Queue, path: Path, table: Path | None) -> None:
    """What the demo states beyond a table, by default the seed review's; ``path`` gets a copy of it."""
    from extractor.cli.session import Session
    from extractor.cli.tables import valid
    from extractor.cli.work import extraction
    from extractor.curation.convert import import_table
    from extractor.curation.curated import table_bytes
    from extractor.curation.demo import fill_demo
    from extractor.curation.provenance import made_by

    rows = valid(table).rows if table else import_table(resource("gold", "table1.tsv"))
    path.write_bytes(table_bytes(rows))
    say("evmir: reading the demo corpus; this queue is gone when you stop")
    session = Session([str(resource("corpus", "demo") / "abstracts.jsonl")], jobs=1, quiet=False)
    fill_demo(queue, session.results(lambda: extraction(None, False, 0.0)), rows, made_by(None))


def open_queue(path: Path) -> Queue:
    """A queue that exists. Raises Refused."""
    try:
        return Queue(path, create=False)
    except QueueError as error:
        raise Refused(str(error)) from error


def copy_queue(path: Path, copy: Callable[[Queue], None], out: Path) -> None:
    """Writes a backup or an export of a queue and says where it is. Raises Refused."""
    with open_queue(path) as queue:
        try:
            copy(queue)
        except QueueError as error:
            raise Refused(str(error)) from error
        except OSError as error:
            raise Refused(f"cannot write {out}: {error.strerror or error}") from error
        typer.echo(f"{out}: {queue.count()} proposals, {len(queue.decisions())} decisions")
