"""Converted sentences -> spaCy DocBins on scispaCy's tokens.

``python treebanks.py genia SD_CONLL IDS XML_FOLDER OUT.spacy [--merge | --ud]``,
``python treebanks.py craft SD_CONLL IDS CONLLU_FOLDER ARTICLES OUT.spacy``. Gold tokens that scispaCy's
tokenizer keeps together ("IL-2-induced") become one, with the head, tag and label of their head; --merge
does so for the GENIA training part. Its dev and test parts stay on gold tokens, and --ud takes the official
UD v1 trees for them as they are.
"""

from __future__ import annotations

import argparse
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from stanford2ud import Row, convert, read_conll

Tokens = tuple[list[str], list[bool]]
"""Words, and whether a space follows each."""


@dataclass(frozen=True)
class Parsed:
    """A sentence; heads count from 0, a root is its own head."""

    words: list[str]
    spaces: list[bool]
    tags: list[str]
    heads: list[int]
    labels: list[str]


def parsed(tokens: Tokens, rows: Sequence[Row]) -> Parsed:
    """Words as printed with the converted tree."""
    heads = [i if r[2] == 0 else r[2] - 1 for i, r in enumerate(rows)]
    labels = ["ROOT" if h == i else r[3] for i, (h, r) in enumerate(zip(heads, rows, strict=True))]
    return Parsed(*tokens, [r[1] for r in rows], heads, labels)


def is_tree(heads: Sequence[int]) -> bool:
    """One root and no cycle."""
    for node in range(len(heads)):
        for _ in heads:
            node = heads[node]
        if heads[node] != node:
            return False
    return sum(h == i for i, h in enumerate(heads)) == 1


def merged(sentence: Parsed, nlp: Language) -> Parsed:
    """Gold tokens within one token of the tokenizer joined; the sentence itself if that makes a cycle."""
    groups = _groups(sentence, nlp)
    new = {token: i for i, group in enumerate(groups) for token in group}
    chosen = [_head_of(sentence, group) for group in groups]
    heads = [new[sentence.heads[h]] for h in chosen]
    annotated = [_annotation(sentence, g, h) for g, h in zip(groups, chosen, strict=True)]
    labels = [
        "ROOT" if h == i else "dep" if a[1] == "ROOT" else a[1]
        for i, (h, a) in enumerate(zip(heads, annotated, strict=True))
    ]
    result = Parsed(
        ["".join(sentence.words[i] for i in group) for group in groups],
        [sentence.spaces[group[-1]] for group in groups],
        [a[0] for a in annotated],
        heads,
        labels,
    )
    return result if is_tree(heads) else sentence


def _groups(sentence: Parsed, nlp: Language) -> list[list[int]]:
    text, starts, ends = "", dict[int, int](), dict[int, int]()
    for i, (word, space) in enumerate(zip(sentence.words, sentence.spaces, strict=True)):
        starts[len(text)] = i
        ends[len(text) + len(word)] = i
        text += word + " " * space
    first = list(range(len(sentence.words)))
    for token in nlp.make_doc(text):
        a, b = starts.get(token.idx), ends.get(token.idx + len(token))
        if a is not None and b is not None and b > a:
            first[a : b + 1] = [a] * (b + 1 - a)
    found: dict[int, list[int]] = defaultdict(list)
    for i, group in enumerate(first):
        found[group].append(i)
    return list(found.values())


def _head_of(sentence: Parsed, group: list[int]) -> int:
    """The last token whose head lies outside the group, rather one with a real label."""
    inside = set(group)
    leaving = [i for i in group if sentence.heads[i] == i or sentence.heads[i] not in inside]
    return ([i for i in leaving if sentence.labels[i] not in ("dep", "punct")] or leaving)[-1]


def _annotation(sentence: Parsed, group: list[int], head: int) -> tuple[str, str]:
    tag, label, last = sentence.tags[head], sentence.labels[head], sentence.tags[group[-1]]
    if len(group) == 1:
        return tag, label
    if last in ("VBN", "VBG", "JJ") and label in ("amod", "dep", "compound", "acl", "nmod"):
        tag, label = "JJ", label if label == "acl" else "amod"
    return last if label == "dep" and last.startswith("NN") else tag, label


def genia_tokens(path: Path) -> Iterator[Tokens]:
    """Words and spaces of each sentence of an article, straight from its XML."""
    for sentence in ET.parse(path).getroot().iter("sentence"):
        words: list[str] = []
        spaces: list[bool] = []
        for node, text in _pieces(sentence):
            if node is None:
                if words and text and not text.strip():
                    spaces[-1] = True
            elif text.strip():
                if words and text[0].isspace():
                    spaces[-1] = True
                words.append(text.strip().replace(" ", ""))
                spaces.append(text[-1].isspace())
        if words:
            yield words, spaces


def _pieces(node: ET.Element) -> Iterator[tuple[ET.Element | None, str]]:
    """(token, its text) and (None, text between tokens), in order."""
    if node.tag == "tok":
        yield node, "".join(node.itertext())
        return
    yield None, node.text or ""
    for child in node:
        yield from _pieces(child)
        yield None, child.tail or ""


def genia(conll: Path, ids: Path, folder: Path, ud: bool) -> Iterator[list[Parsed]]:
    """The sentences of each article; ``ud`` when CONLL holds UD v1 already."""
    articles: dict[str, list[Parsed]] = {}
    tokens: dict[str, Iterator[Tokens]] = {}
    for pmid, rows in zip(ids.read_text(encoding="utf-8").split(), read_conll(conll), strict=True):
        if pmid not in tokens:
            tokens[pmid] = genia_tokens(folder / f"{pmid}.xml")
        found = next(tokens[pmid])
        if len(found[0]) == len(rows):
            articles.setdefault(pmid, []).append(parsed(found, rows if ud else convert(rows)))
    yield from articles.values()


def craft(conll: Path, ids: Path, folder: Path, wanted: Path) -> Iterator[list[Parsed]]:
    """The sentences of each paragraph of the wanted articles."""
    rows: dict[str, list[list[Row]]] = defaultdict(list)
    for name, sentence in zip(ids.read_text(encoding="utf-8").split(), read_conll(conll), strict=True):
        rows[name].append(sentence)
    for name in sorted(set(wanted.read_text(encoding="utf-8").split())):
        paragraph: list[Parsed] = []
        blocks = (folder / f"{name}.conllu").read_text(encoding="utf-8").strip().split("\n\n")
        for block, sentence in zip(blocks, rows[name], strict=True):
            lines = block.split("\n")
            if paragraph and any(line.startswith("# newpar") for line in lines):
                yield paragraph
                paragraph = []
            cells = [line.split("\t") for line in lines if not line.startswith("#")]
            spaces = ["SpaceAfter=No" not in c[9] for c in cells]
            if len(cells) == len(sentence):
                found = parsed(([c[1] for c in cells], [*spaces[:-1], True]), convert(sentence))
                if is_tree(found.heads):
                    paragraph.append(found)
        if paragraph:
            yield paragraph


def to_doc(sentences: Sequence[Parsed], nlp: Language) -> Doc:
    """One Doc of several sentences; a space follows each."""
    words, spaces, tags, heads, labels = [], [], [], [], []  # type: ignore[var-annotated]
    for s in sentences:
        heads += [len(words) + h for h in s.heads]
        words += s.words
        spaces += [*s.spaces[:-1], True]
        tags += s.tags
        labels += s.labels
    return Doc(nlp.vocab, words=words, spaces=spaces, tags=tags, heads=heads, deps=labels)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", choices=("genia", "craft"))
    parser.add_argument("paths", nargs="+", type=Path, help="see the usage above; the last one is written")
    parser.add_argument("--merge", action="store_true")
    parser.add_argument("--ud", action="store_true")
    options = parser.parse_args()
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    *paths, out = options.paths
    documents = genia(*paths, ud=options.ud) if options.corpus == "genia" else craft(*paths)
    merge = options.merge or options.corpus == "craft"
    docs = [to_doc([merged(s, nlp) if merge else s for s in document], nlp) for document in documents]
    DocBin(docs=docs).to_disk(out)
    print(f"{out.name}: {len(docs)} documents, {sum(map(len, docs))} tokens")


if __name__ == "__main__":
    main()
