"""Evaluation and the demo: scores on the terminal and into files."""

from __future__ import annotations

import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from extractor.cli.ending import Refused
from extractor.cli.output import console, replacing
from extractor.cli.session import Session
from extractor.cli.work import extraction
from extractor.evaluation import EvaluationInputError, Report, evaluate, render_text, to_html, to_json
from extractor.evaluation.records import read_predictions
from extractor.evaluation.rejected import read_rejected, repeats
from extractor.evaluation.split import Part
from extractor.resources import resource
from extractor.types import Relation
from extractor.writers.jsonl import relation_lines
from extractor.writers.terminal import printable, show_relations


def score(gold: Path, pred: Path, *, gold2: Path | None, only: Part, lenient: bool) -> Report:
    """The report, printed as well. Raises Refused for files that cannot be scored."""
    try:
        report = evaluate(gold, pred, gold2=gold2, only=only, lenient=lenient)
    except EvaluationInputError as error:
        raise Refused(str(error)) from error
    console().print(render_text(report))
    return report


def write_reports(report: Report, json: Path | None, html: Path | None) -> None:
    """The report into the files that were asked for. Raises Refused where one cannot be written."""
    for path, render in ((json, to_json), (html, to_html)):
        if path is not None:
            with replacing(path) as stream:
                stream.write(render(report).encode("utf-8"))


def tell_repeats(rejected: Path, pred: Path, lenient: bool) -> None:
    """Prints how many rejected statements an extraction makes again, and which. Raises Refused."""
    try:
        found = repeats(read_rejected(rejected), read_predictions(pred), lenient)
    except EvaluationInputError as error:
        raise Refused(str(error)) from error
    told = f"{len(found.again)} of {found.asked} rejected statements about these documents are made again"
    console().print(Text(told))
    for entry in found.again:
        console().print(Text(printable(f"  {entry.doc_id}: {entry.show()}")), soft_wrap=True)


def run_demo(screen: Console) -> None:
    """The packaged texts as a table, then what their gold says about it."""
    demo = resource("corpus", "demo")
    session = Session([str(demo / "abstracts.jsonl")], jobs=1, quiet=False)
    results = session.results(lambda: extraction(None, False, 0.0))
    relations = [relation for _, found in results for relation in found]
    show_relations(relations, screen)
    screen.print(
        f"\n{len(relations)} relations in {session.documents} texts, which were written for this project: "
        "they show the tool, and their scores measure nothing about real abstracts.\n"
    )
    score_relations(relations, demo / "gold.jsonl")


def score_relations(relations: list[Relation], gold: Path) -> None:
    """Prints the scores of relations at hand."""
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "demo.jsonl"
        pred.write_bytes(b"".join(relation_lines(relations)))
        score(gold, pred, gold2=None, only="all", lenient=False)
