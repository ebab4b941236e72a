"""CURIEs as IRIs: where ``hgnc:11827`` leads on the web."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

OBO: Final = "http://purl.obolibrary.org/obo/"
RESOLVER: Final = "https://identifiers.org/"
"""Resolves the prefixes of databases as they stand: https://docs.identifiers.org."""
ONTOLOGIES: Final[Mapping[str, str]] = {
    prefix: f"{OBO}{prefix}_" for prefix in ("CL", "GO", "MONDO", "UBERON", "HP", "DOID")
}
CURIE: Final = re.compile(r"(?P<prefix>[A-Za-z][\w.\-]*):(?P<local>[^\s:]+)", re.ASCII)


def prefix_iri(prefix: str) -> str:
    """What stands for ``prefix:`` in an IRI: the ontology's own, or a resolver of databases.

    >>> prefix_iri("CL"), prefix_iri("hgnc")
    ('http://purl.obolibrary.org/obo/CL_', 'https://identifiers.org/hgnc:')
    """
    return ONTOLOGIES.get(prefix) or f"{RESOLVER}{prefix}:"


def prefix_of(curie: str | None) -> str | None:
    """The prefix, or None for what is no CURIE."""
    match = CURIE.fullmatch(curie or "")
    return match["prefix"] if match else None


def iri(curie: str | None) -> str | None:
    """The IRI of a CURIE, or None for what is none.

    >>> iri("CL:0000115"), iri("mirbase.mature:MIMAT0000076"), iri("no curie")
    ('http://purl.obolibrary.org/obo/CL_0000115', 'https://identifiers.org/mirbase.mature:MIMAT0000076', None)
    """
    match = CURIE.fullmatch(curie or "")
    return prefix_iri(match["prefix"]) + quote(match["local"], safe="/", errors="replace") if match else None


def article_iri(doc_id: str) -> str | None:
    """The page of an article by its PMID or PMCID; None for a document that is not told by one."""
    if re.fullmatch(r"[1-9]\d{0,8}", doc_id, re.ASCII):
        return f"https://pubmed.ncbi.nlm.nih.gov/{doc_id}/"
    if re.fullmatch(r"PMC[1-9]\d{0,8}", doc_id, re.ASCII):
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{doc_id}/"
    return None
