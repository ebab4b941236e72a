"""Names and identifiers: the built lexicons of ``models/lexicons`` and the curated overrides.

>>> from extractor.lexicons import load
>>> load().genes.lookup("TJP1")[0].curie
'hgnc:11827'
"""

from extractor.lexicons.lexicon import Lexicon
from extractor.lexicons.mirna import Mirna, MirnaIndex
from extractor.lexicons.scan import Match, Scanner
from extractor.lexicons.store import Lexicons, load
from extractor.lexicons.terms import Term, fold, squash

__all__ = [
    "Lexicon",
    "Lexicons",
    "Match",
    "Mirna",
    "MirnaIndex",
    "Scanner",
    "Term",
    "fold",
    "load",
    "squash",
]
