"""Train the regressions that accept proposals, and show how good and how well calibrated they are.

    python benchmarks/train_models.py NETS            # cross-validate and report
    python benchmarks/train_models.py NETS --write    # and write extractor/rules/models.json
    python benchmarks/train_models.py NETS --table ev.tsv --abstracts read.jsonl  # and curators' decisions

NETS is the folder that ``models/training/roles/train.py`` filled. Five logistic regressions, each trained
with the ones before it in place: donor, recipient and target of a miRNA, whether vesicles carry it, and
whether a whole relation is right. Needs the annotated abstracts of ../shared (or EVMIR_SHARED). The held-back
third of the development set is never trained on. The scores of all other texts are cross-validated: what
judges a fold was not trained on it (``training.py`` tells what remains). With ``--table`` the decisions
that `evmir table merge` put beside a table are labels of whole relations as well, for the papers in
``--abstracts``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from annotated import PARAGRAPHS, RECAST, SHARED, TWINS, right
from dev_scores import FURTHER, MEASURES
from fitting import ROLES, Examples, Fitted, Numbers, fit_one
from reliability import diagram
from training import FOLDS, FOR_CONFIDENCE, MADE_UP, NET_FOLDS, Text, analysed, fit, texts

from extractor.curation.labels import labels_of
from extractor.curation.proposals import proposal_id
from extractor.evaluation import evaluate
from extractor.evaluation.split import Part
from extractor.pipeline import Extractor, build_pipeline
from extractor.readers import read_documents
from extractor.relations import role_net
from extractor.relations.logistic import Features, Models
from extractor.rules.loader import RULES
from extractor.types import Relation

Verdict = Callable[[dict[str, Any]], bool | None]
"""Whether a relation record is right; None where nobody has said."""
UNWEIGHED = {"threshold": 0.0, "weights": {"bias": 0.0}}


class Watching(Models):
    """Keeps the features of every relation that is weighed, in order."""

    def __init__(self, models: Models) -> None:
        super().__init__(models.dense, models.nets)
        object.__setattr__(self, "seen", [])

    def probability(self, model: str, features: Features) -> float:
        if model == "relation":
            self.seen.append(features)  # type: ignore[attr-defined]
        return super().probability(model, features)

    def take(self) -> list[Features]:
        """What was seen since the last time."""
        seen: list[Features] = [*self.seen]  # type: ignore[attr-defined]
        self.seen.clear()  # type: ignore[attr-defined]
        return seen


class Trainer:
    """The texts and the networks; trains, and judges each text with models that have not seen it."""

    def __init__(self, found: Sequence[Text], decided: Sequence[Text], nets: Path) -> None:
        self.learn = [t for t in found if t.part not in ("held-back", FOR_CONFIDENCE)]
        self.judged_only = [t for t in found if t.part == FOR_CONFIDENCE]
        self.decided = decided
        """Papers of which curators judged relations, not the fillers of each role."""
        self._nets = [role_net.load(nets, f"-fold{fold}") for fold in range(NET_FOLDS)]
        self._whole = role_net.load(nets)

    def models(self, away: int | None) -> tuple[Models, dict[str, Fitted]]:
        """All regressions but the confidence from the texts outside of a fold, and the whole networks."""
        fitted = fit([t for t in self.learn if t.fold != away], self._nets)
        dense: dict[str, Any] = {name: f.model for name, f in fitted.items()} | {"relation": UNWEIGHED}
        return Models(dense, self._whole), fitted

    def judged(self) -> Iterator[tuple[Text, tuple[Relation, ...], list[Features]]]:
        """Every text that is not held back, its relations, and their features."""
        for fold in range(FOLDS):
            models = self.models(fold)[0]
            watching = [Watching(replace(models, nets=nets)) for nets in self._nets]
            for text in (*self.learn, *self.judged_only, *self.decided):
                if text.fold == fold:
                    unseen = watching[text.net_fold]
                    yield text, text.relations(unseen), unseen.take()


def judged_relations(
    trainer: Trainer, verdicts: Mapping[str, Verdict]
) -> tuple[Examples, dict[str, list[Any]]]:
    """Examples for the confidence, and the cross-validated relations by document."""
    examples, found = Examples(), {}
    for text, relations, features in trainer.judged():
        found[text.document.doc_id] = [r.to_record() for r in relations]
        verdict = verdicts.get(text.document.doc_id, lambda r, t=text: right(r, t.gold))
        for record, row in zip(found[text.document.doc_id], features, strict=True):
            told = verdict(record)
            if told is not None:
                examples.add(row, told, text)
    return examples, found


def curated(extractor: Extractor, table: Path, abstracts: Path) -> tuple[list[Text], dict[str, Verdict]]:
    """The papers of which curators decided something."""
    labels = labels_of(table)
    found = [analysed(extractor, document, [], "read") for document in read_documents([abstracts])]
    return found, {t.document.doc_id: lambda record: labels.get(proposal_id(record)) for t in found}


def report(fitted: Fitted, name: str) -> None:
    examples, y = fitted.examples, np.array(fitted.examples.labels)
    parts = np.array([t.part for t in examples.texts])
    print(f"\n{name}: {len(y)} examples, {int(y.sum())} right; {lines_of(fitted)}")
    for part in sorted(set(parts)):
        chosen = parts == part
        p, told = fitted.unseen[chosen], y[chosen]
        print(f"  {part}, cross-validated: calibration error {calibration(p, told):.3f}")
        for line in (0.3, 0.5, 0.7):
            kept = p >= line
            hits = int((kept & told).sum())
            print(
                f"    from {line:.1f}: {int(kept.sum())} taken, {hits / max(int(kept.sum()), 1):.3f} right, "
                f"{hits} of {int(told.sum())}"
            )
    strongest = sorted(fitted.model["weights"].items(), key=lambda w: -abs(w[1]))[:12]
    print("  " + ", ".join(f"{n} {v:+.2f}" for n, v in strongest))


def lines_of(fitted: Fitted) -> str:
    return ", ".join(f"{k} {v:.2f}" for k, v in fitted.model.items() if k != "weights")


def calibration(predicted: Numbers, y: Any) -> float:
    """Expected calibration error over 10 bins."""
    bins: dict[int, list[int]] = defaultdict(list)
    for index, p in enumerate(predicted):
        bins[min(int(p * 10), 9)].append(index)
    return sum(
        len(chosen) / len(y) * abs(float(predicted[chosen].mean()) - float(y[chosen].mean()))
        for chosen in bins.values()
    )


def scores(found: Mapping[str, list[Any]]) -> None:
    """F1 of relations that were judged by models that had not seen their text."""
    dev, second = SHARED / "dev.ann.jsonl", SHARED / "dev.ann2.jsonl"
    rows: list[tuple[str, Path, Path | None, Part]] = [
        *((f"dev, {part}", dev, second, part) for part in ("read", "held-back", "all")),
        ("170", *FURTHER, "all"),
        ("paragraphs", PARAGRAPHS, None, "all"),
        ("twins", TWINS, None, "all"),
        ("recast", RECAST, None, "all"),
    ]
    print("\nF1, cross-validated (held-back: never trained on)")
    print(" " * 16 + "".join(f"{m:>23}" for m in MEASURES))
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "pred.jsonl"
        pred.write_text("".join(json.dumps(r) + "\n" for rs in found.values() for r in rs), encoding="utf-8")
        for name, gold, gold2, part in rows:
            told = evaluate(gold, pred, gold2=gold2, only=part)
            by_name = {s.measure: s.counts.f1 or 0.0 for s in told.scores}
            print(f"{name:16}" + "".join(f"{by_name[m]:23.3f}" for m in MEASURES))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("nets", type=Path, help="the folder that models/training/roles/train.py filled")
    parser.add_argument("--write", action="store_true", help="write extractor/rules/models.json")
    parser.add_argument("--diagram", type=Path, help="write how sure and how right relations are, as SVG")
    parser.add_argument("--table", type=Path, help="a curated table with its decisions beside it")
    parser.add_argument("--abstracts", type=Path, help="the papers that were decided on")
    options = parser.parse_args()
    if (options.table is None) != (options.abstracts is None):
        parser.error("--table and --abstracts go together")
    extractor = build_pipeline()
    found = [*texts(extractor)]
    decided, verdicts = curated(extractor, options.table, options.abstracts) if options.table else ([], {})
    trainer = Trainer(found, decided, options.nets)
    models, fitted = trainer.models(None)
    examples, relations = judged_relations(trainer, verdicts)
    fitted["relation"] = fit_one("relation", examples)
    for name in (*ROLES, "carriage", "relation"):
        report(fitted[name], name)
    if options.diagram:
        real = [t.part not in MADE_UP for t in examples.texts]
        unseen = [p for p, kept in zip(fitted["relation"].unseen, real, strict=True) if kept]
        told = [y for y, kept in zip(examples.labels, real, strict=True) if kept]
        drawn = diagram("Relations of real texts, cross-validated", unseen, told)
        options.diagram.write_text(drawn, encoding="utf-8")
    for text in found:
        if text.part == "held-back":
            relations[text.document.doc_id] = [r.to_record() for r in text.relations(models)]
    scores(relations)
    if options.write:
        card = {
            "trained_on": Counter(t.part for t in (*trainer.learn, *trainer.judged_only)),
            "command": "python benchmarks/train_models.py NETS --write",
            "models": {name: f.model for name, f in fitted.items()},
        }
        (RULES / "models.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
