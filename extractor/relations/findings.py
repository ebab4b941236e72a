"""Which sentences speak of one finding: all of an abstract; in a review, those that share a citation.

A review reports many papers one after another, so what is said of one paper's exosomes must not be joined
to the next paper's cells. The marks tell: a finding ends with the sentence that carries its citation, and
goes on only where the next sentence cites the same, or cites nothing and points back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.relations.masking import MaskedSentence

ABSTRACT_SENTENCES = 40
"""A text of more sentences is read as a review or a full text, paragraph by paragraph."""
_POINTS_BACK = re.compile(
    r"(?:These|This|They|It|Such|Thus|Their|Its|The authors|The same|Furthermore|Moreover|Consequently|"
    r"In addition, (?:they|it)|As a result|Mechanistically|Interestingly|"
    r"The (?:activation|reduction|increased|decreased|tumor))\b"
)
# a sentence that opens the report of another paper, whatever the one before it said
_OPENS = re.compile(
    r"(?:(?:Moreover|Furthermore|Additionally|In addition|Similarly|Recently|Also|Some|On the other hand|"
    r"A|Another|Other|Subsequent|Several|In)\b[^.;]{0,40}"
    r"\b(?:report|reports|study|studies|group|groups|research|researchers|et al)\b|"
    r"[A-Z][a-z]+ et al)"
)


def findings(sentences: Sequence[MaskedSentence], citations: Sequence[frozenset[str]]) -> list[list[int]]:
    """Groups of sentence indices, in order; ``citations`` holds the reference labels of each sentence.

    An abstract, or any short text without citations, is one group.
    """
    if len(sentences) <= ABSTRACT_SENTENCES and sum(1 for c in citations if c) < 3:
        return [list(range(len(sentences)))]
    groups: list[list[int]] = []
    cited: frozenset[str] = frozenset()
    for index, sentence in enumerate(sentences):
        here = citations[index]
        if groups and _goes_on(sentence, sentences[groups[-1][-1]], here, cited):
            groups[-1].append(index)
            cited |= here
        else:
            groups.append([index])
            cited = here
    return groups


def _goes_on(
    sentence: MaskedSentence, before: MaskedSentence, here: frozenset[str], cited: frozenset[str]
) -> bool:
    if sentence.label != before.label or sentence.paragraph != before.paragraph:
        return False
    if here & cited:
        return True
    if here and cited:
        return False
    opens = _OPENS.match(sentence.text) is not None
    if not cited:
        return not opens
    return not opens and _POINTS_BACK.match(sentence.text) is not None
