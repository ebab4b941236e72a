"""Who does what in a parsed sentence: arguments of a token over UD-like and CLEAR-like labels alike.

This is the one place that knows label names. UD v1: ``nmod`` with a ``case`` child; CLEAR: ``prep`` with
a ``pobj`` child, ``agent`` for the "by" of a passive, ``relcl`` for ``acl:relcl``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator

from spacy.tokens import Token

SUBJECT = frozenset({"nsubj", "csubj", "nsubj:xsubj"})
PASSIVE_SUBJECT = frozenset({"nsubjpass", "nsubj:pass", "csubjpass"})
OBJECT = frozenset({"dobj", "obj", "iobj"})
PREPOSITIONAL = frozenset({"nmod", "obl", "nmod:npmod"})
RELATIVE = frozenset({"acl:relcl", "relcl"})
PARTICIPLE = frozenset({"acl", "vmod"})
CONTROLLED = frozenset({"xcomp", "advcl", "conj", "pcomp", "dep", "parataxis", "ccomp"})

PREPOSITION_CLASS = {
    "in": "in",
    "within": "in",
    "inside": "in",
    "on": "in",
    "into": "to",
    "to": "to",
    "toward": "to",
    "towards": "to",
    "onto": "to",
    "from": "from",
    "by": "by",
    "via": "via",
    "through": "via",
    "with": "with",
    "of": "of",
    "between": "of",
    "against": "in",
    "upon": "with",
    "throughout": "in",
    "among": "in",
}


def case_of(noun: Token) -> str:
    """The preposition that introduces a noun in UD; empty where there is none."""
    return next((c.lower_ for c in noun.children if c.dep_ == "case"), "")


def prepositional(token: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, noun) pairs that hang on a token, in either label scheme."""
    for child in token.children:
        if child.dep_ in PREPOSITIONAL:
            yield case_of(child), child
        elif child.dep_ in ("prep", "agent"):
            for noun in child.children:
                if noun.dep_ in ("pobj", "pcomp"):
                    yield child.lower_, noun
                elif noun.dep_ == "prep":  # "because of", "out of"
                    yield from ((noun.lower_, n) for n in noun.children if n.dep_ == "pobj")


def is_passive(token: Token) -> bool:
    """A passive verb, or a past participle behind its noun ("exosomes released by CAFs")."""
    if any(c.dep_ in ("auxpass", "aux:pass") or c.dep_ in PASSIVE_SUBJECT for c in token.children):
        return True
    return token.tag_ == "VBN" and token.dep_ in PARTICIPLE


def own_subjects(token: Token) -> list[Token]:
    return [c for c in token.children if c.dep_ in SUBJECT or c.dep_ in PASSIVE_SUBJECT]


def inherited_subject(token: Token) -> list[Token]:
    """The subject that a verb takes over: from its noun, or from the verb that it depends on."""
    for _ in range(5):
        if token.dep_ in RELATIVE or token.dep_ in PARTICIPLE:
            return [token.head]
        if token.dep_ not in CONTROLLED or token.head is token:
            return []
        if token.dep_ == "ccomp" and own_subjects(token.head):
            return []
        token = token.head
        found = own_subjects(token)
        if found:
            return _resolved(found, token)
    return []


def _resolved(subjects: list[Token], verb: Token) -> list[Token]:
    """A relative pronoun stands for the noun of its clause."""
    return [verb.head if s.tag_ in ("WDT", "WP") and verb.dep_ in RELATIVE else s for s in subjects]


def arguments(token: Token) -> dict[str, list[Token]]:
    """The arguments of a verb or noun by role: subj, obj, by, in, to, from, via, with, of."""
    found: defaultdict[str, list[Token]] = defaultdict(list)
    passive = is_passive(token)
    subjects = _resolved(own_subjects(token), token) or inherited_subject(token)
    found["obj" if passive else "subj"] += subjects
    found["obj"] += [c for c in token.children if c.dep_ in OBJECT]
    if token.dep_ in RELATIVE and own_subjects(token) and not found["obj"] and not passive:
        found["obj"] = [token.head]  # "the exosomes that CAFs release"
    _add_prepositional(token, found)
    found["subj" if passive else "via"] += found["by"]
    if token.pos_ == "NOUN":
        found["of"] += [c for c in token.children if c.dep_ in ("compound", "nn", "nmod:poss")]
    return found


_MOVING = frozenset({"from", "to", "via", "by"})
_UNDER_OBJECT = frozenset({"to", "in", "via"})


def _add_prepositional(token: Token, found: defaultdict[str, list[Token]]) -> None:
    """Phrases on the token, and those that parsers hang one noun too low: "transferred from A to B"."""
    for preposition, noun in prepositional(token):
        role = PREPOSITION_CLASS.get(preposition, "")
        if role:
            found[role].append(noun)
        if role in _MOVING:
            _add_inner(noun, _MOVING, found)
    for noun in list(found["obj"]):
        _add_inner(noun, _UNDER_OBJECT, found)


def _add_inner(noun: Token, roles: frozenset[str], found: defaultdict[str, list[Token]]) -> None:
    for preposition, other in prepositional(noun):
        role = PREPOSITION_CLASS.get(preposition, "")
        if role in roles:
            found[role].append(other)


_TRANSPARENT = frozenset({"of", "in", "between", "for", "from", "on", "with", ""})


def reachable(token: Token, depth: int = 2, other: Container[str] = ()) -> Iterator[Token]:
    """The token, what is coordinated with it or apposed to it, and what an empty head noun holds.

    ``other``: verbs that open a clause of their own where a parser takes them for an adjective of what they
    act on ("silenced A, activated B").
    """
    yield token
    for child in _beside(token, other):
        yield from reachable(child, depth, other)
    if depth and not token._.mark:
        for preposition, noun in prepositional(token):
            if preposition in _TRANSPARENT:
                yield from reachable(noun, depth - 1, other)
        for child in token.children:
            if child.dep_ in ("compound", "nn", "amod"):
                yield child


def _beside(token: Token, other: Container[str]) -> Iterator[Token]:
    """What is coordinated with it in its own clause, or apposed to it."""
    for child in token.children:
        apposed = child.dep_ == "appos" and child._.mark
        if apposed or (child.dep_ == "conj" and not any(_opens(c, other) for c in child.lefts)):
            yield child


def _opens(adjective: Token, verbs: Container[str]) -> bool:
    """A past form of one of the verbs, right behind a comma or an "and"."""
    before = adjective.nbor(-1).lower_ if adjective.i else ""
    return before in (",", "and") and adjective.tag_ in ("VBN", "VBD") and adjective.lemma_.lower() in verbs
