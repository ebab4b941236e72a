"""Quality on the annotated abstracts: pairs and whole tuples, for the read and held-back parts and all.

Three tables on the 130 development abstracts (against both annotation passes; against the first; the second
pass against the first, which is what people reach), one on the three parts of ``gold/abstracts170.jsonl``.
The shipped models are trained on all of these but the held-back third: only its figures tell of unseen texts.

``python benchmarks/dev_scores.py [--pred FILE]``. The abstracts and annotations are not in this repository:
they lie in the folder that EVMIR_SHARED names (else ``shared`` beside the checkout), below ``data/``.
Exit status 2 without them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from extractor.evaluation import EvaluationInputError, Report, evaluate
from extractor.evaluation.scores import Counts
from extractor.evaluation.split import Part

PARTS: Final[tuple[Part, ...]] = ("read", "held-back", "all")
SOURCES: Final = ("dev.jsonl", "dev.ann.jsonl", "dev.ann2.jsonl", "unlabelled.jsonl")
SLOTS: Final = ("donor", "mirna", "recipient", "target")
GOLD: Final = Path(__file__).resolve().parents[1] / "gold"
FURTHER: Final = (GOLD / "abstracts170.jsonl", GOLD / "abstracts170.second.jsonl")
"""The two annotation passes."""
FURTHER_PARTS: Final = {f"part {n + 1}": slice(n, None, 3) for n in range(3)}
MEASURES: Final = (
    "miRNA",
    "donor-miRNA",
    "miRNA-recipient",
    "miRNA-target",
    "effect (miRNA-target)",
    "whole tuple",
    "document",
)


def main() -> int:
    """Extract (unless ``--pred`` is given), score against both passes and against the first alone, print."""
    options = _arguments()
    data = options.shared / "data"
    missing = [name for name in SOURCES if not (data / name).exists()]
    if missing:
        print(
            f"{data} lacks {', '.join(missing)}; set EVMIR_SHARED to the folder that holds data/",
            file=sys.stderr,
        )
        return 2
    try:
        return _run(options.pred, data)
    except (EvaluationInputError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _run(given: Path | None, data: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        pred = given or extract(data / "dev.jsonl", Path(folder) / "dev.pred.jsonl")
        both = {
            p: evaluate(data / "dev.ann.jsonl", pred, gold2=data / "dev.ann2.jsonl", only=p) for p in PARTS
        }
        first = {p: evaluate(data / "dev.ann.jsonl", pred, only=p) for p in PARTS}
        second = as_relations(data / "dev.ann2.jsonl", Path(folder) / "second.jsonl")
        agreement = {p: evaluate(data / "dev.ann.jsonl", second, only=p) for p in PARTS}
        further = _further(data / "unlabelled.jsonl", Path(folder))
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(table("Both annotation passes (what one alone states is left open)", both))
    console.print(table("First pass alone", first))
    console.print(table("Second pass against the first: how far people agree", agreement))
    console.print(table("170 further abstracts", further))
    return 0


def as_relations(annotations: Path, out: Path) -> Path:
    """Annotations as a file of relations, so that one annotation pass can be scored against another."""
    with annotations.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as relations:
        for record in map(json.loads, lines):
            for number, one in enumerate(record["tuples"]):
                slots = {s: {"text": one[s][0], "forms": one[s]} for s in SLOTS if one[s]}
                relation = {"relation_id": f"{record['pmid']}-{number}", "doc_id": record["pmid"], **slots}
                effect = one.get("effect") or "unknown"
                relations.write(json.dumps(relation | {"kind": "transfer", "effect": effect}) + "\n")
    return out


def _further(source: Path, folder: Path) -> dict[str, Report]:
    """The reports of the parts of the 170 further abstracts: every third line, against both passes."""
    pred = extract(source, folder / "further.pred.jsonl")
    reports = {}
    for part, rows in FURTHER_PARTS.items():
        passes = []
        for path in FURTHER:
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            passes.append(folder / f"{part}.{path.name}")
            passes[-1].write_text("".join(lines[rows]), encoding="utf-8")
        reports[part] = evaluate(passes[0], pred, gold2=passes[1])
    return reports


def _arguments() -> argparse.Namespace:
    shared = os.environ.get("EVMIR_SHARED") or Path(__file__).resolve().parents[2] / "shared"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(shared), help="folder that holds data/")
    parser.add_argument("--pred", type=Path, help="score this file instead of extracting")
    return parser.parse_args()


def extract(source: Path, out: Path) -> Path:
    """Run ``evmir extract`` and say how long it took. Raises CalledProcessError when it fails."""
    command = [str(Path(sys.executable).with_name("evmir")), "extract", str(source), "-o", str(out)]
    start = time.perf_counter()
    subprocess.run(command, check=True)
    print(f"extracted {source.name} in {time.perf_counter() - start:.1f} s", file=sys.stderr)
    return out


def table(name: str, reports: Mapping[Part, Report] | Mapping[str, Report]) -> Table:
    """One line a measure, P / R / F1 with TP, FP, FN for each part."""
    result = Table(title=name, title_justify="left", box=None, pad_edge=False)
    result.add_column("what is counted", no_wrap=True)
    for part, report in reports.items():
        result.add_column(f"{part} ({report.documents} documents)", no_wrap=True)
    for measure in MEASURES:
        result.add_row(measure, *cells(measure, reports.values()))
    return result


def cells(measure: str, reports: Iterable[Report]) -> list[str]:
    """``0.91 0.80 0.85  (80 TP, 8 FP, 20 FN)`` for each report."""
    counts = (next(s.counts for s in report.scores if s.measure == measure) for report in reports)
    return [_cell(count) for count in counts]


def _cell(counts: Counts) -> str:
    ratios = (counts.precision, counts.recall, counts.f1)
    shown = " ".join("  –  " if ratio is None else f"{ratio:.3f}" for ratio in ratios)
    return f"{shown}  ({counts.tp} TP, {counts.fp} FP, {counts.fn} FN)"


if __name__ == "__main__":
    sys.exit(main())
