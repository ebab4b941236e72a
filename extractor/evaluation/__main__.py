"""``python -m extractor.evaluation GOLD PRED``: the scorer for development, with errors of the read part."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console

from extractor.evaluation.evaluate import Mistake, Report, evaluate
from extractor.evaluation.records import EvaluationInputError
from extractor.evaluation.report import render_text, to_html, to_json
from extractor.evaluation.split import held_back


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0, or 2 when a file cannot be used."""
    options = _parser().parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else 140)
    try:
        report = evaluate(
            options.gold, options.pred, gold2=options.gold2, only=options.only, lenient=options.lenient
        )
    except EvaluationInputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    console.print(render_text(report))
    for path, render in ((options.json, to_json), (options.report, to_html)):
        if path is not None:
            path.write_text(render(report), encoding="utf-8")
    for line in error_lines(report, options.errors):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m extractor.evaluation", description=__doc__)
    parser.add_argument("gold", type=Path, help="curated table (.tsv) or annotations (.jsonl)")
    parser.add_argument("pred", type=Path, help="relations (.jsonl or .tsv)")
    parser.add_argument("--gold2", type=Path, help="second annotation pass")
    parser.add_argument("--only", choices=("all", "read", "held-back"), default="all")
    parser.add_argument("--lenient", action="store_true", help="let miRNA arms differ")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="list errors of N documents (read part only)"
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--report", type=Path, help="HTML")
    return parser


def error_lines(report: Report, limit: int) -> list[str]:
    """The errors of the first ``limit`` documents that have some; a held-back document is never shown."""
    shown: dict[str, list[Mistake]] = {}
    for mistake in report.mistakes:
        if not held_back(mistake.doc_id) or report.table is not None:
            shown.setdefault(mistake.doc_id, []).append(mistake)
    lines: list[str] = []
    for doc_id in list(shown)[:limit]:
        lines.append(f"\n{doc_id or report.gold}")
        lines.extend(_line(mistake) for mistake in shown[doc_id])
    return lines


def _line(mistake: Mistake) -> str:
    head = f"  {mistake.kind:6} {mistake.entry.show()}"
    near = (
        f"\n         near {mistake.near.show()}  [differs: {', '.join(mistake.differs)}]"
        if mistake.near
        else ""
    )
    return head + near + "".join(f"\n         « {sentence}" for sentence in mistake.entry.evidence)


if __name__ == "__main__":
    sys.exit(main())
