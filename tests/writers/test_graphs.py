"""Networks, RDF and mappings, as networkx, rdflib and a YAML reader see them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest
import rdflib
import srsly
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.types import Concept, Document, Evidence, Mention, Relation, Slot
from extractor.writers import sssom, turtle
from extractor.writers.curies import article_iri, iri
from extractor.writers.network import network

Make = Callable[..., Relation]
Written = Callable[[str, list[Relation]], Path]
Relations = st.SearchStrategy[list[Relation]]
EVMIR = rdflib.Namespace("urn:evmir:")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")


@pytest.fixture
def found(relation: Make) -> list[Relation]:
    """The same twice, from two papers, once with less; a denial; a cell without identifier."""
    return [
        relation(),
        relation(doc_id="7", confidence=0.9, effect="unknown", flags=("retracted",)),
        relation(negated=True, target=None, effect=None),
        relation(donor=Slot("Odd Cells", 0, 9), recipient=None, target=None, effect=None),
        relation(donor=Slot("odd cells", 0, 9), recipient=None, target=None, effect=None, evidence=()),
    ]


def test_what_is_a_node_and_what_an_edge(found: list[Relation]) -> None:
    nodes, edges = network(found)
    assert [(node.key, node.label, node.name, node.curie) for node in nodes] == [
        ("CL:0000134", "CELL", "mesenchymal stem cell", "CL:0000134"),
        ("mirbase.mature:MIMAT0000076", "MIRNA", "hsa-miR-21-5p", "mirbase.mature:MIMAT0000076"),
        ("CL:0000084", "CELL", "T cell", "CL:0000084"),
        ("hgnc:9588", "GENE", "PTEN", "hgnc:9588"),
        ("CELL:odd cells", "CELL", "Odd Cells", ""),
    ]
    shown = [
        (edge.source.split(":")[0], edge.interaction, edge.target.split(":")[0], edge.negated, edge.relations)
        for edge in edges
    ]
    assert shown == [
        ("CL", "releases", "mirbase.mature", False, 2),
        ("mirbase.mature", "reaches", "CL", False, 2),
        ("mirbase.mature", "decreases", "hgnc", False, 1),
        ("mirbase.mature", "acts on", "hgnc", False, 1),
        ("CL", "releases", "mirbase.mature", True, 1),
        ("mirbase.mature", "reaches", "CL", True, 1),
        ("CELL", "releases", "mirbase.mature", False, 2),
    ]
    assert (edges[0].doc_ids, edges[0].confidence, edges[0].sentences) == (("123", "7"), 0.9, 2)
    assert (edges[0].flags, edges[6].sentences) == (("retracted",), 1)


def test_networkx_reads_the_graphml(found: list[Relation], written: Written) -> None:
    graph = networkx.read_graphml(written(".graphml", found))
    assert isinstance(graph, networkx.MultiDiGraph)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (5, 7)
    assert graph.nodes["hgnc:9588"] == {"name": "PTEN", "label": "GENE", "curie": "hgnc:9588"}
    (edge,) = [data for _, _, data in graph.edges(data=True) if data["interaction"] == "decreases"]
    assert edge == {
        "interaction": "decreases",
        "negated": False,
        "relations": 1,
        "documents": 1,
        "sentences": 1,
        "confidence": 0.75,
        "doc_ids": "123",
        "flags": "",
    }
    path = networkx.shortest_path(graph, "CELL:odd cells", "hgnc:9588")
    assert path == ["CELL:odd cells", "mirbase.mature:MIMAT0000076", "hgnc:9588"]


def test_cytoscape_has_the_same_network(found: list[Relation], written: Written) -> None:
    content = json.loads(written(".cyjs", found).read_bytes())
    nodes, edges = ([one["data"] for one in content["elements"][kind]] for kind in ("nodes", "edges"))
    graph = networkx.read_graphml(written(".graphml", found))
    assert {node["id"]: node["name"] for node in nodes} == dict(graph.nodes(data="name"))
    ends = [(edge["source"], edge["target"], edge["interaction"], edge["relations"]) for edge in edges]
    in_xml = [(*ends, data["interaction"], data["relations"]) for *ends, data in graph.edges(data=True)]
    assert sorted(ends) == sorted(in_xml)
    ids = [one["data"]["id"] for kind in ("nodes", "edges") for one in content["elements"][kind]]
    assert len(ids) == len(set(ids)) == 12


@pytest.mark.parametrize("suffix", [".graphml", ".cyjs", ".ttl"])
@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_graphs_of_anything_can_be_parsed(
    suffix: str, data: st.DataObject, any_relations: Relations, written: Written
) -> None:
    relations: list[Relation] = data.draw(any_relations)
    path = written(suffix, relations)
    nodes, edges = network(relations)
    if suffix == ".ttl":
        ids = {relation.to_record()["relation_id"] for relation in relations}
        assert len(set(parsed(path).subjects(EVMIR.negated))) == len(ids)
    elif suffix == ".cyjs":
        elements = json.loads(path.read_bytes())["elements"]
        assert (len(elements["nodes"]), len(elements["edges"])) == (len(nodes), len(edges))
    else:
        assert networkx.read_graphml(path, force_multigraph=True).number_of_edges() == len(edges)


def parsed(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path, format="turtle")


def test_rdflib_reads_the_turtle(found: list[Relation], written: Written) -> None:
    graph = parsed(written(".ttl", found[:3]))
    subject = rdflib.URIRef(f"urn:evmir:relation:{found[0].to_record()['relation_id']}")
    assert graph.value(subject, rdflib.RDF.type) == EVMIR.Transfer
    assert graph.value(subject, rdflib.DCTERMS.source) == rdflib.URIRef(
        "https://pubmed.ncbi.nlm.nih.gov/123/"
    )
    assert graph.value(subject, EVMIR.donor) == rdflib.URIRef("http://purl.obolibrary.org/obo/CL_0000134")
    assert graph.value(subject, EVMIR.target) == rdflib.URIRef("https://identifiers.org/hgnc:9588")
    assert graph.value(
        rdflib.URIRef("https://identifiers.org/hgnc:9588"), rdflib.RDFS.label
    ) == rdflib.Literal("PTEN")
    assert float(graph.value(subject, EVMIR.confidence)) == 0.75
    assert graph.value(subject, EVMIR.negated) == rdflib.Literal(False)
    evidence = graph.value(subject, EVMIR.evidence)
    assert str(graph.value(evidence, OA.exact)) == found[0].evidence[0].text
    assert [str(rule) for rule in sorted(graph.objects(evidence, EVMIR.rule))] == ["carry.1", "target.2"]
    assert {str(mark) for mark in graph.objects(subject, EVMIR.citation)} == {"41", "64"}
    query = """
        SELECT (COUNT(DISTINCT ?r) AS ?n) WHERE {
            ?r <urn:evmir:donor>/rdfs:label "mesenchymal stem cell" ; <urn:evmir:negated> false }"""
    assert [int(row.n) for row in graph.query(query)] == [2]  # type: ignore[union-attr]


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n\r\t\x00\x7f'), max_size=9
    )
)
def test_any_text_is_a_literal(text: str) -> None:
    graph = rdflib.Graph().parse(data=f"<urn:a> <urn:b> {turtle.literal(text)} .", format="turtle")
    assert [str(value) for value in graph.objects()] == [text]


@pytest.mark.parametrize(
    ("curie", "expected"),
    [
        ("CL:0000115", "http://purl.obolibrary.org/obo/CL_0000115"),
        ("mirbase.mature:MIMAT0000076", "https://identifiers.org/mirbase.mature:MIMAT0000076"),
        ("x:<y>", "https://identifiers.org/x:%3Cy%3E"),
        *(("no curie", None), ("a: b", None), ("", None), (None, None), ("a:b:c", None)),
    ],
)
def test_iris(curie: str | None, expected: str | None) -> None:
    assert iri(curie) == expected


def test_articles_have_pages_by_pmid_and_pmcid_only() -> None:
    ids = ["123", "PMC7", "review", "0", "１２", "1234567890"]
    assert [article_iri(doc_id) is not None for doc_id in ids] == [True, True, False, False, False, False]


def mappings(content: bytes) -> tuple[dict[str, Any], list[dict[str, str]]]:
    lines = content.decode("utf-8").splitlines(keepends=True)
    head = "".join(line[1:] for line in lines if line.startswith("#"))
    rows = csv.DictReader(io.StringIO("".join(line for line in lines if line[0] != "#")), delimiter="\t")
    return srsly.yaml_loads(head), list(rows)


def test_mappings_of_names(found: list[Relation]) -> None:
    head, rows = mappings(b"".join(sssom.relation_mappings(found)))
    assert head["mapping_set_id"] == "urn:evmir:mappings"
    assert head["curie_map"]["hgnc"] == "https://identifiers.org/hgnc:"
    assert {row["object_id"].split(":")[0] for row in rows} <= head["curie_map"].keys()
    assert {row["subject_type"] for row in rows} == {"rdfs literal"}
    columns = ("subject_label", "subject_category", "predicate_id", "object_id", "object_label", "comment")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        (
            "MSC",
            "CELL",
            "skos:closeMatch",
            "CL:0000134",
            "mesenchymal stem cell",
            "mentions: 3; documents: 2",
        ),
        ("Odd Cells", "CELL", "skos:exactMatch", "sssom:NoTermFound", "", "mentions: 1; documents: 1"),
        ("PTEN", "GENE", "skos:exactMatch", "hgnc:9588", "PTEN", "mentions: 2; documents: 2"),
        ("T cells", "CELL", "skos:closeMatch", "CL:0000084", "T cell", "mentions: 3; documents: 2"),
        ("exosomes", "VESICLE", "skos:exactMatch", "sssom:NoTermFound", "", "mentions: 5; documents: 2"),
        *[
            ("miR-21-5p", "MIRNA", "skos:closeMatch", "mirbase.mature:MIMAT0000076", "hsa-miR-21-5p", seen)
            for seen in ("mentions: 5; documents: 2",)
        ],
        ("odd cells", "CELL", "skos:exactMatch", "sssom:NoTermFound", "", "mentions: 1; documents: 1"),
    ]


def test_mappings_of_mentions_hold_in_one_line_each() -> None:
    mention = Mention("CELL", 0, 3, "a\tb", concept=Concept("CL:1", "A-B"))
    head, (row,) = mappings(
        b"".join(sssom.annotation_mappings([(Document("1", "a\tb"), (mention, mention))]))
    )
    assert (row["subject_label"], row["predicate_id"], row["comment"]) == (
        *("a b", "skos:exactMatch", "mentions: 2; documents: 1"),
    )
    assert head["curie_map"]["CL"] == "http://purl.obolibrary.org/obo/CL_"


def test_a_sentence_is_counted_once_for_an_edge(relation: Make) -> None:
    again = (*relation().evidence, Evidence(90, 99, "Again so.", ("r",)))
    _, (edge, *_) = network([relation(), relation(target=None, effect=None, evidence=again)])
    assert (edge.relations, edge.sentences, edge.doc_ids) == (2, 2, ("123",))
