"""The spaCy component ``evmir_biaffine``: sentence starts, tags and a dependency tree in one pass.

It reads token texts and white space only. Sentence starts that a ``Doc`` already has are kept, so a
caller who knows its sentences (or parses one at a time) decides. Weights lie in ``weights.npz``.
"""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.components.lexeme import describe
from extractor.components.network import Analysis, Floats, Ints, Network, Packing, start_scores

LONGEST: Final = 200
"""Tokens of a sentence; a longer one (a table, a reference list) is cut."""
CACHED_TYPES: Final = 100_000
FILES: Final = ("weights.npz", "words.txt", "labels.json")
Span = tuple[int, int, int]
"""A sentence: which Doc of the batch, its first word, the word after its last."""


@dataclass(frozen=True)
class Trained:
    """What training gives: the vocabulary, the names of tags and labels in row order, the weights."""

    words: Mapping[str, int]
    tags: Sequence[str]
    labels: Sequence[str]
    weights: Mapping[str, Floats]

    def to_parts(self) -> dict[str, bytes]:
        """The content of FILES; weights in half precision."""
        buffer = io.BytesIO()
        np.savez(buffer, **{k: v.astype(np.float16) for k, v in sorted(self.weights.items())})
        words = sorted(self.words, key=lambda word: self.words[word])
        names = json.dumps({"tags": list(self.tags), "labels": list(self.labels)}, indent=1)
        return dict(zip(FILES, (buffer.getvalue(), "\n".join(words).encode(), names.encode()), strict=True))

    @classmethod
    def from_parts(cls, parts: Mapping[str, bytes]) -> Trained:
        """The inverse of :meth:`to_parts`."""
        with np.load(io.BytesIO(parts["weights.npz"]), allow_pickle=False) as arrays:
            weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
        words = parts["words.txt"].decode("utf-8").split("\n")
        names = json.loads(parts["labels.json"])
        return cls({w: row for row, w in enumerate(words, start=1)}, names["tags"], names["labels"], weights)


class Types:
    """A cache: what the network makes of each word type before it sees a sentence."""

    def __init__(self, trained: Trained, network: Network) -> None:
        self.trained, self.network = trained, network
        self.row: dict[int, int] = {}
        self.vectors: Floats = np.zeros((1024, len(trained.weights["lexicon.mix.bias"])), dtype=np.float32)
        self.cues: Floats = np.zeros((1024, trained.weights["split.word"].shape[1]), dtype=np.float32)

    def rows(self, orths: Any, vocab: Vocab) -> Ints:
        """Rows of ``vectors`` and ``cues`` for the words; unseen types are computed together."""
        unique, inverse = np.unique(orths, return_inverse=True)
        self._learn([o for o in unique.tolist() if o not in self.row], vocab)
        found: Ints = np.array([self.row[o] for o in unique.tolist()], dtype=np.int64)[inverse]
        return found

    def _learn(self, orths: list[int], vocab: Vocab) -> None:
        if not orths:
            return
        lexemes = [describe(vocab.strings[o], self.trained.words) for o in orths]
        vectors = self.network.type_vectors(lexemes)
        first = len(self.row)
        self.row.update((orth, first + i) for i, orth in enumerate(orths))
        while len(self.row) > len(self.vectors):
            self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
            self.cues = np.concatenate([self.cues, np.zeros_like(self.cues)])
        self.vectors[first : len(self.row)] = vectors
        self.cues[first : len(self.row)] = vectors @ self.trained.weights["split.word"]


@dataclass(frozen=True)
class Words:
    """The tokens of a Doc that are not white space: their positions, type rows, space classes."""

    at: Ints
    types: Ints
    space: Ints
    starts: Ints | None
    """Where sentences start, as indices into ``at``, if the Doc said so."""
    breaks: Ints
    """Words after an empty line: a sentence starts there whatever the splitter thinks."""


class BiaffineParser:
    """Made by ``nlp.add_pipe("evmir_biaffine")`` and filled by ``from_disk`` or ``fill``."""

    def __init__(self, vocab: Vocab, name: str, batch_tokens: int) -> None:
        self.vocab, self.name, self.batch_tokens = vocab, name, batch_tokens
        self._types: Types | None = None

    def fill(self, trained: Trained) -> BiaffineParser:
        """Use these weights from now on."""
        self._types = Types(trained, Network(trained.weights, list(trained.labels).index("ROOT")))
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """The dependency labels, sorted; none before the parser is filled."""
        return tuple(sorted(self._types.trained.labels)) if self._types else ()

    def __call__(self, doc: Doc) -> Doc:
        self.annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Annotate Docs in batches: sentences of like length of all of them run together."""
        docs = iter(stream)
        while batch := list(itertools.islice(docs, batch_size)):
            self.annotate(batch)
            yield from batch

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Set sentence starts, tags, heads and labels. Raises RuntimeError when nothing was loaded."""
        types = self._filled()
        if len(types.row) > CACHED_TYPES:
            types = self._types = Types(types.trained, types.network)
        read = [_read(doc, types) for doc in docs]
        spans = [(d, a, b) for d, words in enumerate(read) for a, b in _sentences(words, types)]
        spans.sort(key=lambda span: (span[1] - span[2], span))
        results: list[list[tuple[int, Analysis]]] = [[] for _ in docs]
        for group in _grouped(spans, self.batch_tokens):
            for (d, a, _), analysis in zip(group, _analyse(read, group, types), strict=True):
                results[d].append((a, analysis))
        for doc, words, found in zip(docs, read, results, strict=True):
            _write(doc, words, found, types.trained)

    def _filled(self) -> Types:
        if self._types is None:
            raise RuntimeError(f"the parser {self.name!r} has no weights; load a trained pipeline")
        return self._types

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self._filled().trained.to_parts().items():
            (folder / name).write_bytes(content)

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> BiaffineParser:
        return self.fill(Trained.from_parts({name: (Path(path) / name).read_bytes() for name in FILES}))

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        parts = self._filled().trained.to_parts()
        sizes = json.dumps([len(parts[name]) for name in FILES]).encode()
        return sizes + b"\n" + b"".join(parts[name] for name in FILES)

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> BiaffineParser:
        sizes, body = data.split(b"\n", 1)
        edges = list(itertools.accumulate(json.loads(sizes), initial=0))
        spans = zip(FILES, edges[:-1], edges[1:], strict=True)
        return self.fill(Trained.from_parts({name: body[a:b] for name, a, b in spans}))


def _read(doc: Doc, types: Types) -> Words:
    blank = np.array([token.is_space for token in doc], dtype=bool)
    at = np.flatnonzero(~blank)
    after = doc.to_array("SPACY").astype(np.int64)
    after[:-1] |= blank[1:]
    after[blank] = 1  # a line end is a space to the word behind it
    before = np.concatenate([[1], after[:-1]])[: len(doc)]
    rows = types.rows(doc.to_array("ORTH")[at], doc.vocab)
    starts = None
    if doc.has_annotation("SENT_START"):
        starts = np.flatnonzero(doc.to_array("SENT_START")[at] == 1)
    gaps = [i + 1 for i in np.flatnonzero(blank) if doc[int(i)].text.count("\n") > 1]
    return Words(at, rows, (after + 2 * before)[at], starts, np.searchsorted(at, gaps))


def _sentences(words: Words, types: Types) -> Iterator[tuple[int, int]]:
    """Spans of words, none longer than LONGEST."""
    count = len(words.at)
    starts = words.starts
    if starts is None:
        scores = start_scores(types.cues[words.types], words.space, types.trained.weights)
        starts = np.concatenate([np.flatnonzero(scores > 0), words.breaks])
    edges = sorted({0, count, *starts.tolist()})
    for a, b in itertools.pairwise(edges):
        yield from ((i, min(i + LONGEST, b)) for i in range(a, b, LONGEST))


def _grouped(spans: Sequence[Span], tokens: int) -> Iterator[list[Span]]:
    """Runs of spans, longest first, of at most about ``tokens`` tokens with padding."""
    group: list[Span] = []
    for span in spans:
        if group and (len(group) + 1) * (group[0][2] - group[0][1]) > tokens:
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _analyse(read: Sequence[Words], group: Sequence[Span], types: Types) -> list[Analysis]:
    packing = Packing.of(np.array([b - a for _, a, b in group], dtype=np.int64))
    rows = np.zeros((len(group), int(packing.lengths[0])), dtype=np.int64)
    space = np.zeros_like(rows)
    for row, (d, a, b) in enumerate(group):
        rows[row, : b - a] = read[d].types[a:b]
        space[row, : b - a] = read[d].space[a:b]
    space[:, 0] |= 2  # a sentence start counts as preceded by a space, as in training
    packed = packing.sentence, packing.position
    return types.network.analyse(types.vectors[rows[packed]], space[packed], packing)


def _write(doc: Doc, words: Words, found: Sequence[tuple[int, Analysis]], trained: Trained) -> None:
    """Set the annotation; white space hangs on the word before it (or on the first word)."""
    if not len(doc):
        return
    add = doc.vocab.strings.add
    tag_ids = np.array([add(t) for t in trained.tags], dtype=np.uint64)
    label_ids = np.array([add(t) for t in trained.labels], dtype=np.uint64)
    position = np.arange(len(doc))
    heads = position.copy()
    tags = np.full(len(doc), add("_SP"), dtype=np.uint64)
    deps = np.full(len(doc), add("dep" if found else "ROOT"), dtype=np.uint64)
    if found:
        heads = words.at[np.maximum(np.searchsorted(words.at, position, side="right") - 1, 0)]
    for a, analysis in found:
        here = words.at[a : a + len(analysis.heads)]
        heads[here] = here[analysis.heads]
        tags[here], deps[here] = tag_ids[analysis.tags], label_ids[analysis.labels]
    offsets = (heads - position).astype(np.int64).view(np.uint64)
    columns: Any = np.stack([offsets, deps, tags], axis=1)
    doc.from_array(["HEAD", "DEP", "TAG"], columns)


@Language.factory(
    "evmir_biaffine",
    assigns=["token.tag", "token.dep", "token.head", "token.is_sent_start", "doc.sents"],
    default_config={"batch_tokens": 2000},
)
def make_biaffine(nlp: Language, name: str, batch_tokens: int) -> BiaffineParser:
    """The factory; ``batch_tokens`` bounds the memory of a batch."""
    return BiaffineParser(nlp.vocab, name, batch_tokens)
