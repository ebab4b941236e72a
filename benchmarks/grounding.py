"""Grounding accuracy on ``gold/grounding.tsv``: ``python -m benchmarks.grounding``.

A row is right when the best concept is one of its CURIEs, or nothing was grounded and gold says
``none``. Wrong-but-confident: the answer is wrong and its score is at least 0.7.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.grounding import Context, Grounding, ground
from extractor.resources import resource


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row: its split and label, the decision, the accepted CURIEs."""

    split: str
    label: str
    decision: Grounding
    accepted: frozenset[str]

    @property
    def right(self) -> bool:
        best = self.decision.best
        return (best.curie if best else "none") in self.accepted

    @property
    def wrong_confident(self) -> bool:
        return not self.right and self.decision.confident


def outcomes() -> Iterator[Outcome]:
    """Ground every gold row with the abbreviations and species that its document gives."""
    with resource("gold", "grounding.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            pairs = [p.partition("=") for p in row["abbreviations"].split("; ") if "=" in p]
            species = tuple(filter(None, row["species"].split(",")))
            known = {short: long for short, _, long in pairs}
            context = Context(known, species, gene_cue=row["label"] == "GENE")
            decision = ground(row["form"], row["label"], context)
            yield Outcome(row["split"], row["label"], decision, frozenset(row["curie"].split("|")))


def main() -> int:
    """Print a line for every split and label, then every wrong row of the splits that may be read."""
    every = list(outcomes())
    counts: Counter[tuple[str, str, str]] = Counter()
    for o in every:
        for split in (o.split, "all"):
            counts[split, o.label, "n"] += 1
            counts[split, o.label, "right"] += o.right
            counts[split, o.label, "wrong_confident"] += o.wrong_confident
    for split, label in sorted({(s, k) for s, k, _ in counts}):
        n, right, bold = (counts[split, label, k] for k in ("n", "right", "wrong_confident"))
        print(f"{split:9} {label:6} {right:4}/{n:<4} = {right / n:.3f}  confident but wrong {bold / n:.3f}")
    for o in every:
        if not o.right and (o.split != "heldback" or "-v" in sys.argv):
            print(
                "wrong:",
                o.split,
                o.label,
                o.decision.text,
                o.decision.best,
                o.decision.score,
                sorted(o.accepted),
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
