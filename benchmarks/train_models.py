"""Train the models that accept proposals, and show how good and how well calibrated they are.

    python benchmarks/train_models.py            # cross-validate and report
    python benchmarks/train_models.py --write    # and write extractor/rules/models.json
    python benchmarks/train_models.py --table ev.tsv --abstracts read.jsonl  # and curators' decisions

Five logistic regressions, each trained with the ones before it in place: donor, recipient and target of a
miRNA, whether vesicles carry it, and whether a whole relation is right. Needs the annotated abstracts of
../shared (or EVMIR_SHARED). The held-back third of the development set is never trained on: its scores are
only shown. Cross-validation is by document. With ``--table`` the decisions that `evmir table merge` put
beside a table are labels of whole relations as well, for the papers in ``--abstracts``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from annotated import Gold, documents, right
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import GroupKFold  # type: ignore[import-untyped]

from extractor.curation.labels import labels_of
from extractor.curation.proposals import proposal_id
from extractor.evaluation.matching import Kind, same_entity
from extractor.pipeline import Extractor, build_pipeline
from extractor.readers import read_documents
from extractor.relations import confidence, logistic, records
from extractor.relations.assembly import Filler
from extractor.relations.judging import Judge, Proposal
from extractor.relations.logistic import Features
from extractor.relations.scene import Scene
from extractor.rules.loader import RULES
from extractor.types import Document

THRESHOLDS: Final = {"donor": 0.45, "recipient": 0.4, "target": 0.45, "carriage": 0.33, "relation": 0.0}
"""From the cross-validated scores below, on the plateau of each."""
STRENGTH: Final = {"relation": 0.1}
OTHER_STRENGTH: Final = 0.3
"""Inverse regularisation: the smaller, the closer the weights stay to 0."""
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A miRNA of a document about vesicles, and the annotated tuples that it belongs to."""

    doc_id: str
    judge: Judge
    key: str
    gold: Gold
    carried: bool


@dataclass(frozen=True)
class Examples:
    """What one model learns from."""

    rows: list[Features]
    labels: list[bool]
    documents: list[str]
    missed: int = 0
    """Annotated pairs that no rule proposes; they count as missed."""


def cases(extractor: Extractor) -> Iterator[Case]:
    """The miRNAs of all documents, analysed once."""
    for document, gold, _ in documents():
        analysis = extractor.analyse(extractor.read(document))
        for finding in analysis.findings:
            if not records.about_vesicles(finding, analysis):
                continue
            judge = Judge(Scene(finding, analysis))
            for key, entity in finding.entities.by_key.items():
                if entity.label == "MIRNA":
                    names = (*entity.forms, *(m.name for m in entity.mentions))
                    mine = [t for t in gold if same_entity("mirna", tuple(t["mirna"]), names)]
                    yield Case(document.doc_id, judge, key, mine, key in finding.roles.carried)


def fits(filler: Filler, case: Case, slot: str, kind: Kind) -> bool:
    names = tuple({form for e in filler.entities for form in e.forms})
    return any(t[slot] and same_entity(kind, tuple(t[slot]), names) for t in case.gold)


def role_examples(
    found: Sequence[Case], propose: Callable[[Case], list[Proposal]], slot: str, kind: Kind
) -> Examples:
    """The proposals for one role of every miRNA that is annotated or that a rule puts into vesicles."""
    rows: list[Features] = []
    labels, ids, missed = [], [], 0
    for case in found:
        if not case.gold and not case.carried:
            continue
        proposals = propose(case)
        right = [fits(p.filler, case, slot, kind) for p in proposals]
        missed += max(len({t[slot][0] for t in case.gold if t[slot]}) - sum(right), 0)
        rows += [p.features for p in proposals]
        labels += right
        ids += [case.doc_id] * len(proposals)
    return Examples(rows, labels, ids, missed)


def carriage_examples(found: Sequence[Case]) -> Examples:
    rows = [c.judge.carriage(c.key, c.judge.cast(c.key)) for c in found]
    return Examples(rows, [bool(c.gold) for c in found], [c.doc_id for c in found])


Verdict = Callable[[dict[str, Any]], bool | None]
"""Whether a relation record is right; None where nobody has said."""


def annotated() -> Iterator[tuple[Document, Verdict]]:
    for document, gold, _ in documents():
        yield document, partial(right, gold=gold)


def curated(table: Path, abstracts: Path) -> Iterator[tuple[Document, Verdict]]:
    """The papers of which curators decided something."""
    labels = labels_of(table)
    for document in read_documents([abstracts]):
        yield document, lambda record: labels.get(proposal_id(record))


def relation_examples(extractor: Extractor, judged: Iterable[tuple[Document, Verdict]]) -> Examples:
    """Every relation that the extractor reports and somebody judged."""
    seen: list[Features] = []
    rows: list[Features] = []
    labels: list[bool] = []
    ids: list[str] = []
    original = confidence.confidence

    def watched(*parts: Any) -> float:
        seen.append(confidence.features(*parts))
        return original(*parts)

    setattr(records, "confidence", watched)  # noqa: B010 - the one place where features and records meet
    for document, verdict in judged:
        seen.clear()
        found = [r for r in extractor.extract(document) if not r.negated]
        for features, relation in zip(seen, found, strict=True):
            told = verdict(relation.to_record())
            if told is not None:
                rows.append(features)
                labels.append(told)
                ids.append(document.doc_id)
    setattr(records, "confidence", original)  # noqa: B010
    return Examples(rows, labels, ids)


def train(name: str, examples: Examples, held: frozenset[str]) -> dict[str, Any]:
    """Fit on everything but the held-back documents; print scores, calibration and the strongest weights."""
    names = sorted(examples.rows[0])
    x = np.array([[row[n] for n in names] for row in examples.rows])
    y, groups = np.array(examples.labels), np.array(examples.documents)
    size = Counter(examples.documents)
    # a document with many examples counts for more than one with few, but not in proportion
    weight = np.array([size[g] ** -0.5 for g in examples.documents])
    away = np.isin(groups, list(held))
    here = np.flatnonzero(~away)

    def fitted(chosen: npt.NDArray[np.intp]) -> Any:
        strength = STRENGTH.get(name, OTHER_STRENGTH)
        model = LogisticRegression(C=strength, max_iter=3000)
        return model.fit(x[chosen], y[chosen], sample_weight=weight[chosen])

    predicted = np.zeros(len(y))
    for learn, test in GroupKFold(10).split(x[here], y[here], groups[here]):
        predicted[here[test]] = fitted(here[learn]).predict_proba(x[here[test]])[:, 1]
    model = fitted(here)
    predicted[away] = model.predict_proba(x[away])[:, 1]
    found = {"bias": float(model.intercept_[0]), **dict(zip(names, map(float, model.coef_[0]), strict=True))}
    report(name, predicted, y, away, found, examples.missed)
    return {"threshold": THRESHOLDS[name], "weights": {n: round(v, 4) for n, v in found.items()}}


def report(
    name: str,
    predicted: Numbers,
    y: npt.NDArray[np.bool_],
    away: npt.NDArray[np.bool_],
    weights: dict[str, float],
    missed: int,
) -> None:
    print(f"\n{name}: {len(y)} examples, {y.sum()} right; {missed} annotated pairs that nothing proposes")
    for part, chosen in (("cross-validated", ~away), ("held-back, never trained on", away)):
        print(f"  {part}: calibration error {calibration(predicted[chosen], y[chosen]):.3f}")
        for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            kept = chosen & (predicted >= threshold)
            hits, all_right = int((kept & y).sum()), int((chosen & y).sum())
            precision = hits / kept.sum() if kept.any() else 1.0
            print(
                f"    from {threshold:.1f}: {kept.sum():3d} taken, {precision:.3f} right, "
                f"{hits} of {all_right}"
            )
    strongest = sorted(weights.items(), key=lambda w: -abs(w[1]))[:12]
    print("  " + ", ".join(f"{n} {v:+.2f}" for n, v in strongest))


def calibration(predicted: Numbers, y: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error over 10 bins."""
    bins: dict[int, list[int]] = defaultdict(list)
    for index, p in enumerate(predicted):
        bins[min(int(p * 10), 9)].append(index)
    return sum(
        len(chosen) / len(y) * abs(float(predicted[chosen].mean()) - float(y[chosen].mean()))
        for chosen in bins.values()
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write extractor/rules/models.json")
    parser.add_argument("--table", type=Path, help="a curated table with its decisions beside it")
    parser.add_argument("--abstracts", type=Path, help="the papers that were decided on")
    options = parser.parse_args()
    if (options.table is None) != (options.abstracts is None):
        parser.error("--table and --abstracts go together")
    extractor = build_pipeline()
    held = frozenset(d.doc_id for d, _, away in documents() if away)
    found = list(cases(extractor))
    models: dict[str, Any] = {}
    logistic.use(models)  # each model is trained on what the ones before it accept
    donors = role_examples(found, lambda c: c.judge.donors(c.key), "donor", "cell")
    models["donor"] = train("donor", donors, held)
    recipients = role_examples(
        found, lambda c: c.judge.recipients(c.key, c.judge.accepted_donors(c.key)), "recipient", "cell"
    )
    models["recipient"] = train("recipient", recipients, held)
    targets = role_examples(
        found,
        lambda c: c.judge.targets(
            c.key, donors := c.judge.accepted_donors(c.key), c.judge.accepted_recipients(c.key, donors)
        ),
        "target",
        "gene",
    )
    models["target"] = train("target", targets, held)
    models["carriage"] = train("carriage", carriage_examples(found), held)
    models["relation"] = {"threshold": 0.0, "weights": {"bias": 0.0}}
    decided = curated(options.table, options.abstracts) if options.table else ()
    relations = relation_examples(extractor, chain(annotated(), decided))
    models["relation"] = train("relation", relations, held)
    if options.write:
        card = {
            "trained_on": f"{len({c.doc_id for c in found} - held)} annotated abstracts",
            "command": "python benchmarks/train_models.py --write",
            "models": models,
        }
        (RULES / "models.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
