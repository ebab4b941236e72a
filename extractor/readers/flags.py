"""What a reader of a document's rows should know about it: retracted, corrected, not in English ..."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

FLAGS: Final = (
    "retracted",
    "expression of concern",
    "corrected",
    "retraction notice",
    "notice of concern",
    "correction notice",
    "preprint",
    "non-English",
    "no abstract",
)
"""All of them, in the order in which a document has them."""
NOTED: Final = ("non-English", "no abstract")
"""Those that are told once a file, for they say that less could be read than a reader might expect."""

_WORDS: Final[Mapping[str, str]] = {
    # publication types of PubMed and MEDLINE, article types of JATS
    "retracted publication": "retracted",
    "retracted-article": "retracted",
    "retraction of publication": "retraction notice",
    "retraction": "retraction notice",
    "expression of concern": "notice of concern",
    "expression-of-concern": "notice of concern",
    "published erratum": "correction notice",
    "correction": "correction notice",
    "corrected and republished article": "corrected",
    "preprint": "preprint",
    # what another article is to this one: PubMed XML, MEDLINE tags, JATS
    **dict.fromkeys(("retractionin", "partialretractionin", "retractedandrepublishedin"), "retracted"),
    **dict.fromkeys(("rin", "prin", "rri", "retraction-forward"), "retracted"),
    **dict.fromkeys(
        ("expressionofconcernin", "ecin", "eci", "concern-forward", "expression-of-concern-forward"),
        "expression of concern",
    ),
    **dict.fromkeys(("erratumin", "correctedandrepublishedin", "ein", "crin"), "corrected"),
    **dict.fromkeys(("correction-forward", "corrected-article-forward"), "corrected"),
}
_ENGLISH: Final = frozenset({"eng", "en", "english", "und", ""})
_RETRACTED_TITLE: Final = re.compile(
    r"\W*retracted(?: (?:article|paper|publication))? ?[:\]\-–—]", re.IGNORECASE
)


def flags_of(
    title: str = "",
    *,
    said: Iterable[str] = (),
    languages: Iterable[str] = (),
    abstract: bool = True,
    given: Iterable[str] = (),
) -> tuple[str, ...]:
    """The flags, in the order of :data:`FLAGS`, then those ``given`` that are none of these.

    ``said`` are publication types and kinds of links to other articles, as the format names them;
    ``abstract`` is false for a record that should have one and has none.

    >>> flags_of("RETRACTED: Exosomes of mice", said=["Journal Article", "ErratumIn"], languages=["eng"])
    ('retracted', 'corrected')
    """
    found = {_WORDS[word.casefold()] for word in said if word.casefold() in _WORDS}
    found |= {flag.strip() for flag in given} - {""}
    spoken = [language.casefold().partition("-")[0] for language in languages]
    if spoken and not _ENGLISH.intersection(spoken):
        found.add("non-English")
    if _RETRACTED_TITLE.match(title):
        found.add("retracted")
    if not abstract:
        found.add("no abstract")
    return (*(flag for flag in FLAGS if flag in found), *sorted(found.difference(FLAGS)))
