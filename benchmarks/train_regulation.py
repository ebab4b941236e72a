"""Train the weights that decide whether a sentence relates a miRNA and a gene, and show how well they do.

    python benchmarks/train_regulation.py            # cross-validate and report
    python benchmarks/train_regulation.py --write    # and write extractor/rules/regulation.json

Training material: the part of the SCAI training pairs that is read (two thirds, by the hash of the PMID), and
rounds 1 and 2 of ``gold/regulation_pairs.jsonl``, pairs of other abstracts annotated for this project. The
held-back third of the SCAI pairs and round 3 are only scored (round 3 helps to tell the direction, though).
Needs ../shared (or EVMIR_SHARED). Cross-validation is by document.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scai_corpus
from annotated import REPOSITORY, SHARED, lines
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import GroupKFold  # type: ignore[import-untyped]

from extractor.evaluation.split import held_back
from extractor.pipeline import Extractor, build_pipeline
from extractor.relations.analysis import analyse
from extractor.relations.given import with_given
from extractor.relations.pair_features import features
from extractor.relations.pair_view import Pair, PairView, pair_views
from extractor.rules.loader import RULES
from extractor.text import read_text
from extractor.types import Document, Mention

GOLD = REPOSITORY / "gold" / "regulation_pairs.jsonl"
RARE = 8
"""Features of fewer training pairs than this are left out; three times as many for pairs of roles."""
STRENGTH = 0.6
"""Inverse strength of the regularisation; 0.3 and 1 do as well."""
HARD = "round 3"
"""Sentences chosen for being crowded and uncertain; trained on, they made every other score worse."""
Floats = npt.NDArray[np.float64]
Model = Callable[[Sequence[dict[str, float]]], Floats]


@dataclass(frozen=True)
class Example:
    """A candidate pair with its features and what the annotators say."""

    source: str
    pmid: str
    sentence: str
    values: dict[str, float]
    related: bool
    upstream: bool


def views_of(extractor: Extractor, text: str, given: Sequence[Mention]) -> list[PairView]:
    """The views of a text's sentences with the given names in place of our own."""
    reading = read_text(Document("", text))
    found, abbreviations = extractor.mentions(reading.text)
    known = with_given(reading, found, given)
    done = analyse(reading, known, abbreviations, extractor.nlp)
    return pair_views(done.text, done.mentions, done.sentences, done.facts, done.parses)


def _at(
    views: Iterable[PairView], spans: tuple[tuple[int, int], tuple[int, int]]
) -> tuple[Pair, PairView] | None:
    """The pair with these places, and the view that holds it; None where a sentence ends between."""
    for view in views:
        for pair in view.pairs():
            if ((pair[0].start, pair[0].end), (pair[1].start, pair[1].end)) == spans:
                return pair, view
    return None


def scai_examples(extractor: Extractor) -> list[Example]:
    """The labelled pairs of the SCAI corpus, names given."""
    examples = []
    for gold in scai_corpus.sentences():
        views = views_of(extractor, gold.text, gold.mentions)
        for one in gold.pairs:
            found = _at(views, ((one.mirna.start, one.mirna.end), (one.gene.start, one.gene.end)))
            if found:
                values = features(*found)
                examples.append(Example("scai", gold.pmid, gold.text, values, one.related, one.upstream))
    return examples


def own_examples(extractor: Extractor) -> list[Example]:
    """The pairs annotated for this project; unclear ones are left out."""
    texts = {
        str(r["pmid"]): r["title"] + "\n" + r["abstract"] for r in lines(SHARED / "negatives_mirna.jsonl")
    }
    examples = []
    for record in lines(GOLD):
        text = texts[record["pmid"]]
        spans = {
            (label, *span)
            for pair in record["pairs"]
            for label, span in zip(("MIRNA", "GENE"), pair[:2], strict=True)
        }
        given = [Mention(label, a, b, text[a:b]) for label, a, b in sorted(spans, key=lambda s: s[1])]
        views = views_of(extractor, text, given)
        sentence = record["pmid"] + str(record["sentence"])
        for mirna, gene, said in record["pairs"]:
            found = _at(views, (tuple(mirna), tuple(gene)))
            if found and said != "unclear":
                label = (said != "none", said == "regulated by")
                examples.append(
                    Example(f"round {record['round']}", record["pmid"], sentence, features(*found), *label)
                )
    return examples


def train(examples: Sequence[Example], labels: Sequence[bool]) -> dict[str, float]:
    """Weights by feature name, and ``bias``."""
    counts = Counter(name for e in examples for name in e.values)
    names = sorted(n for n, c in counts.items() if c >= RARE * (3 if n.startswith("roles") else 1))
    x = np.array([[e.values.get(n, 0.0) for n in names] for e in examples])
    crowd = Counter(e.sentence for e in examples)
    weight = np.array([1 / crowd[e.sentence] for e in examples])  # every sentence counts the same
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(x, labels, sample_weight=weight)
    coefficients = map(float, model.coef_[0])
    return {"bias": float(model.intercept_[0]), **dict(zip(names, coefficients, strict=True))}


def apply(weights: dict[str, float], examples: Sequence[Example]) -> Floats:
    """The probability of each example."""
    totals = [weights["bias"] + sum(weights.get(n, 0.0) * v for n, v in e.values.items()) for e in examples]
    return np.asarray(1.0 / (1.0 + np.exp(-np.array(totals))))


def cross_validated(examples: Sequence[Example], labels: Sequence[bool], folds: int = 10) -> Floats:
    """The probability of each example from weights that have not seen its document."""
    found = np.zeros(len(examples))
    for learn, test in GroupKFold(folds).split(examples, groups=[e.pmid for e in examples]):
        weights = train([examples[i] for i in learn], [labels[i] for i in learn])
        found[test] = apply(weights, [examples[i] for i in test])
    return found


def shown(labels: Sequence[bool], found: Sequence[bool]) -> str:
    """Precision, recall and F1 with their counts."""
    tp = sum(a and b for a, b in zip(labels, found, strict=True))
    fp = sum(b and not a for a, b in zip(labels, found, strict=True))
    fn = sum(a and not b for a, b in zip(labels, found, strict=True))
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return f"P {p:.3f} R {r:.3f} F1 {2 * tp / max(1, 2 * tp + fp + fn):.3f}  ({tp} TP, {fp} FP, {fn} FN)"


def calibration(labels: Sequence[bool], found: Floats) -> float:
    """Expected calibration error over ten bins."""
    bins = defaultdict(list)
    for said, label in zip(found, labels, strict=True):
        bins[min(int(said * 10), 9)].append((float(said), label))
    gaps = [abs(sum(s for s, _ in b) - sum(y for _, y in b)) for b in bins.values()]
    return sum(gaps) / len(labels)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write extractor/rules/regulation.json")
    options = parser.parse_args()
    extractor = build_pipeline()
    scai, own = scai_examples(extractor), own_examples(extractor)
    unseen = [e for e in scai if held_back(e.pmid)]
    hard = [e for e in own if e.source == HARD]
    learnt = [e for e in scai + own if e not in unseen and e not in hard]
    labels = [e.related for e in learnt]
    found = cross_validated(learnt, labels)
    weights = train(learnt, labels)
    print(f"{len(learnt)} pairs of {len({e.pmid for e in learnt})} documents, {len(weights) - 1} features")
    for least in (0.4, 0.45, 0.5, 0.55, 0.6):
        print(f"threshold {least}")
        for source in ("scai", "round 1", "round 2"):
            rows = [i for i, e in enumerate(learnt) if e.source == source]
            said = shown([labels[i] for i in rows], list(found[rows] >= least))
            print(f"  {source:14s} cross-validated {said}")
        for name, rest in (("scai held-back", unseen), (HARD, hard)):
            said = shown([e.related for e in rest], list(apply(weights, rest) >= least))
            print(f"  {name:14s} only scored     {said}")
    print(f"expected calibration error, cross-validated: {calibration(labels, found):.3f}")
    related = [e for e in learnt + hard if e.related]
    upstream = [e.upstream for e in related]
    direction = cross_validated(related, upstream)
    for least in (0.3, 0.4, 0.5):
        said = shown(upstream, list(direction >= least))
        print(f"gene acts on miRNA, threshold {least}, cross-validated {said}")
    if options.write:
        card = {
            "trained_on": f"{len(learnt)} pairs of {len({e.pmid for e in learnt})} documents",
            "command": "python benchmarks/train_regulation.py --write",
            "threshold": 0.5,
            "related": _rounded(weights),
            "upstream": _rounded(train(related, upstream)),
        }
        (RULES / "regulation.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _rounded(weights: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in sorted(weights.items())}


if __name__ == "__main__":
    main()
