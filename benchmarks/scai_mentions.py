"""Mention scores of the miRNA and gene finders on the SCAI miRNA corpus (Bagewadi et al. 2014, CC BY-NC 3.0).

Run ``python benchmarks/scai_mentions.py [FILE.xml] [--errors]``. The corpus is not part of the project:
give its path, or set EVMIR_SHARED to the folder that holds ``data/scai``. Sentences of one abstract are
joined by a space, so that document context works as on abstracts. Offsets of the corpus are inclusive.

Two counts: *strict* wants equal spans; *span conventions* forgives what the two guidelines draw differently:
the corpus leaves out a star and the word cluster or family, and takes a whole list (miR-21 and 221) as one
mention where we mark each member.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from lxml import etree

from extractor.components.abbreviations import detector, find_abbreviations
from extractor.components.genes import find_genes
from extractor.components.mirna import find_mirnas
from extractor.types import Mention

Span = tuple[int, int]
Finder = Callable[[str], tuple[Mention, ...]]
TYPES = ("Genes/Proteins", "Specific_miRNAs")
_TRIM = re.compile(r"(?:\*|[\s-](?:mi(?:cro)?RNA )?(?:family|cluster|group|families|polycistron))$|s$", re.I)


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives, false negatives."""

    tp: int
    fp: int
    fn: int

    def __str__(self) -> str:
        precision = self.tp / max(1, self.tp + self.fp)
        recall = self.tp / max(1, self.tp + self.fn)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  (tp {self.tp}, fp {self.fp}, fn {self.fn})"


def documents(path: Path) -> Iterator[tuple[str, dict[str, set[Span]]]]:
    """Each abstract of the corpus with its gold spans by type, end exclusive."""
    for node in etree.parse(str(path)).getroot().iter("document"):
        text, gold = "", {kind: set[Span]() for kind in TYPES}
        for sentence in node.iter("sentence"):
            for entity in sentence.iter("entity"):
                start, end = (int(n) for n in entity.get("charOffset").split(",")[0].split("-"))
                if entity.get("type") in gold:
                    gold[entity.get("type")].add((len(text) + start, len(text) + end + 1))
            text += sentence.get("text") + " "
        yield text, gold


def strict(gold: set[Span], found: set[Span]) -> tuple[set[Span], set[Span]]:
    """(missed, extra) by equal spans."""
    return gold - found, found - gold


def _trimmed(text: str, span: Span) -> Span:
    while match := _TRIM.search(text[slice(*span)]):
        span = (span[0], span[0] + match.start())
    return span


def by_convention(text: str, gold: set[Span], found: set[Span]) -> tuple[set[Span], set[Span]]:
    """(missed, extra) where a gold list is met by its members, and stars and head words do not count."""
    wanted = {_trimmed(text, g) for g in gold}
    given = {_trimmed(text, f) for f in found}
    missed, extra = wanted - given, given - wanted
    for start, end in sorted(missed):
        inside = sorted(f for f in given if start <= f[0] and f[1] <= end)
        if inside and inside[0][0] == start and inside[-1][1] == end:
            missed.discard((start, end))
            extra -= set(inside)
    return missed, extra


def corpus_path() -> Path:
    """The corpus file below EVMIR_SHARED, or below the folder ``shared`` beside the repository."""
    shared = os.environ.get("EVMIR_SHARED") or Path(__file__).resolve().parents[2] / "shared"
    return Path(shared) / "data" / "scai" / "miRNA-Train-Corpus.xml"


def finder(kind: str) -> Finder:
    """The finder of one type; genes get the abbreviations that each abstract defines."""
    if kind == "Specific_miRNAs":
        return find_mirnas
    nlp = spacy.blank("en")
    detect = detector(nlp)
    return lambda text: find_genes(text, find_abbreviations(nlp(text), detect))


def score(path: Path, kind: str, errors: bool = False) -> tuple[Counts, Counts]:
    """(strict, by convention) counts over all gold mentions of one type."""
    find = finder(kind)
    totals = [[0, 0, 0], [0, 0, 0]]
    for text, gold in documents(path):
        found = {(m.start, m.end) for m in find(text)}
        results = (strict(gold[kind], found), by_convention(text, gold[kind], found))
        for total, (missed, extra) in zip(totals, results, strict=True):
            total[0] += len(gold[kind]) - len(missed)
            total[1] += len(extra)
            total[2] += len(missed)
        for mark, spans in zip("-+", results[1], strict=True):
            for a, b in sorted(spans) if errors else ():
                print(f"{mark} {text[max(0, a - 30) : a]}[[{text[a:b]}]]{text[b : b + 30]}")
    return Counts(*totals[0]), Counts(*totals[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("corpus", nargs="?", type=Path, default=corpus_path())
    parser.add_argument("--errors", action="store_true", help="print missed (-) and extra (+)")
    parser.add_argument("--type", choices=TYPES, action="append")
    options = parser.parse_args()
    if not options.corpus.is_file():
        parser.error(f"{options.corpus} is missing; give its path, or set EVMIR_SHARED")
    for kind in options.type or TYPES:
        exact, lenient = score(options.corpus, kind, options.errors)
        print(f"{kind}\n  strict            {exact}\n  span conventions  {lenient}")


if __name__ == "__main__":
    main()
