"""One set of section labels for the many names that formats and journals have for them."""

from __future__ import annotations

import re
from typing import Final

_NUMBERING: Final = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+)[.)]? +")
_LABELS: Final = tuple(
    (label, re.compile(names, re.IGNORECASE))
    for label, names in (
        ("title", r"(?:article[- ]?)?title|front"),
        ("abstract", r"abstract|summary"),
        ("REF", r"ref(?:erence)?s?(?: list)?|bibliography|literature cited"),
        ("INTRO", r"intro(?:duction)?|background|introduction and background"),
        ("METHODS", r".*\b(?:methods?|methodology|experimental (?:procedures|section)|materials)"),
        ("METHODS", r"(?:methods?|materials|star ?methods|subjects)\b.*"),
        ("RESULTS", r"results?|findings|results and discussions?|results/discussion|cases"),
        ("DISCUSSION", r"discuss(?:ions?)?|discussion and conclusions?"),
        ("CONCLUSIONS", r"concl(?:uding remarks|usions?)?(?: and .*)?|summary and conclusions?"),
        ("BACK", r"(?:ack|acknowledge?ments?)(?:_fund)?|funding|auth_cont|comp_int|abbr(?:eviations)?"),
        ("BACK", r"authors?['’]? contributions?|(?:competing|conflicts? of) interests?.*|supplementary.*"),
        ("BACK", r"suppl|keywords?|appendix|availability of data.*|data availability.*|ethic.*"),
    )
)


def label_of(*names: str) -> str:
    """The label of a section by the first of its names that tells: its type, then its heading.

    >>> label_of("", "2. Materials and Methods"), label_of("discussion"), label_of("miR-21 lowers PTEN")
    ('METHODS', 'DISCUSSION', 'paragraph')
    """
    for name in names:
        title = _NUMBERING.sub("", name.replace("|", " ").strip()).rstrip(" :.")
        for label, pattern in _LABELS:
            if title and len(title) <= 60 and pattern.fullmatch(title):
                return label
    return "paragraph"
