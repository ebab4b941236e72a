"""Which articles a stretch of text cites: by reference marks, or by their PMIDs in so many words."""

from __future__ import annotations

import re

from extractor.text import Reading

_PMIDS = re.compile(r"\b(?:PMIDs?|PubMed(?: IDs?)?)[:# ]*((?:\d{4,8}(?:, ?|; ?| and |/)?)+)", re.I)


def cited(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    """Labels as printed, such as ``41``, then PMIDs as ``PMID:24356509``, each once.

    >>> cited(Reading("It sorts miRNAs (PMID: 24356509)."), 0, 33)
    ('PMID:24356509',)
    """
    marks = [label for c in reading.citations if start < c.position <= end for label in c.labels]
    pmids = [
        f"PMID:{number}"
        for match in _PMIDS.finditer(reading.text, start, end)
        for number in re.findall(r"\d+", match.group(1))
    ]
    return tuple(dict.fromkeys([*marks, *pmids]))
