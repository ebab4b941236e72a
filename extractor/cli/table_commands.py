"""The commands that keep a curated table: ``evmir table ...`` and ``evmir update``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.ending import Refused, ending
from extractor.cli.fetching import Offline, StoreFolder
from extractor.cli.options import Jobs, Model, Quiet

TableFile = Annotated[
    Path, typer.Argument(metavar="TABLE", help="A curated table (.tsv).", show_default=False)
]
Atomic = Annotated[bool, typer.Option("--atomic", help="A line for each miRNA and target.")]

table = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The curated table.")


@table.command("import")
def table_import(
    printed: Annotated[Path, typer.Argument(metavar="PRINTED.tsv", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="TABLE.tsv", show_default=False)],
    references: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.tsv",
            help="Columns reference, pmid, pmcid, doi.",
            show_default="references.tsv beside PRINTED.tsv",
        ),
    ] = None,
) -> None:
    """Make a curated table of a printed one: a line for each miRNA and target, identifiers filled in.

    \b
    evmir table import gold/table1.tsv -o ev.tsv
    """
    with ending():
        from extractor.cli.tables import import_printed

        import_printed(printed, output, references)


@table.command("validate")
def table_validate(path: TableFile) -> None:
    """Check that every cell is well formed; each problem with its line, column, value and fix.

    JSON Lines into a pipe. Exit status: 0 valid, 1 problems, 2 unreadable.

    \b
    evmir table validate ev.tsv
    """
    with ending():
        from extractor.cli.tables import validate

        raise typer.Exit(validate(path))


@table.command("show")
def table_show(
    path: TableFile,
    rows: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Rows to show in full, with evidence.", show_default=False),
    ] = None,
    atomic: Atomic = False,
) -> None:
    """Show the table as a review prints it, or everything about some rows. JSON Lines into a pipe.

    \b
    evmir table show ev.tsv
    evmir table show ev.tsv 7.1 p3f0c21ab9e
    """
    with ending():
        from extractor.cli.tables import show

        show(path, rows or (), atomic)


@table.command("diff")
def table_diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", show_default=False)],
) -> None:
    """Tell which rows were added, removed or changed. Exit status: 0 equal, 1 different, 2 unreadable.

    \b
    evmir table diff before.tsv ev.tsv
    """
    with ending():
        from extractor.cli.tables import diff

        raise typer.Exit(diff(old, new))


@table.command("export")
def table_export(
    path: TableFile,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            help="Ends in .tsv, .xlsx, .md, .html, .docx or .jsonld.",
            show_default=False,
        ),
    ],
    title: Annotated[str | None, typer.Option(metavar="TEXT", show_default="the file's name")] = None,
    atomic: Atomic = False,
) -> None:
    """Write the table as people hand it around: one line for each finding of a paper.

    \b
    evmir table export ev.tsv -o table1.docx --title "miRNAs in EVs of the tumour microenvironment"
    evmir table export ev.tsv -o ev.xlsx
    """
    with ending():
        from extractor.cli.tables import export

        export(path, output, title, atomic)


@table.command("merge")
def table_merge(
    path: TableFile,
    queue: Annotated[Path, typer.Argument(metavar="QUEUE", help="With decisions.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT.tsv", help="Leave TABLE as it is.", show_default=False),
    ] = None,
) -> None:
    """Put decisions into the table: accepted proposals as rows, with what they rest on.

    TABLE.evidence.jsonl gets a line for each, TABLE.rejected.jsonl what was turned down. What a curator
    wrote by hand is not overwritten, and merging twice changes nothing.

    \b
    evmir table merge ev.tsv ev.queue.sqlite
    """
    with ending():
        from extractor.cli.tables import merge_queue

        merge_queue(path, queue, output)


def update(
    path: TableFile,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT", help="Files, folders or -, as for extract.", show_default=False),
    ] = None,
    query: Annotated[
        str, typer.Option(metavar="QUERY", help="Ask PubMed, as evmir fetch does.", show_default=False)
    ] = "",
    topic: Annotated[bool, typer.Option("--topic", help="In place of --query: miRNA and vesicles.")] = False,
    since: Annotated[
        str, typer.Option(metavar="DATE", help="Of the query, published then or later.", show_default=False)
    ] = "",
    most: Annotated[
        int | None, typer.Option("--max", min=1, metavar="N", help="Of the query, the newest.")
    ] = None,
    store: StoreFolder = None,
    offline: Offline = False,
    queue: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Made if there is none.", show_default="TABLE.queue.sqlite"),
    ] = None,
    digest: Annotated[
        list[Path] | None,
        typer.Option(metavar="OUT", help="Page (.html) or mail (.md) of what is new; may be repeated."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Also papers that were screened before.")] = False,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, metavar="X", help="Leave out what is below.")
    ] = 0.0,
    model: Model = None,
    jobs: Jobs = 1,
    quiet: Quiet = False,
) -> None:
    """Read papers, hold what they state against the table, and queue what is worth a decision.

    Nothing in the table changes. Each relation is a new row, new evidence for a row, a conflict with one,
    already there, or from a retracted paper. Papers that were screened before are not asked again.

    \b
    evmir update ev.tsv abstracts.jsonl
    evmir update ev.tsv new/ --digest week.html --digest week.md
    evmir update ev.tsv --topic --since 2025-06 --jobs 4
    """
    with ending():
        from extractor.cli.updating import Asked, Search
        from extractor.cli.updating import update as run
        from extractor.sources import TOPIC

        if topic and query:
            raise Refused("--topic is a query itself; leave out one of the two")
        if not (inputs or query.strip() or topic):
            raise Refused("name the papers to read: files, folders, - for standard input, --query or --topic")
        search = Search(TOPIC if topic else query.strip(), since, store, offline, most)
        digests = digest or ()
        asked = Asked(path, inputs or (), queue, digests, model, jobs, min_confidence, again, quiet, search)
        raise typer.Exit(run(asked))
