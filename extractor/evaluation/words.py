"""Word lists of the matcher, as data: what a cell or gene name may lose, and what it may not."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADS: Final = frozenset(
    {"cell", "line", "culture", "derived", "the", "a", "an", "like", "type", "phenotype"}
)
"""Words of a cell name that carry no identity: ``M1-like macrophages`` is ``M1 macrophages``."""

POLARIZED: Final = frozenset({"polarized", "polarised"})
"""Dropped like HEADS: ``M2-polarized macrophages`` is ``M2 macrophages``."""

GENERIC: Final = _set(
    "cancer tumor carcinoma adenocarcinoma sarcoma neoplasm malignancy leukemia lymphoma metastatic "
    "malignant primary stem stromal progenitor precursor immune epithelial recipient donor target parental "
    "neighboring surrounding human mouse murine rat patient tissue cultured other mutant control"
)
"""Words that do not name a cell on their own: ``cancer cells`` does not stand for ``breast cancer cells``."""

CONTRAST: Final = _set(
    "m0 m1 m2 normal healthy non nonmetastatic associated resistant sensitive regulatory progenitor "
    "precursor low high lowly poorly wild mutant control untreated nonmalignant differentiated transformed"
)
"""Words that make it another cell: ``fibroblasts`` does not stand for ``cancer-associated fibroblasts``."""

SPELLINGS: Final = MappingProxyType(
    {
        "tumour": "tumor",
        "tumoral": "tumor",
        "tumoural": "tumor",
        "carcinoma": "cancer",
        "cancerous": "cancer",
        "leukaemia": "leukemia",
        "oesophageal": "esophageal",
        "foetal": "fetal",
        "microglial": "microglia",
        "neuronal": "neuron",
        "astrocytic": "astrocyte",
        "tubular": "tubule",
        "hepatocytic": "hepatocyte",
        "platelets": "platelet",
    }
)
"""British spellings, adjectives that stand for the cell, and ``carcinoma`` for ``cancer``."""

GENE_EDGES: Final = frozenset(
    {"the", "human", "mouse", "murine", "rat", "gene", "mrna", "protein", "expression", "3utr", "utr"}
)
"""Words at either end of a gene name that are not part of it: ``PTEN mRNA`` is ``PTEN``."""

GREEK: Final = MappingProxyType(
    {
        "α": "alpha",
        "β": "beta",
        "γ": "gamma",
        "δ": "delta",
        "ε": "epsilon",
        "ζ": "zeta",
        "η": "eta",
        "θ": "theta",
        "ι": "iota",
        "κ": "kappa",
        "λ": "lambda",
        "μ": "mu",
        "σ": "sigma",
        "τ": "tau",
        "φ": "phi",
        "χ": "chi",
        "ψ": "psi",
        "ω": "omega",
    }
)
"""Greek letters (NFKC has turned the micro sign into mu before this is used)."""
