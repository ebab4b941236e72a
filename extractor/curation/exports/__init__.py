"""The table in the formats that people hand around: one module a format, told by the file's suffix.

To add one, write a module with a function from a ``View`` to bytes and give it a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from extractor.curation.exports import docx, html, jsonld, markdown, tsv, xlsx
from extractor.curation.exports.view import View, view_of

__all__ = ["EXPORTS", "Export", "View", "view_of"]

Export = Callable[[View], bytes]
EXPORTS: Final[Mapping[str, Export]] = MappingProxyType(
    {
        ".tsv": tsv.export,
        ".xlsx": xlsx.export,
        ".md": markdown.export,
        ".html": html.export,
        ".docx": docx.export,
        ".jsonld": jsonld.export,
    }
)
