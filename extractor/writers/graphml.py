"""GraphML: the network for Gephi, yEd, igraph, networkx and others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lxml import etree

from extractor.types import Relation
from extractor.writers.network import Edge, Node, Value, network
from extractor.writers.values import xml_text

HEAD: Final = (
    b"<?xml version='1.0' encoding='UTF-8'?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
)
TAIL: Final = b"</graph>\n</graphml>\n"
TYPES: Final[Mapping[type, str]] = {str: "string", int: "long", float: "double", bool: "boolean"}
# One of each, for the names and types of their attributes.
NODE: Final = Node("", "", "", "")
EDGE: Final = Edge("", "", "", False, 0, 0, 0.0, (), ())


def graph(relations: Iterable[Relation]) -> Iterator[bytes]:
    """The file, which can only be written when all relations are there."""
    nodes, edges = network(relations)
    yield HEAD
    for kind, example in (("node", NODE.data()), ("edge", EDGE.data())):
        for name, value in example.items():
            yield _key(kind, name, TYPES[type(value)])
    yield b'<graph id="evmir" edgedefault="directed">\n'
    yield from (_element("node", node.data(), {"id": node.key}) for node in nodes)
    for number, edge in enumerate(edges):
        ends = {"id": f"e{number}", "source": edge.source, "target": edge.target}
        yield _element("edge", edge.data(), ends)
    yield TAIL


def _key(kind: str, name: str, of_type: str) -> bytes:
    attributes = {"id": f"{kind}_{name}", "for": kind, "attr.name": name, "attr.type": of_type}
    return bytes(etree.tostring(etree.Element("key", attributes))) + b"\n"


def _element(kind: str, data: dict[str, Value], attributes: dict[str, str]) -> bytes:
    element = etree.Element(kind, {name: xml_text(value) for name, value in attributes.items()})
    for name, value in data.items():
        leaf = etree.SubElement(element, "data", key=f"{kind}_{name}")
        leaf.text = str(value).lower() if isinstance(value, bool) else xml_text(str(value))
    return bytes(etree.tostring(element, encoding="utf-8")) + b"\n"
