"""Train the confidence weights, and show how well they are calibrated.

    python benchmarks/train_confidence.py            # cross-validate and report
    python benchmarks/train_confidence.py --write    # and write extractor/rules/confidence.json
    python benchmarks/train_confidence.py --table ev.tsv --abstracts read.jsonl  # and curators' decisions

With ``--table`` the decisions that `evmir table merge` put beside a table are labels as well, for the papers
in ``--abstracts``. Needs the annotated abstracts of ../shared (or EVMIR_SHARED). Cross-validation is by
document; the weights that are shipped are trained on everything.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import GroupKFold  # type: ignore[import-untyped]

from extractor.curation.labels import labels_of
from extractor.curation.proposals import proposal_id
from extractor.evaluation.matching import Kind, same_entity
from extractor.pipeline import Extractor, build_pipeline
from extractor.readers import read_documents
from extractor.relations import confidence, records
from extractor.relations.confidence import Parts, features
from extractor.rules.loader import RULES
from extractor.types import Document, Section

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("EVMIR_SHARED", REPOSITORY.parent / "shared")) / "data"
SETS = (
    ("dev.jsonl", SHARED / "dev.ann.jsonl"),
    ("unlabelled.jsonl", REPOSITORY / "gold" / "abstracts170.jsonl"),
)
SLOTS: tuple[tuple[str, Kind], ...] = (
    ("donor", "cell"),
    ("mirna", "mirna"),
    ("recipient", "cell"),
    ("target", "gene"),
)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        yield from map(json.loads, handle)


def right(record: dict[str, Any], gold: list[dict[str, Any]]) -> bool:
    """All four slots agree with one annotated tuple."""
    return any(all(_agrees(record[slot], tuple(t[slot]), kind) for slot, kind in SLOTS) for t in gold)


def _agrees(slot: dict[str, Any] | None, gold: tuple[str, ...], kind: Kind) -> bool:
    names = () if slot is None else tuple(n for n in (slot["text"], slot["name"], *slot["forms"]) if n)
    return not names and not gold if not names or not gold else same_entity(kind, gold, names)


Judge = Callable[[dict[str, Any]], bool | None]
"""Whether a relation record is right; None where nobody has said."""


def annotated() -> Iterator[tuple[Document, Judge]]:
    """The annotated abstracts."""
    for name, annotation in SETS:
        gold = {r["pmid"]: r["tuples"] for r in lines(annotation)}
        for record in lines(SHARED / name):
            text, title = record["title"] + "\n" + record["abstract"], len(record["title"])
            sections = (Section("title", 0, title), Section("abstract", title + 1, len(text)))
            yield Document(record["pmid"], text, sections), partial(right, gold=gold[record["pmid"]])


def curated(table: Path, abstracts: Path) -> Iterator[tuple[Document, Judge]]:
    """The papers of which curators decided something."""
    labels = labels_of(table)
    for document in read_documents([abstracts]):
        yield document, lambda record: labels.get(proposal_id(record))


def collect(
    extractor: Extractor, judged: Iterable[tuple[Document, Judge]]
) -> tuple[list[dict[str, float]], list[int], list[str]]:
    """Features, rightness and document of every relation that the extractor reports and somebody judged."""
    rows: list[dict[str, float]] = []
    seen: list[Parts] = []
    original = confidence.confidence

    def watched(parts: Parts) -> float:
        seen.append(parts)
        return original(parts)

    setattr(records, "confidence", watched)  # noqa: B010 - the one place where features and records meet
    labels, groups = [], []
    for document, judge in judged:
        seen.clear()
        found = [r for r in extractor.extract(document) if not r.negated]
        for parts, relation in zip(seen, found, strict=True):
            told = judge(relation.to_record())
            if told is not None:
                rows.append(features(parts))
                labels.append(int(told))
                groups.append(document.doc_id)
    return rows, labels, groups


def calibration(probabilities: npt.NDArray[np.float64], labels: npt.NDArray[np.int_]) -> float:
    """Expected calibration error over 10 bins, and the table."""
    bins: dict[int, list[int]] = defaultdict(list)
    for index, p in enumerate(probabilities):
        bins[min(int(p * 10), 9)].append(index)
    error = 0.0
    for number in sorted(bins):
        chosen = bins[number]
        said, was = float(probabilities[chosen].mean()), float(labels[chosen].mean())
        error += len(chosen) / len(labels) * abs(said - was)
        print(f"  said {said:.2f}  was {was:.2f}  n = {len(chosen)}")
    return error


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write extractor/rules/confidence.json")
    parser.add_argument("--table", type=Path, help="a curated table with its decisions beside it")
    parser.add_argument("--abstracts", type=Path, help="the papers that were decided on")
    options = parser.parse_args()
    if (options.table is None) != (options.abstracts is None):
        parser.error("--table and --abstracts go together")
    decided = curated(options.table, options.abstracts) if options.table else ()
    rows, labels, groups = collect(build_pipeline(), chain(annotated(), decided))
    names = sorted(rows[0])
    x, y = np.array([[row[n] for n in names] for row in rows]), np.array(labels)
    # a document with many relations counts as much as one with few
    weight = np.array([groups.count(g) ** -0.25 for g in groups])
    predicted = np.zeros(len(y))
    for train, test in GroupKFold(10).split(x, y, groups):
        model = LogisticRegression(C=0.1, max_iter=2000).fit(x[train], y[train], sample_weight=weight[train])
        predicted[test] = model.predict_proba(x[test])[:, 1]
    print(
        f"{len(y)} relations of {len(set(groups))} documents, {y.mean():.3f} right; "
        "cross-validated by document:"
    )
    print(f"expected calibration error {calibration(predicted, y):.3f}")
    for threshold in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = predicted >= threshold
        if kept.any():
            print(
                f"  threshold {threshold:.1f}: {kept.sum():3d} kept, {y[kept].mean():.3f} right, "
                f"{y[kept].sum()} found"
            )
    model = LogisticRegression(C=0.1, max_iter=2000).fit(x, y, sample_weight=weight)
    found = {"bias": float(model.intercept_[0]), **dict(zip(names, map(float, model.coef_[0]), strict=True))}
    for name, value in sorted(found.items(), key=lambda f: -abs(f[1])):
        print(f"  {name:24s}{value:+.2f}")
    if options.write:
        card = {
            "trained_on": f"{len(y)} relations of {len(set(groups))} annotated abstracts",
            "command": "python benchmarks/train_confidence.py --write",
            "weights": {n: round(v, 4) for n, v in found.items()},
        }
        (RULES / "confidence.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
