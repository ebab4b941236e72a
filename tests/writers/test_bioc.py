"""BioC with relations, as the package of the BioCreative community reads it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bioc
import pytest
from bioc import biocjson, biocxml
from bioc.validator import BioCValidator
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.types import Evidence, Relation, Slot
from extractor.writers import READERS, read_records
from extractor.writers.records import RecordError

Make = Callable[..., Relation]
Written = Callable[[str, list[Relation]], Path]
Relations = st.SearchStrategy[list[Relation]]
FORMATS = [".bioc.xml", ".bioc.json"]


def loaded(path: Path) -> Any:
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return biocjson.loads(content)
    return biocxml.load(io.BytesIO(content.encode()))


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_package_bioc_reads_relations_with_roles(suffix: str, relation: Make, written: Written) -> None:
    made = [relation(), relation(recipient=None, negated=True), relation(doc_id="7")]
    collection = loaded(written(suffix, made))
    assert [document.id for document in collection.documents] == ["123", "7"]
    first, denied = collection.documents[0].relations
    (passage,) = collection.documents[0].passages
    assert (passage.infons["type"], passage.offset) == ("evidence", 10)
    names = {item.id: item for item in passage.annotations}
    assert {node.role: names[node.refid].text for node in first.nodes} == {
        "donor": "MSC",
        "mirna": "miR-21-5p",
        "recipient": "T cells",
        "target": "PTEN",
        "vesicle": "exosomes",
    }
    assert {node.role for node in denied.nodes} == {"donor", "mirna", "target", "vesicle"}
    assert (first.infons["negated"], denied.infons["negated"]) == ("false", "true")
    assert (first.infons["effect"], first.infons["citations"]) == ("decreases", "41 | 64")
    infons = names[next(node.refid for node in first.nodes if node.role == "mirna")].infons
    assert infons == {
        "type": "MIRNA",
        "name": "hsa-miR-21-5p",
        "identifier": "mirbase.mature:MIMAT0000076",
        "forms": "miR-21",
    }


@pytest.mark.parametrize("suffix", FORMATS)
@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_annotations_are_what_the_passages_print(
    suffix: str, data: st.DataObject, text_relations: Relations, written: Written
) -> None:
    collection = loaded(written(suffix, data.draw(text_relations)))
    for document in collection.documents:
        for passage in document.passages:
            for item in passage.annotations:
                start = item.locations[0].offset - passage.offset
                assert item.text == passage.text[start : start + item.locations[0].length] != ""


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_package_bioc_finds_nothing_to_blame(suffix: str, relation: Make, written: Written) -> None:
    """Two sentences, and slots outside of them that lie in one another."""
    more = (Evidence(100, 109, "EVs home.", ("x",)), relation().evidence[0])
    inside, around = Slot("T cells", 200, 207), Slot("CD8 T cells", 196, 207)
    made = [relation(evidence=more, donor=inside), relation(recipient=around), relation(donor=around)]
    collection = loaded(written(suffix, made))
    BioCValidator().validate(collection)
    offsets = [passage.offset for passage in collection.documents[0].passages]
    assert offsets == [10, 100, 196]
    assert [len(passage.annotations) for passage in collection.documents[0].passages] == [5, 0, 2]


def test_a_completed_name_is_annotated_as_printed(relation: Make, written: Written) -> None:
    made = relation(
        **dict.fromkeys(("donor", "recipient", "vesicle")),
        mirna=Slot("miR-29a", 25, 29),
        target=Slot("PTEN", 90, 94),
        evidence=(Evidence(0, 30, "MSC send miR-21 and also  -29a", ("r",)),),
    )
    path = written(".bioc.json", [made])
    evidence, alone = json.loads(path.read_bytes())["documents"][0]["passages"]
    (mirna,) = [one for one in evidence["annotations"] if one["infons"]["type"] == "MIRNA"]
    assert (mirna["text"], mirna["infons"]["text"]) == (" -29", "miR-29a")
    assert (alone["infons"]["type"], alone["offset"], alone["text"]) == ("mention", 90, "PTEN")
    assert read_records(path) == [made.to_record()]


def test_the_order_and_keys_of_the_json(relation: Make, written: Written) -> None:
    document = json.loads(written(".bioc.json", [relation()]).read_bytes())["documents"][0]
    assert list(document) == ["id", "infons", "passages", "annotations", "relations"]
    assert set(document["passages"][0]) == {
        *("offset", "infons", "text", "sentences", "annotations", "relations")
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("role", "role", "boss"), "document 1, relation R0: a node with the role 'boss'"),
        (("refid", "refid", "99"), "document 1, relation R0: cannot read '99'"),
        (("kind", "infons", {}), "document 1, relation R0: no infon relation_id, kind, negated, confidence"),
    ],
)
def test_a_relation_that_cannot_be_read_is_named(
    relation: Make, written: Written, tmp_path: Path, change: tuple[str, str, Any], message: str
) -> None:
    content = json.loads(written(".bioc.json", [relation()]).read_bytes())
    what, key, value = change
    stated = content["documents"][0]["relations"][0]
    (stated if what == "kind" else stated["nodes"][0])[key] = value
    path = tmp_path / "changed.bioc.json"
    path.write_text(json.dumps(content))
    with pytest.raises(RecordError) as caught:
        read_records(path)
    assert f"{path}:{message}" in str(caught.value)


def test_entities_of_a_hostile_file_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    path = tmp_path / "evil.bioc.xml"
    path.write_text(
        f'<!DOCTYPE c [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        "<collection><document><id>&x;</id><relation id='R1'/></document></collection>"
    )
    with pytest.raises(RecordError) as caught:
        read_records(path)
    assert "no infon relation_id" in str(caught.value)
    assert [document["id"] for document in _documents(path)] == [""]


def _documents(path: Path) -> list[dict[str, Any]]:
    from extractor.writers.bioc_format import from_xml

    return list(from_xml(path))


def test_mentions_in_json_are_those_in_xml() -> None:
    from extractor.types import Concept, Document, Mention, Section
    from extractor.writers.bioc import json_collection, xml_collection

    text = "EVs carry miR-21.\nIt acts."
    mention = Mention("MIRNA", 10, 16, "miR-21", "miR-21", Concept("mirbase:MI0000077", "hsa-mir-21"))
    sections = (Section("title", 0, 17), Section("abstract", 18, len(text)))
    found = [(Document("7", text, sections), (mention,)), (Document("8", text), ())]
    as_xml = biocxml.load(io.BytesIO(b"".join(xml_collection(found))))
    as_json = biocjson.loads(b"".join(json_collection(found)).decode("utf-8"))
    assert [biocjson.dumps(one) for one in as_json.documents] == [
        biocjson.dumps(one) for one in as_xml.documents
    ]
    (item,) = as_json.documents[0].passages[0].annotations
    assert (item.text, item.infons["identifier"], item.total_span) == (
        "miR-21",
        "mirbase:MI0000077",
        bioc.BioCLocation(10, 6),
    )


def test_both_spellings_are_read() -> None:
    assert set(FORMATS) <= READERS.keys()
