"""The frames of ``rules/frames.yaml`` over the parse of masked sentences."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Token

from extractor.relations.clauses import denied_before
from extractor.relations.masking import MARK, MaskedSentence
from extractor.relations.surface import RawFact, exchange, process
from extractor.relations.syntax import arguments, prepositional, reachable
from extractor.rules.loader import RULES, RuleError

# What the parser sees in place of a mark: a common name of the same kind, as its treebanks have it.
PROXY = {
    "M": "miR-21",
    "I": "miR-21",
    "K": "miRNAs",
    "L": "lncRNA",
    "V": "exosomes",
    "X": "exosomal",
    "C": "macrophages",
    "T": "tumor",
    "F": "serum",
    "G": "PTEN",
    "H": "PTEN",
    "W": "NF-kappaB",
    "P": "migration",
}
_WORD = re.compile(r"<[A-Z]\d+>|[A-Za-zα-ω0-9](?:[\w'’+.-]*[\w+])?|[^\s\w]")
_PARSED = (
    "tok2vec",
    "tagger",
    "parser",
    "attribute_ruler",
    "lemmatizer",
    "morphologizer",
    "transformer",
    "biaffine",
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: trigger lemmas, typed roles, the facts that they make."""

    id: str
    lemmas: frozenset[str]
    roles: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, str, str], ...]
    effect: str
    example: str
    counterexample: str
    transitive: frozenset[str] = frozenset()
    """Lemmas that need an object: "miR-21 decreased in CAFs" tells a level, not what miR-21 does there."""


@cache
def load_frames(name: str = "frames.yaml") -> tuple[Frame, ...]:
    """The frames in file order. Raises RuleError naming every faulty one."""
    data = srsly.read_yaml(RULES / name)
    frames, faults = [], []
    for row in data["frames"]:
        try:
            lemmas = row["lemmas"]
            words = frozenset({"any"} if lemmas == "any" else data["lemmas"][lemmas])
            roles = tuple((n, *value.split()) for n, value in row["roles"].items())
            facts = tuple(tuple(f.split()) for f in row["facts"])
            frames.append(
                Frame(
                    row["id"],
                    words,
                    roles,
                    facts,
                    row.get("effect", ""),
                    row["example"],
                    row["counterexample"],
                    frozenset(data["lemmas"][row["transitive"]] if "transitive" in row else ()),
                )
            )
        except (KeyError, ValueError) as error:
            faults.append(f"{name}: frame '{row.get('id', row)}': {error!r}")
    if faults:
        raise RuleError("\n".join(faults))
    return tuple(frames)


def register_extensions() -> None:
    """The mark behind a token; ``Token._.mark`` is empty for plain words."""
    if not Token.has_extension("mark"):
        Token.set_extension("mark", default="")


def worth_parsing(sentence: MaskedSentence) -> bool:
    """A fact needs two marks, one of them a miRNA or a vesicle."""
    return len(MARK.findall(sentence.text)) > 1 and sentence.has("MIKV")


def to_doc(sentence: MaskedSentence, nlp: Language) -> Doc:
    """The masked sentence as an unparsed Doc with a plain word for each mark."""
    words = _WORD.findall(sentence.text)
    marks = [w if MARK.fullmatch(w) else "" for w in words]
    doc = Doc(nlp.vocab, [PROXY[w[1]] if w_mark else w for w, w_mark in zip(words, marks, strict=True)])
    for token, mark in zip(doc, marks, strict=True):
        token._.mark = mark
        token.is_sent_start = token.i == 0
    return doc


def parse(sentences: Sequence[MaskedSentence], nlp: Language) -> Iterator[tuple[MaskedSentence, Doc]]:
    """The sentences worth parsing with their parses, in one batch."""
    register_extensions()
    chosen = [s for s in sentences if worth_parsing(s)]
    others = [name for name in nlp.pipe_names if name not in _PARSED]
    with nlp.select_pipes(disable=others):
        yield from zip(chosen, nlp.pipe(to_doc(s, nlp) for s in chosen), strict=True)


def is_negated(token: Token) -> bool:
    """ "did not repress", and "failed to repress"."""
    if any(c.dep_ == "neg" or c.lower_ in ("not", "never") for c in token.children):
        return True
    return token.dep_ == "xcomp" and token.head.lemma_.lower() in ("fail", "refuse", "cease")


def read_frames(sentence: MaskedSentence, doc: Doc) -> list[RawFact]:
    """The facts of all frames in one parsed sentence."""
    facts = []
    for token in doc:
        if token._.mark or token.pos_ not in ("VERB", "NOUN", "ADJ", "AUX"):
            continue
        frames = [f for f in load_frames() if token.lemma_.lower() in f.lemmas or _any(f, token)]
        if frames:
            found = arguments(token)
            negated = is_negated(token)
            for frame in frames:
                if token.lemma_.lower() in frame.transitive and not found["obj"]:
                    continue
                facts += list(_fire(frame, found, sentence, negated))
    return facts


def _any(frame: Frame, token: Token) -> bool:
    return "any" in frame.lemmas and token.pos_ == "VERB"


def _fire(
    frame: Frame, found: dict[str, list[Token]], sentence: MaskedSentence, negated: bool
) -> Iterator[RawFact]:
    fillers = {
        name: list(dict.fromkeys(_marks(found.get(role, ()), letters))) for name, role, letters in frame.roles
    }
    if not all(fillers.values()):
        return
    for kind, left, right in frame.facts:
        for a, b in itertools.product(fillers[left], fillers[right]):
            if a != b:
                members = sentence.members(a), sentence.members(b)
                before = [sentence.text.partition(mark)[0] for mark in (a, b)]
                denied = negated or (bool(frame.effect) and any(map(denied_before, before)))
                yield RawFact(kind, *members, sentence.index, frame.id, denied, frame.effect)


@cache
def raising() -> frozenset[str]:
    """Verbs that say the contrary of what a list of hit genes says."""
    return frozenset(srsly.read_yaml(RULES / "frames.yaml")["lemmas"]["raise"])


_LOSS = frozenset({"degradation", "decay", "turnover", "silencing", "downregulation", "down-regulation"})


def _happens(token: Token) -> bool:
    """A process of a protein, or its loss: who induces that does not raise the protein."""
    return bool(process().fullmatch(token.lemma_.lower())) or token.lemma_.lower() in _LOSS


def _between(token: Token) -> bool:
    """What goes on between two: "communication between A and B"."""
    return bool(exchange().match(f"{token.lower_} between ")) and any(
        preposition == "between" for preposition, _ in prepositional(token)
    )


def _marks(tokens: Iterable[Token], letters: str) -> Iterator[str]:
    """The marks of these kinds that the argument tokens lead to."""
    for token in tokens:
        if letters == "G" and not token._.mark and _happens(token):
            continue  # what becomes of a protein: "decreased the phosphorylation of AKT"
        if letters == "C" and _between(token):
            continue  # "mediate the crosstalk between A and B": neither is acted on
        for reached in reachable(token, other=raising() if letters == "G" else ()):
            if reached._.mark and reached._.mark[1] in letters:
                yield reached._.mark
