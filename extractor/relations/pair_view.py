"""One sentence as the decision on miRNA-gene pairs sees it: names in their places, facts, parse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractor.relations.anaphora import resolve_anaphora
from extractor.relations.masking import MARK, MaskedSentence, mask
from extractor.relations.surface import RawFact, merge_lists
from extractor.types import Mention

LINKS = frozenset({"TARGETS", "VIA", "SUPPORTS", "CHANGES"})
"""Facts between a miRNA and a gene."""
Pair = tuple[Mention, Mention]
"""A miRNA and a gene."""
Span = tuple[int, int]
_NAMELESS = re.compile(r"\s?\((?:[^()<]|<(?![A-Z]\d))*\)|\s?\[(?:[^\[\]<])*\]")
_FORM = re.compile(r"\b(?:pre|pri)-(?=<M)", re.I)
"""A precursor's prefix: it would keep lists of names apart."""
_EXCEPT = re.compile(r"\bbut not\b", re.I)
"""Not a list: it is said of the one and denied of the other."""
_UNLIKE = re.compile(
    r"(\b(?:unlike|in contrast to|contrary to|as opposed to)(?: [\w-]+){0,4} <[GM]\d+>(?: [\w-]+)?),", re.I
)
"""The comma behind a comparison opens no list: "unlike KLF4, SOX2 was not regulated"."""
_OTHER_NAME = re.compile(r"<([GM])(\d+)> ?\d? ?[(\[]<\1(\d+)>[)\]]")


@dataclass
class PairView:
    """A sentence with what is needed to judge its miRNA-gene pairs."""

    index: int
    text: str
    """The sentence with its names as marks, lists taken together, nothing else shortened."""
    places: Mapping[Mention, Span]
    """Where the mark of each mention stands in ``text``; a pronoun's mark stands for what it points to."""
    tokens: Mapping[Mention, Token]
    """The token of each mention in the parse of the shortened sentence; swallowed names have none."""
    facts: Sequence[RawFact] = ()

    def pairs(self) -> Iterator[Pair]:
        """Every miRNA with every gene of the sentence, in the order of the text."""
        genes = [m for m in self.places if m.label == "GENE"]
        return ((m, g) for m in self.places if m.label == "MIRNA" for g in genes)

    def gap(self, pair: Pair) -> int:
        """Characters of ``text`` between the two names."""
        first, second = sorted(self.places[m] for m in pair)
        return second[0] - first[1]

    def listed_apart(self, pair: Pair) -> bool:
        """ "A and B are targets of miR-1 and miR-2, respectively": A and miR-2 are no pair."""
        lists = [[m for m, place in self.places.items() if place == self.places[name]] for name in pair]
        if "respectively" not in self.text or len(lists[0]) != len(lists[1]) or len(lists[0]) < 2:
            return False
        return lists[0].index(pair[0]) != lists[1].index(pair[1])


def pair_views(
    text: str,
    mentions: Sequence[Mention],
    sentences: Sequence[MaskedSentence],
    facts: Sequence[RawFact],
    parses: Mapping[int, Doc],
) -> list[PairView]:
    """The views of the sentences that name a miRNA and a gene; ``sentences`` are shortened by the rules."""
    plain = []
    for sentence in sentences:
        inside = [m for m in mentions if sentence.start <= m.start < sentence.end] if sentence.groups else []
        plain.append(mask(text, sentence.start, sentence.end, inside, sentence.index))
    resolve_anaphora(plain)
    return [
        _view(one, sentence, facts, parses.get(sentence.index))
        for one, sentence in zip(plain, sentences, strict=True)
        if one.has("M") and one.has("G")
    ]


def _view(
    plain: MaskedSentence, shortened: MaskedSentence, facts: Sequence[RawFact], doc: Doc | None
) -> PairView:
    plain.text = _EXCEPT.sub("rather than", _FORM.sub("", _NAMELESS.sub("", plain.text)))
    plain.text = _UNLIKE.sub(r"\1 –", plain.text)
    _join_other_names(plain)
    merge_lists(plain)
    places: dict[Mention, Span] = {}
    for found in MARK.finditer(plain.text):
        for mention in plain.members(found.group()):
            places.setdefault(mention, found.span())
    links = [f for f in facts if f.sentence == plain.index and f.kind in LINKS]
    return PairView(plain.index, plain.text, places, _tokens(shortened, doc), links)


def _join_other_names(sentence: MaskedSentence) -> None:
    """A name and its other name in brackets become one mark: "tensin homolog (PTEN)"."""
    while (match := _OTHER_NAME.search(sentence.text)) is not None:
        mark = sentence.merge(match.group(1), sentence.members(match.group()))
        sentence.text = sentence.text[: match.start()] + mark + sentence.text[match.end() :]


def _tokens(sentence: MaskedSentence, doc: Doc | None) -> dict[Mention, Token]:
    if doc is None:
        return {}
    return {m: token for token in doc if token._.mark for m in sentence.members(token._.mark)}
