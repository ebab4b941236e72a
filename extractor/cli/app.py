"""The commands. Each says what it takes and hands over; what is slow to import is imported inside."""

from __future__ import annotations

import signal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from extractor import __version__
from extractor.cli import fetching
from extractor.cli.ending import ending, say
from extractor.cli.lexicon_commands import lexicon
from extractor.cli.options import Extra, Inputs, Jobs, Label, Model, Out, Part, Quiet
from extractor.cli.output import Output, console
from extractor.cli.review_commands import queue, review
from extractor.cli.table_commands import table, update
from extractor.cli.work import hush_libraries

app = typer.Typer(
    name="evmir",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.add_typer(lexicon, name="lexicon")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"evmir {__version__}")
        raise typer.Exit


@app.callback()
def evmir(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Find in biomedical text which cells send which miRNA in extracellular vesicles to which cells,
    and what it acts on there.

    \b
    evmir demo                                  see it work on the texts that ship with it
    evmir extract abstracts.jsonl -o found.tsv  make a table from your own
    evmir COMMAND --help                        options and examples of a command
    """


@app.command(short_help="Write the relations that texts state, with the evidence.")
def extract(
    inputs: Inputs,
    output: Out = None,
    include: Annotated[
        list[Extra] | None,
        typer.Option(metavar="regulation", help="Also miRNA-gene regulation with no vesicle stated."),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, metavar="X", help="Leave out what is below.")
    ] = 0.0,
    model: Model = None,
    jobs: Jobs = 1,
    quiet: Quiet = False,
) -> None:
    """Write the donor-miRNA-recipient-target relations that texts state, with the evidence.

    OUT appears when all is done. It ends in .jsonl, .tsv, .csv or .xlsx, .parquet, .bioc.xml, .bioc.json,
    .brat.zip, .graphml, .cyjs, .ttl, .sssom.tsv, .md or .html. Without it: a table at a terminal, JSON
    Lines into a pipe. Exit status: 0 done, 1 done but some inputs were unreadable, 2 nothing could be done.

    \b
    evmir extract abstracts.jsonl
    evmir extract pubmed24n0001.xml.gz papers/ -o relations.tsv --jobs 4
    cat review.txt | evmir extract - --min-confidence 0.6 | jq -r '.mirna.text'
    evmir extract abstracts.csv -o all.jsonl --include regulation
    """
    with ending():
        from extractor.cli.session import Session
        from extractor.cli.work import extraction
        from extractor.writers import RELATION_WRITERS
        from extractor.writers.terminal import show_relations

        target = Output(output, inputs, RELATION_WRITERS, show_relations)
        session = Session(inputs, jobs, quiet)
        found = session.results(partial(extraction, model, bool(include), min_confidence))
        target.write(chain.from_iterable(relations for _, relations in found))
        raise typer.Exit(session.status)


@app.command(short_help="Write every mention with offsets and identifiers.")
def annotate(
    inputs: Inputs, output: Out = None, model: Model = None, jobs: Jobs = 1, quiet: Quiet = False
) -> None:
    """Write every mention of a miRNA, gene, cell, vesicle or phenotype, with offsets and identifiers.

    OUT ends in .jsonl, .bioc.xml, .bioc.json, .brat.zip, .pubtator or .sssom.tsv. Without it: coloured
    text at a terminal, JSON Lines into a pipe. Exit status as for extract.

    \b
    evmir annotate abstract.txt
    evmir annotate abstracts.jsonl -o mentions.bioc.xml
    """
    with ending():
        from extractor.cli.session import Session
        from extractor.cli.work import annotation
        from extractor.writers import ANNOTATION_WRITERS
        from extractor.writers.terminal import show_annotations

        target = Output(output, inputs, ANNOTATION_WRITERS, show_annotations)
        session = Session(inputs, jobs, quiet)
        target.write(session.results(partial(annotation, model)))
        raise typer.Exit(session.status)


@app.command(short_help="Score relations against gold.")
def evaluate(
    gold: Annotated[Path, typer.Option(help="Curated table (.tsv) or annotations (.jsonl).", metavar="GOLD")],
    pred: Annotated[Path, typer.Option(help="What evmir extract wrote.", metavar="PRED")],
    gold2: Annotated[
        Path | None, typer.Option(help="A second, independent annotation.", show_default=False)
    ] = None,
    only: Annotated[Part, typer.Option(help="Documents of a development set to score.")] = Part.all,
    lenient: Annotated[bool, typer.Option("--lenient", help="Let the arms -5p and -3p differ.")] = False,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="Also as JSON.")] = None,
    report: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Also as a page.")] = None,
    rejected: Annotated[
        Path | None, typer.Option(metavar="FILE.jsonl", help="What curators rejected: is it stated again?")
    ] = None,
) -> None:
    """Score relations against gold: precision, recall and F1 of slots, pairs and the whole tuple.

    Intervals are 95 % bootstrap. What was never a candidate counts as missed.

    \b
    evmir evaluate --gold gold/table1.tsv --pred review.tsv
    evmir evaluate --gold annotations.jsonl --pred found.jsonl --report report.html
    evmir evaluate --gold ev.tsv --pred found.jsonl --rejected ev.rejected.jsonl
    """
    with ending():
        from extractor.cli.scoring import score, tell_repeats, write_reports

        scored = score(gold, pred, gold2=gold2, only=only.value, lenient=lenient)
        write_reports(scored, json, report)
        if rejected is not None:
            tell_repeats(rejected, pred, lenient)


@app.command(short_help="Tell what a name stands for, and why.")
def lookup(
    names: Annotated[list[str], typer.Argument(metavar="NAME", show_default=False)],
    label: Annotated[
        Label | None, typer.Option(help="Look among these only.", show_default="miRNAs, genes and cells")
    ] = None,
    species: Annotated[
        str | None, typer.Option(metavar="NAME", help="What the text is about, e.g. mouse.")
    ] = None,
) -> None:
    """Tell which identifier each name would get, the other candidates, and why.

    A table at a terminal, JSON Lines into a pipe. Quote names of several words.

    \b
    evmir lookup miR-21-5p ZO-1 "bone marrow stromal cells"
    evmir lookup HCC --label CELL
    evmir lookup Tjp1 --species mouse
    """
    with ending():
        from extractor.cli.looking import look_up

        look_up(names, label.value if label else None, species)


@app.command(short_help="Check the names in a table.")
def lint(
    table: Annotated[
        Path,
        typer.Argument(metavar="TABLE", help="A curated table, or what extract wrote.", show_default=False),
    ],
    fix: Annotated[bool, typer.Option("--fix", help="Put in what is sure, and list each change.")] = False,
    notes: Annotated[
        bool, typer.Option("--notes", help="Also what is right but could be more exact.")
    ] = False,
) -> None:
    """Check the names in a table: miRNAs that do not exist, outdated symbols, vague cells.

    TABLE is .tsv or .csv, or what extract wrote. Findings go to the terminal, or into a pipe as JSON
    Lines. Nothing is changed without --fix, which rewrites the table and lists its changes in
    TABLE.changes.tsv.
    Exit status: 0 no error, 1 errors are left, 2 unreadable.

    \b
    evmir lint gold/table1.tsv
    evmir lint relations.tsv --fix
    """
    with ending():
        from extractor.cli.linting import lint_table

        raise typer.Exit(lint_table(table, fix, notes))


@app.command(short_help="See it work on the texts that ship with evmir.")
def demo() -> None:
    """Read the texts that ship with evmir, print the table and how it compares with their gold.

    The texts were written for this project about published findings: they show the tool, and their
    scores measure nothing about real abstracts.
    """
    with ending():
        from extractor.cli.scoring import run_demo

        run_demo(console())


@app.command(short_help="Write the tables that articles hold as rows.")
def tables(
    inputs: Inputs,
    output: Out = None,
    table: Annotated[str | None, typer.Option(metavar="LABEL", help="Only the tables called so.")] = None,
) -> None:
    """Write the tables that articles (JATS or HTML) hold as the rows of one tab-separated table.

    Cells that span rows or columns are repeated; each row tells the articles that it cites.
    Exit status as for extract; 2 where there is no table.

    \b
    evmir tables review.nxml --table "Table 1" -o rows.tsv
    evmir tables papers/ > all.tsv
    """
    with ending():
        from extractor.cli.article_tables import write_tables

        raise typer.Exit(write_tables(inputs, output, table))


app.command(short_help="Get abstracts and full texts from PubMed, PMC, Europe PMC.")(fetching.fetch)
app.command(short_help="Keep all of PubMed in a store.")(fetching.mirror)


@app.command(short_help="Write relations that extract wrote in another format.")
def convert(
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="What evmir extract wrote.", show_default=False)
    ],
    output: Annotated[
        Path | None,
        typer.Argument(
            metavar="OUT", help="File to write; its suffix tells the format.", show_default="standard output"
        ),
    ] = None,
) -> None:
    """Write relations that extract wrote in another format.

    IN ends in .jsonl, .tsv, .csv, .parquet, .xlsx, .bioc.xml, .bioc.json or .brat.zip; OUT as for extract.
    Each record gets its id anew from what it states, so the id of a row that was edited changes.

    \b
    evmir convert relations.jsonl relations.xlsx
    evmir convert checked.brat.zip checked.tsv
    evmir convert relations.parquet network.graphml
    """
    with ending():
        from extractor.cli.converting import convert_file

        convert_file(source, output)


app.command(short_help="Decide on proposals in the browser.")(review)
app.add_typer(queue, name="queue")
app.add_typer(table, name="table")
app.command(short_help="Hold new papers against a curated table.")(update)


def main() -> None:
    """The entry point of the command ``evmir``."""
    hush_libraries()
    signal.signal(signal.SIGTERM, _terminated)
    app(prog_name="evmir")


def _terminated(number: int, frame: object) -> None:
    """Leaves by an exception, so that unfinished files are removed on the way."""
    say("evmir: terminated")
    raise SystemExit(128 + number)
