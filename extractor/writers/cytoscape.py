"""Cytoscape JSON (``.cyjs``): the network for Cytoscape and cytoscape.js."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from extractor.types import Relation
from extractor.writers.jsonl import encode
from extractor.writers.network import network

HEAD: Final = (
    b'{"format_version": "1.0", "generated_by": "evmir", "target_cytoscapejs_version": "~2.1",\n'
    b'"data": {"name": "evmir", "shared_name": "evmir"},\n'
)


def graph(relations: Iterable[Relation]) -> Iterator[bytes]:
    """The file, an element a line; it can only be written when all relations are there."""
    nodes, edges = network(relations)
    yield HEAD
    yield b'"elements": {"nodes": [\n'
    yield _elements({"id": node.key, "shared_name": node.name, **node.data()} for node in nodes)
    yield b'], "edges": [\n'
    yield _elements(
        {"id": f"e{number}", "source": edge.source, "target": edge.target, **edge.data()}
        for number, edge in enumerate(edges)
    )
    yield b"]}}\n"


def _elements(data: Iterable[dict[str, object]]) -> bytes:
    return b",\n".join(encode({"data": one}).rstrip(b"\n") for one in data) + b"\n"
