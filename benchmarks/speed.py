"""Abstracts a second over 1,000 abstracts; what the sentence filter saves and the context costs, as ratios.

    python benchmarks/speed.py

Needs ../shared (or EVMIR_SHARED): 300 abstracts on vesicles, 400 on miRNAs without, 300 on anything.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from typing import Any

from annotated import SHARED, lines

from extractor import pipeline
from extractor.context import with_context
from extractor.pipeline import Extractor, build_pipeline
from extractor.relations import frames
from extractor.text import read_text
from extractor.triage import may_transfer
from extractor.types import Document, Relation

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


def context_cost(extractor: Extractor, texts: Sequence[Document]) -> float:
    """The share of the context in the processor time, which other programs on the machine do not change."""
    spent = 0.0
    describe = with_context

    def timed(*given: Any) -> tuple[Relation, ...]:
        nonlocal spent
        start = time.process_time()
        described = describe(*given)
        spent += time.process_time() - start
        return described

    setattr(pipeline, "with_context", timed)  # noqa: B010 - only here
    start = time.process_time()
    for text in texts:
        extractor.extract(text)
    total = time.process_time() - start
    setattr(pipeline, "with_context", describe)  # noqa: B010
    return spent / total


def main() -> None:
    extractor, texts = build_pipeline(), documents()
    read = [t for t in texts if may_transfer(t.text)]
    extractor.extract(read[0])  # what is loaded and compiled once
    filtered = seconds(extractor, texts)
    costs = context_cost(extractor, read)
    sentences = [s for t in read for s in extractor.analyse(read_text(t)).sentences]
    parsed = sum(frames.worth_parsing(s) for s in sentences)
    setattr(frames, "worth_parsing", lambda _: True)  # noqa: B010 - without the filter, for comparison
    everything = seconds(extractor, texts)
    rate = len(texts) / filtered
    print(f"{len(texts)} abstracts, {len(read)} pass the triage: {filtered:.1f} s, {rate:.1f} a second")
    print(f"the context of relations takes {costs:.1%} of the processor time of the abstracts that pass")
    ratio = everything / filtered
    print(f"{parsed} of {len(sentences)} sentences parsed; all of them: {ratio:.2f} times as long")


if __name__ == "__main__":
    main()
