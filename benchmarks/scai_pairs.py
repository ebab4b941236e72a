"""miRNA-gene pairs of the SCAI training corpus, the two names given: is the pair said to be related?

    python benchmarks/scai_pairs.py [--errors]

Needs ../shared (or EVMIR_SHARED). Sentences and labels are those of ``scai_train_rels.tsv`` (397 candidate
pairs); a pair counts as found when any target rule links the two names, denied links left out. The rules were
developed with an eye on these errors, so the score is a development score.
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

from annotated import SHARED

from extractor.mentions import find_mentions
from extractor.pipeline import Extractor, build_pipeline
from extractor.relations.anaphora import resolve_anaphora
from extractor.relations.frames import parse, read_frames
from extractor.relations.masking import mask
from extractor.relations.surface import RawFact, read_surface
from extractor.sentences import split_sentences
from extractor.types import Mention

KINDS = frozenset({"TARGETS", "CHANGES", "VIA", "SUPPORTS"})
MARK = re.compile(r"</?e[12]>")


def given(sentence: str, name: str, label: str) -> Mention:
    """The marked name ``e1`` or ``e2`` with its place in the unmarked sentence."""
    match = re.search(rf"<{name}>(.*?)</{name}>", sentence)
    if match is None:
        raise ValueError(f"no <{name}> in: {sentence[:80]}")
    start, text = len(MARK.sub("", sentence[: match.start()])), MARK.sub("", match.group(1))
    return Mention(label, start, start + len(text), text, text)


def facts_of(extractor: Extractor, text: str, names: tuple[Mention, Mention]) -> list[RawFact]:
    """All facts of the sentence, the two given names in place of what the finders say there."""
    others = [m for m in find_mentions(text) if all(m.end <= n.start or m.start >= n.end for n in names)]
    mentions = sorted([*others, *names], key=lambda m: m.start)
    sentences = [
        mask(text, start, end, [m for m in mentions if start <= m.start < end], index)
        for index, (start, end) in enumerate(split_sentences(text))
    ]
    resolve_anaphora(sentences)
    facts = [fact for sentence in sentences for fact in read_surface(sentence)]
    return facts + [f for s, doc in parse(sentences, extractor.nlp) for f in read_frames(s, doc)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", action="store_true", help="print the rules behind each error")
    options = parser.parse_args()
    extractor = build_pipeline()
    path: Path = SHARED / "scai" / "scai_train_rels.tsv"
    counts = {"TP": 0, "FP": 0, "FN": 0, "TN": 0}
    with path.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
            sentence = row["SENTENCE"]
            names = given(sentence, "e1", "MIRNA"), given(sentence, "e2", "GENE")
            rules = {
                f.rule
                for f in facts_of(extractor, MARK.sub("", sentence), names)
                if f.kind in KINDS and names[0] in f.left and names[1] in f.right and not f.negated
            }
            verdict = ("T" if bool(rules) == (row["REL_ENT"] != "NA") else "F") + ("P" if rules else "N")
            counts[verdict] += 1
            if options.errors and verdict[0] == "F":
                print(verdict, row["InteractionID"], sorted(rules))
    precision = counts["TP"] / (counts["TP"] + counts["FP"])
    recall = counts["TP"] / (counts["TP"] + counts["FN"])
    print(counts, f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}")


if __name__ == "__main__":
    main()
