"""Which rules carry the score: for each rule, the right and wrong relations that rest on it, and who is idle.

    python benchmarks/rule_use.py [--without PREFIX ...]

Reads the annotated abstracts of ../shared (or EVMIR_SHARED) and those of gold/abstracts170.jsonl.
``--without`` leaves out all rules whose id starts with a prefix; ``dep.`` leaves out the parse.
"""

from __future__ import annotations

import argparse
from collections import Counter

from annotated import SETS, SHARED, lines, right
from spacy.tokens import Doc

from extractor.pipeline import Extractor, build_pipeline
from extractor.relations import analysis
from extractor.relations.frames import load_frames, read_frames
from extractor.relations.masking import MaskedSentence
from extractor.relations.surface import RawFact, load_rules, read_surface
from extractor.types import Document, Section


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--without", action="append", default=[], metavar="PREFIX")
    options = parser.parse_args()
    if options.without:
        _leave_out(tuple(options.without))
    good, bad, tuples = count(build_pipeline())
    found, wrong = good.pop("*"), bad.pop("*")
    print(
        f"tuples: {found} right, {wrong} wrong of {tuples} annotated: "
        f"precision {found / (found + wrong):.3f}, at most recall {found / tuples:.3f}"
    )
    print(f"{'rule':28s} right wrong share")
    for rule in sorted({*good, *bad}, key=lambda r: (-good[r] - bad[r], r)):
        share = good[rule] / (good[rule] + bad[rule])
        print(f"{rule:28s} {good[rule]:5d} {bad[rule]:5d} {share:5.2f}")
    every = {r.id for r in (*load_rules(), *load_rules("facts.yaml"))} | {f.id for f in load_frames()}
    print("never in a relation:", ", ".join(sorted(every - {*good, *bad})))


def count(extractor: Extractor) -> tuple[Counter[str], Counter[str], int]:
    """Right and wrong relations by rule (``*`` for all), and the number of annotated tuples."""
    good: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    tuples = 0
    for name, annotated in SETS:
        gold = {r["pmid"]: r["tuples"] for r in lines(annotated)}
        tuples += sum(map(len, gold.values()))
        for record in lines(SHARED / name):
            text, title = record["title"] + "\n" + record["abstract"], len(record["title"])
            sections = (Section("title", 0, title), Section("abstract", title + 1, len(text)))
            for relation in extractor.extract(Document(record["pmid"], text, sections)):
                counter = good if right(relation.to_record(), gold[record["pmid"]]) else bad
                counter.update({"*", *(rule for e in relation.evidence for rule in e.rules)})
    return good, bad, tuples


def _leave_out(prefixes: tuple[str, ...]) -> None:
    def fewer_surface(sentence: MaskedSentence) -> list[RawFact]:
        return [f for f in read_surface(sentence) if not f.rule.startswith(prefixes)]

    def fewer_frames(sentence: MaskedSentence, doc: Doc) -> list[RawFact]:
        return [f for f in read_frames(sentence, doc) if not f.rule.startswith(prefixes)]

    setattr(analysis, "read_surface", fewer_surface)  # noqa: B010 - an ablation, not an interface
    setattr(analysis, "read_frames", fewer_frames)  # noqa: B010


if __name__ == "__main__":
    main()
