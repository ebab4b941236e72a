"""Cell mentions on the AnatEM and CG test parts: exact and relaxed F1 of the cell finder.

    python benchmarks/cell_mentions.py [FOLDER WITH anatem_test.spacy, cg_test.spacy]

The folder defaults to ``train/ner`` in $EVMIR_SHARED or in ``shared`` beside the checkout. Exact: same
offsets. Relaxed: any overlap, each mention used once. The guidelines differ from ours: AnatEM marks a
bare "cell(s)" and leaves out state words, species and tissue words before the head; we keep them in the
span and pass over a bare "cells"; cancers are a class of their own there. So gold here is CELL alone, and
"head" compares only the ends of the spans, which hides most of the difference.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from extractor.components.cells import find_cells

Span = tuple[int, int]
Same = Callable[[Span, Span], bool]
MATCHES: dict[str, Same] = {
    "exact": lambda a, b: a == b,
    "head": lambda a, b: a[1] == b[1],
    "relaxed": lambda a, b: a[0] < b[1] and b[0] < a[1],
}


def counted(gold: list[Span], found: list[Span], same: Same) -> int:
    """How many found spans pair with a gold span of their own."""
    free = list(gold)
    hits = 0
    for span in found:
        partner = next((g for g in free if same(g, span)), None)
        if partner is not None:
            free.remove(partner)
            hits += 1
    return hits


def spans(path: Path) -> tuple[list[list[Span]], list[list[Span]]]:
    """Gold and found CELL spans of every document of a ``.spacy`` file."""
    gold, found = [], []
    for doc in DocBin().from_disk(path).get_docs(spacy.blank("en").vocab):
        gold.append([(e.start_char, e.end_char) for e in doc.ents if e.label_ == "CELL"])
        found.append([(m.start, m.end) for m in find_cells(doc.text, {}) if m.label == "CELL"])
    return gold, found


def main() -> int:
    """Print precision, recall and F1 of every way to match, for each file that is there."""
    shared = Path(os.environ.get("EVMIR_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "train" / "ner"
    for name in ("anatem_test", "cg_test"):
        path = folder / f"{name}.spacy"
        if not path.exists():
            print(f"{path} is not there: skipped")
            continue
        gold, found = spans(path)
        for title, same in MATCHES.items():
            hits = sum(counted(g, f, same) for g, f in zip(gold, found, strict=True))
            p, r = hits / max(1, sum(map(len, found))), hits / max(1, sum(map(len, gold)))
            print(f"{name:12} {title:8} P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
