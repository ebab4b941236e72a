"""Abstracts a second over 1,000 abstracts; what the sentence filter saves and the context costs, as ratios.

    python benchmarks/speed.py

Needs ../shared (or EVMIR_SHARED): 300 abstracts on vesicles, 400 on miRNAs without, 300 on anything.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence

from train_confidence import SHARED, lines

from extractor import pipeline
from extractor.pipeline import Extractor, build_pipeline
from extractor.relations import frames
from extractor.text import read_text
from extractor.triage import may_transfer
from extractor.types import Document

REPEATS = 3
"""Of the faster of two that are compared closely, on a machine that does other things too."""
PARTS = (("dev", 130), ("unlabelled", 170), ("negatives_mirna", 400), ("background", 300))


def documents() -> list[Document]:
    """The abstracts, titles first."""
    records = [r for name, n in PARTS for r in itertools.islice(lines(SHARED / f"{name}.jsonl"), n)]
    return [Document(str(r["pmid"]), r["title"] + "\n" + r["abstract"]) for r in records]


def seconds(extractor: Extractor, texts: Sequence[Document]) -> float:
    """Wall time for all documents, one after another, in this process."""
    start = time.perf_counter()
    for text in texts:
        extractor.extract(text)
    return time.perf_counter() - start


def main() -> None:
    extractor, texts = build_pipeline(), documents()
    read = [t for t in texts if may_transfer(t.text)]
    extractor.extract(read[0])  # what is loaded and compiled once
    filtered = seconds(extractor, texts)
    context = pipeline.with_context
    setattr(pipeline, "with_context", lambda relations, *_: tuple(relations))  # noqa: B010 - for comparison
    bare = [seconds(extractor, read) for _ in range(REPEATS)]
    setattr(pipeline, "with_context", context)  # noqa: B010
    full = [seconds(extractor, read) for _ in range(REPEATS)]
    sentences = [s for t in read for s in extractor.analyse(read_text(t)).sentences]
    parsed = sum(frames.worth_parsing(s) for s in sentences)
    setattr(frames, "worth_parsing", lambda _: True)  # noqa: B010 - without the filter, for comparison
    everything = seconds(extractor, texts)
    rate = len(texts) / filtered
    print(f"{len(texts)} abstracts, {len(read)} pass the triage: {filtered:.1f} s, {rate:.1f} a second")
    print(f"with the context of relations {min(full) / min(bare):.3f} times as long as without")
    ratio = everything / filtered
    print(f"{parsed} of {len(sentences)} sentences parsed; all of them: {ratio:.2f} times as long")


if __name__ == "__main__":
    main()
