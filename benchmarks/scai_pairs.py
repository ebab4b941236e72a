"""miRNA-gene pairs of the SCAI training corpus: which of them does the extractor say are related?

    python benchmarks/scai_pairs.py [--part read|held-back|all] [--errors]

Two settings. *End to end*: the abstracts as text, our own names; every gold pair counts, also where a name
was missed, and so does every pair we report, also where gold has no such name. *Given names*: the sentences
of the labelled pairs (``scai_train_rels.tsv``, 397 candidates) with their names, as miRExplore is scored.

Two counts. *Mentions*: every pair of mentions by itself. *Names*: a sentence that says the same of the same
two names twice counts once. Denied pairs are reported by us but count as not related; the direction is left
out of account, as there. ``read`` pairs were trained on (train_regulation.py cross-validates them);
``held-back`` pairs were only scored. ``--errors`` prints the read part's. Needs ../shared (or EVMIR_SHARED).
"""

from __future__ import annotations

import argparse
from collections.abc import Hashable, Iterable, Iterator, Sequence

import scai_corpus
from scai_corpus import GoldPair, GoldText

from extractor.evaluation.split import in_part
from extractor.pipeline import Extractor, build_pipeline
from extractor.sentences import split_sentences
from extractor.types import Document, Mention, Regulation

Key = Hashable
Scored = tuple[set[Key], set[Key]]
"""What gold states, and what was found."""


def overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def met(found: Regulation, pairs: Sequence[GoldPair]) -> list[GoldPair]:
    """The gold pairs with the same two names; where there are none, those whose names overlap them."""
    here = (found.mirna.start, found.mirna.end, found.gene.start, found.gene.end)
    same = [p for p in pairs if (p.mirna.start, p.mirna.end, p.gene.start, p.gene.end) == here]
    return same or [p for p in pairs if overlap(found.mirna, p.mirna) and overlap(found.gene, p.gene)]


def told(extractor: Extractor, text: GoldText, given: bool) -> list[Regulation]:
    """The pairs that the extractor relates within a sentence."""
    found = extractor.regulations(Document(text.pmid, text.text), text.mentions if given else None)
    return [r for r in found if not r.negated and _one_sentence(r)]


def _one_sentence(found: Regulation) -> bool:
    """Both names stand in the sentence: the corpus does not label what a pronoun stands for."""
    return all(found.evidence.start <= m.start < found.evidence.end for m in (found.mirna, found.gene))


def by_mention(text: GoldText, found: Iterable[Regulation]) -> Scored:
    """Gold pairs by their ids; found ones by the gold pair that they meet, else by their places."""
    gold: set[Key] = {pair.id for pair in text.pairs if pair.related}
    hits: set[Key] = set()
    for one in found:
        ids = {pair.id for pair in met(one, text.pairs)}
        hits |= ids or {(text.pmid, one.mirna.start, one.gene.start)}
    return gold, hits


def by_name(text: GoldText, found: Iterable[Regulation]) -> Scored:
    """Pairs by sentence and names; a found name is called as gold calls what it meets."""
    bounds = split_sentences(text.text)
    names = text.mentions

    def called(mention: Mention) -> str:
        return next((n.text for n in names if overlap(n, mention)), mention.text).lower()

    def key(mirna: Mention, gene: Mention) -> Key:
        sentence = next((a for a, b in bounds if a <= mirna.start < b), -1)
        return text.pmid, text.text[sentence : sentence + 40], called(mirna), called(gene)

    gold: set[Key] = {key(p.mirna, p.gene) for p in text.pairs if p.related}
    return gold, {key(one.mirna, one.gene) for one in found}


def scores(runs: Iterable[Scored]) -> str:
    """Precision, recall and F1 over all texts."""
    gold: set[Key] = set()
    found: set[Key] = set()
    for wanted, hits in runs:
        gold |= wanted
        found |= hits
    right = len(gold & found)
    p, r = right / max(1, len(found)), right / max(1, len(gold))
    f1 = 2 * right / max(1, len(gold) + len(found))
    return f"P {p:.3f} R {r:.3f} F1 {f1:.3f}  ({right} TP, {len(found) - right} FP, {len(gold) - right} FN)"


def errors(text: GoldText, found: list[Regulation]) -> Iterator[str]:
    """The pairs that gold and the extractor see differently, with the rules behind each."""
    for pair in text.pairs:
        hits = [one for one in found if pair in met(one, text.pairs)]
        if pair.related != bool(hits):
            rules = [rule for one in hits for rule in one.evidence.rules]
            yield f"{'FP' if hits else 'FN'} {pair.id}: {pair.mirna.text} | {pair.gene.text} {rules}"
    for one in found:
        if not met(one, text.pairs):
            names = f"{one.mirna.text} | {one.gene.text}"
            yield f"FP {text.pmid}: {names} {one.evidence.rules} (no such gold names)"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=("read", "held-back", "all"), help="default: all three in turn")
    parser.add_argument("--errors", action="store_true", help="print the errors of the read part")
    options = parser.parse_args()
    extractor = build_pipeline()
    for name, texts, given in (
        ("end to end", scai_corpus.abstracts(), False),
        ("given names", scai_corpus.sentences(), True),
    ):
        runs = [(text, told(extractor, text, given)) for text in texts]
        for part in (options.part,) if options.part else ("read", "held-back", "all"):
            chosen = [(text, found) for text, found in runs if in_part(text.pmid, part)]
            print(f"{name:12s} {part:10s} mentions  {scores(by_mention(*c) for c in chosen)}")
            print(f"{name:12s} {part:10s} names     {scores(by_name(*c) for c in chosen)}")
        for text, found in runs if options.errors else ():
            for line in errors(text, found) if in_part(text.pmid, "read") else ():
                print(line)


if __name__ == "__main__":
    main()
