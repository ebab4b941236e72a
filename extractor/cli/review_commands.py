"""The commands of the review queue: ``evmir review``, ``evmir queue backup`` and ``evmir queue export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.ending import ending

queue = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Copies of a review queue.")


def review(
    path: Annotated[
        Path | None, typer.Argument(metavar="QUEUE", help="What evmir update made.", show_default=False)
    ] = None,
    table: Annotated[Path | None, typer.Option(metavar="TABLE", help="Shows the rows touched.")] = None,
    curator: Annotated[str, typer.Option(metavar="NAME", help="Who decides.", show_default="asked")] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8765,
    host: Annotated[str, typer.Option(help="Another than this needs --token.")] = "127.0.0.1",
    token: Annotated[str, typer.Option(envvar="EVMIR_TOKEN", help="Secret to be let in.")] = "",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")] = True,
    blind: Annotated[
        bool | None,
        typer.Option("--blind/--no-blind", help="Two curators, each on their own.", show_default="as it was"),
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Try it with the texts of the demo.")] = False,
) -> None:
    """Decide on proposals in the browser: accept, reject with a reason, correct by selecting text.

    A local page for the keyboard, without any connection to the internet; docs/review.md shows it. Every
    decision is saved at once, and none is ever overwritten. Ctrl-C ends it.

    \b
    evmir review --demo
    evmir review vesicles.queue --table table.tsv --curator "Ada L."
    evmir review vesicles.queue --blind --no-browser --port 9000
    """
    with ending():
        from extractor.cli.reviewing import Asked, serve_queue

        serve_queue(Asked(path, table, curator, host, port, token, browser, blind, demo))


QueuePath = Annotated[Path, typer.Argument(metavar="QUEUE", show_default=False)]
CopyPath = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]


@queue.command("backup")
def queue_backup(path: QueuePath, out: CopyPath) -> None:
    """Copy a queue, also while it is in use; the copy is a queue itself.

    \b
    evmir queue backup vesicles.queue vesicles-monday.queue
    """
    with ending():
        from extractor.cli.reviewing import copy_queue

        copy_queue(path, lambda opened: opened.backup(out), out)


@queue.command("export")
def queue_export(path: QueuePath, out: CopyPath) -> None:
    """Write a queue's documents, proposals and decisions as JSON Lines.

    \b
    evmir queue export vesicles.queue vesicles.jsonl
    """
    with ending():
        from extractor.cli.reviewing import copy_queue

        copy_queue(path, lambda opened: opened.export(out), out)
