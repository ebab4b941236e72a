"""What cannot hold a transfer is left alone before any model runs: no vesicles, or no miRNA."""

from __future__ import annotations

import re

# Stems of every vesicle word in rules/vesicle_words.tsv; a coined short form is always defined by one.
_VESICLE = re.compile(
    r"exosom|vesic|microparticle|micro-particle|ectosom|oncosom|migrasom|prostasom|apoptotic bod|secretome|"
    r"exomiR|exocyt|(?<![A-Za-z])(?-i:[Aa]po(?:EV|V|BD)s|EL[NV]s|NVs|TEXs|TDEs|EXs|(?<=SC-)ABs)(?![A-Za-z])|"
    r"(?<![A-Za-z])(?:[a-z]?EVs?|[a-z]?MVs?|[Ee]xos?|EXOs?|Ects?)(?![A-Za-z])",
    re.I,
)
_MIRNA = re.compile(
    r"mi-?R|mi(?:cro|rco|cor|c)-?RNA|micro-?R-?\d|(?<![a-z])let-?\s?7|(?<![a-z])lin-4|bantam", re.I
)


def may_transfer(text: str) -> bool:
    """False where no transfer by vesicles can be stated.

    >>> may_transfer("CAF exosomes carry miR-21."), may_transfer("miR-21 targets PTEN.")
    (True, False)
    """
    return bool(_VESICLE.search(text)) and bool(_MIRNA.search(text))


def may_regulate(text: str) -> bool:
    """False where no miRNA is named at all."""
    return bool(_MIRNA.search(text))
