"""The way from a miRNA's name to a gene's in the parse of a sentence, as features."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Token

from extractor.relations.pair_view import Pair, PairView
from extractor.relations.syntax import OBJECT, PASSIVE_SUBJECT, SUBJECT, case_of

LONGEST = 10
"""Steps between the names from which on more makes no difference."""
_CLASSES = {
    "target": r"target$",
    "bind": r"bind|interact|recogni|hybridi|site|utr|untranslated|complement",
    "repress": r"repress|inhibit|suppress|down-?regul|silenc|decreas|reduc|diminish|attenuat|lower|block|"
    r"abrogat|degrad|loss|deplet|impair|destabil",
    "raise": r"increas|(?<!down-)(?<!down)up-?regul|elevat|enhanc|promot|induc|activat|stimulat|restor|rescu",
    "regulate": r"^regulat|modulat|control|mediat|affect|influenc|dysregul|alter|effect|axis|role",
    "correlate": r"correl|associat|coupl|parallel|accompan|link|relation",
    "measure": r"measur|detect|evaluat|determin|assess|analy|quantif|examin|investigat|explor|observ|show|"
    r"find|compar",
}
_PREPOSITIONS = frozenset({"by", "of", "in", "with", "through", "via", "between"})
_RELATIONS = frozenset({"conj", "appos", "compound", "acl", "advcl", "dep", "amod", "ccomp", "xcomp"})


@cache
def _classes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern, re.I)) for name, pattern in _CLASSES.items())


def path_features(pair: Pair, view: PairView) -> Iterator[tuple[str, float]]:
    """The words on the way by class, the roles at its top, its length; ``path none`` without a way."""
    mirna, gene = (view.tokens.get(m) for m in pair)
    if mirna is None or gene is None:
        yield "path none", 1.0
        return
    yield f"mark {mirna._.mark[1]}", 1.0
    yield f"mark {gene._.mark[1]}", 1.0
    up, down = branches(mirna, gene)
    yield "path length", min(len(up) + len(down), LONGEST) / LONGEST
    yield f"mirna {role(up)}", 1.0
    yield f"gene {role(down)}", 1.0
    yield f"roles {role(up)}-{role(down)}", 1.0
    yield "path conj", float(any(t.dep_ == "conj" for t in (*up, *down)))
    top = (up or down)[-1].head if up or down else mirna
    yield from _words([t for t in (*up[1:], *down[1:], top) if not t._.mark])


def _words(inner: Sequence[Token]) -> Iterator[tuple[str, float]]:
    for name, pattern in _classes():
        if any(pattern.search(t.lemma_) for t in inner):
            yield f"path {name}", 1.0
    yield "path verbs", min(sum(t.pos_ == "VERB" for t in inner), 4) / 4
    denied = any(c.dep_ == "neg" or c.lower_ in ("not", "no") for t in inner for c in t.children)
    yield "path negated", float(denied)


def branches(one: Token, other: Token) -> tuple[list[Token], list[Token]]:
    """The tokens below the lowest common head, from each of the two up to it."""
    above, beside = [one, *one.ancestors], [other, *other.ancestors]
    common = {t.i for t in above} & {t.i for t in beside}
    return [t for t in above if t.i not in common], [t for t in beside if t.i not in common]


def role(branch: Sequence[Token]) -> str:
    """How a branch hangs on the lowest common head; ``head`` for the head itself."""
    if not branch:
        return "head"
    token = branch[-1]
    relation = token.dep_.split(":")[0]
    for name, labels in (("passive", PASSIVE_SUBJECT), ("subject", SUBJECT), ("object", OBJECT)):
        if token.dep_ in labels:
            return name
    if relation in ("nmod", "obl", "prep", "agent"):
        preposition = case_of(token) or token.lower_
        return preposition if preposition in _PREPOSITIONS else "nmod"
    return relation if relation in _RELATIONS else "other"
