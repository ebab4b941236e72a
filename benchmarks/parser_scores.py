"""Score parsers on the held-out treebanks: ``python benchmarks/parser_scores.py [PIPELINE ...]``.

A pipeline is ``embedded``, an installed package or a folder. Needs the treebanks of ``../shared/train``
(or $EVMIR_SHARED/train). Prints one Markdown table: tag accuracy, UAS and LAS without punctuation,
sentence F1, words/s, MB; then UAS per label. A pipeline with CLEAR labels is mapped to UD v1 first.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import spacy
from clear2ud import clear_to_ud
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from extractor.model import label_scheme, load_model

LABELS: Final = (
    "nsubj", "nsubjpass", "dobj", "nmod", "conj", "acl", "acl:relcl", "advcl", "amod", "compound", "appos",
)  # fmt: skip
SETS: Final = ("genia_test", "craft_test")


@dataclass(frozen=True)
class Arc:
    """A token with its head's offset (its own for a root), by character offsets."""

    start: int
    end: int
    tag: str
    head: int
    label: str


@dataclass(frozen=True)
class Score:
    tag: float
    uas: float
    las: float
    sentences: float
    per_label: dict[str, float]


def arcs(doc: Doc, clear: bool = False) -> list[Arc]:
    """The tokens of a Doc that are not white space, labels mapped to UD if ``clear``."""
    found: list[Arc] = []
    for sent in doc.sents:
        rows = [(t.text, t.tag_, t.head.i - sent.start, t.dep_) for t in sent]
        if clear:
            rows = clear_to_ud(rows)
        for token, (_, tag, head, label) in zip(sent, rows, strict=True):
            if not token.is_space:
                at = token.idx
                found.append(Arc(at, at + len(token), tag, sent[head].idx, label.lower()))
    return found


def score(pairs: Iterable[tuple[Doc, Doc]], clear: bool) -> Score:
    """(parsed, gold) -> scores; a gold token that the parse splits or joins counts as wrong."""
    hits: Counter[str] = Counter()
    for parsed, gold in pairs:
        by_start = {a.start: a for a in arcs(parsed, clear)}
        for g in arcs(gold):
            p = by_start.get(g.start)
            same = p is not None and p.end == g.end
            hits["tokens"] += 1
            hits["tag"] += same and p is not None and p.tag == g.tag
            if g.label != "punct":
                right = same and p is not None and p.head == g.head
                hits["scored"] += 1
                hits["n " + g.label] += 1
                hits["uas"] += right
                hits["u " + g.label] += right
                hits["las"] += right and p is not None and p.label == g.label
        ours, theirs = ({(s.start_char, s.end_char) for s in d.sents} for d in (parsed, gold))
        hits["both"] += len(ours & theirs)
        hits["sents"] += len(ours) + len(theirs)
    per = {x: hits["u " + x] / hits["n " + x] for x in LABELS if hits["n " + x]}
    n = hits["scored"]
    sentences = 2 * hits["both"] / hits["sents"]
    return Score(hits["tag"] / hits["tokens"], hits["uas"] / n, hits["las"] / n, sentences, per)


def parsing(nlp: Language) -> list[str]:
    """The pipes that are timed and scored: up to the parser, without NER and lemmatizer."""
    return [p for p in nlp.pipe_names if p not in ("ner", "lemmatizer", "attribute_ruler", "senter")]


def parse(nlp: Language, golds: Sequence[Doc], gold_tokens: bool, gold_sentences: bool) -> list[Doc]:
    """Fresh Docs of the same texts, parsed."""
    docs = []
    for gold in golds:
        if gold_tokens:
            doc = Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
            if gold_sentences:
                for token in gold:
                    doc[token.i].is_sent_start = bool(token.is_sent_start)
        else:
            doc = nlp.make_doc(gold.text)
        docs.append(doc)
    with nlp.select_pipes(enable=parsing(nlp)):
        return list(nlp.pipe(docs, batch_size=64))


def words_per_second(nlp: Language, texts: Sequence[str]) -> float:
    """Tokens a second from raw text to parsed Doc: the best of three runs, one process."""
    best = 0.0
    with nlp.select_pipes(enable=parsing(nlp)):
        for _ in range(3):
            began = time.perf_counter()
            count = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
            best = max(best, count / (time.perf_counter() - began))
    return best


def megabytes(nlp: Language) -> float:
    return sum(p.stat().st_size for p in Path(str(nlp.path)).rglob("*") if p.is_file()) / 1e6


def shared() -> Path:
    """The folder of development data, outside the project."""
    return Path(os.environ.get("EVMIR_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def speed_texts(count: int = 500) -> list[str]:
    path = shared() / "data" / "negatives_mirna.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()[:count]
    return [json.loads(line).get("text") or json.loads(line)["abstract"] for line in lines]


def report(name: str, nlp: Language, sets: Sequence[str]) -> None:
    clear = label_scheme(nlp) == "clear"
    speed, size = words_per_second(nlp, speed_texts()), megabytes(nlp)
    for set_name in sets:
        path = shared() / "train" / "treebank" / f"{set_name}.spacy"
        golds = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
        for mode, tokens, sents in (("raw text", False, False), ("gold tokens", True, False)):
            s = score(zip(parse(nlp, golds, tokens, sents), golds, strict=True), clear)
            cells = (s.tag, s.uas, s.las, s.sentences, *(s.per_label.get(x, 0.0) for x in LABELS))
            numbers = " | ".join(f"{100 * c:.1f}" for c in cells)
            print(f"| {name} | {set_name}, {mode} | {numbers} | {speed:,.0f} | {size:.1f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pipelines", nargs="*", default=["embedded"])
    parser.add_argument("--sets", nargs="*", default=list(SETS))
    options = parser.parse_args()
    print("| model | test | TAG | UAS | LAS | sent F | " + " | ".join(LABELS) + " | words/s | MB |")
    print("|" + "---|" * (8 + len(LABELS)))
    for name in options.pipelines:
        report(Path(name).name, load_model(None if name == "embedded" else name), options.sets)


if __name__ == "__main__":
    main()
