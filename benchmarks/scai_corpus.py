"""The SCAI miRNA corpus (Bagewadi et al. 2014, CC BY-NC 3.0) with miRExplore's labels, for the benchmarks.

Neither is part of the project: both lie below ``data/scai`` of the folder that EVMIR_SHARED names.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotated import SHARED
from lxml import etree

from extractor.types import Mention

CORPUS = SHARED / "scai" / "miRNA-Train-Corpus.xml"
LABELS = SHARED / "scai" / "scai_train_rels.tsv"
_MARK = re.compile(r"</?e[12]>")
_PAIRS = "Specific_miRNAs-Genes/Proteins"


@dataclass(frozen=True)
class GoldPair:
    """A candidate pair of one sentence: is it said to be related, and does the gene act on the miRNA?"""

    id: str
    mirna: Mention
    gene: Mention
    related: bool
    upstream: bool


@dataclass(frozen=True)
class GoldText:
    """A text with its candidate pairs; offsets are the text's."""

    pmid: str
    text: str
    pairs: tuple[GoldPair, ...]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The given names, each once; of two that overlap the longer one."""
        names = {m for pair in self.pairs for m in (pair.mirna, pair.gene)}
        kept: list[Mention] = []
        for mention in sorted(names, key=lambda m: (m.start - m.end, m.start)):
            if all(mention.end <= k.start or mention.start >= k.end for k in kept):
                kept.append(mention)
        return tuple(sorted(kept, key=lambda m: m.start))


def _rows() -> Iterator[dict[str, str]]:
    with LABELS.open(encoding="utf-8") as handle:
        yield from csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def _pmids(corpus: Path = CORPUS) -> dict[str, str]:
    root = etree.parse(str(corpus)).getroot()
    return {node.get("id"): node.get("origId") for node in root.iter("document")}


def _given(sentence: str, name: str, label: str) -> Mention:
    """The marked name ``e1`` or ``e2`` with its place in the unmarked sentence."""
    match = re.search(rf"<{name}>(.*?)</{name}>", sentence)
    if match is None:
        raise ValueError(f"no <{name}> in: {sentence[:80]}")
    start, text = len(_MARK.sub("", sentence[: match.start()])), _MARK.sub("", match.group(1))
    return Mention(label, start, start + len(text), text)


def sentences() -> list[GoldText]:
    """The sentences of the 397 labelled pairs, with the two names of each as miRExplore gives them."""
    pairs: dict[tuple[str, str], list[GoldPair]] = defaultdict(list)
    for row in _rows():
        printed, said = row["SENTENCE"], row["REL_ENT"]
        pmid = _pmids()[row["InteractionID"].rsplit(".", 2)[0]]
        names = _given(printed, "e1", "MIRNA"), _given(printed, "e2", "GENE")
        gold = GoldPair(row["InteractionID"], *names, said != "NA", said == "GENE_MIR")
        pairs[pmid, _MARK.sub("", printed)].append(gold)
    return [GoldText(pmid, text, tuple(found)) for (pmid, text), found in pairs.items()]


def abstracts() -> list[GoldText]:
    """All 201 abstracts, their sentences in the printed order, with the candidate pairs that are labelled."""
    labels = {row["InteractionID"]: row["REL_ENT"] for row in _rows()}
    root = etree.parse(str(CORPUS)).getroot()
    return [_abstract(node, labels) for node in root.iter("document")]


def _order(sentence: etree._Element) -> int:
    return int((sentence.get("origId") or ".s999").rsplit(".s", 1)[1])


def _abstract(node: etree._Element, labels: dict[str, str]) -> GoldText:
    text, pairs = "", []
    for sentence in sorted(node.iter("sentence"), key=_order):
        names = {e.get("id"): e for e in sentence.iter("entity")}
        for pair in sentence.iter("pair"):
            if pair.get("type") == _PAIRS:
                said = labels[pair.get("id")]
                mirna, gene = (_mention(names[pair.get(k)], len(text)) for k in ("e1", "e2"))
                pairs.append(GoldPair(pair.get("id"), mirna, gene, said != "NA", said == "GENE_MIR"))
        text += sentence.get("text").rstrip() + " "
    return GoldText(node.get("origId"), text, tuple(pairs))


def _mention(entity: etree._Element, offset: int) -> Mention:
    start, last = (int(n) for n in entity.get("charOffset").split(",")[0].split("-"))
    label = "MIRNA" if "miRNA" in entity.get("type") else "GENE"
    return Mention(label, offset + start, offset + last + 1, entity.get("text"))
