"""Brat standoff and PubTator: lines as those tools read them, and what people change in brat comes back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from bioc import pubtator as reference_reader
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.types import Concept, Document, Mention, Relation, Slot
from extractor.writers import brat, pubtator, read_records
from extractor.writers.records import RecordError

Make = Callable[..., Relation]
Written = Callable[[str, list[Relation]], Path]
Relations = st.SearchStrategy[list[Relation]]
TEXT = "EVs carry miR-21.\nIt acts on 𝛽-catenin."
MENTIONS = (
    Mention("VESICLE", 0, 3, "EVs"),
    Mention("MIRNA", 10, 16, "miR-21", "miR-21", Concept("mirbase:MI0000077", "hsa-mir-21")),
    Mention("GENE", 29, 38, "𝛽-catenin", "beta-catenin"),
)


def unpacked(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def changed(path: Path, name: str, change: Callable[[str], str]) -> Path:
    """A copy of an archive with one file changed, packed as people pack."""
    files = unpacked(path.read_bytes())
    copy = path.with_name("changed.brat.zip")
    with zipfile.ZipFile(copy, "w") as archive:
        for other, content in files.items():
            archive.writestr(other, change(content) if other == name else content)
    return copy


def test_mentions_as_brat_reads_them() -> None:
    across = Mention("CELL", 10, 20, TEXT[10:20])
    files = unpacked(b"".join(brat.archive([(Document("a/b", TEXT + "\r\x85"), (*MENTIONS, across))])))
    assert list(files) == ["a%2Fb.txt", "a%2Fb.ann", "annotation.conf"]
    assert files["a%2Fb.txt"] == TEXT + "  "
    assert files["a%2Fb.ann"].split("\n") == [
        "T1\tVESICLE 0 3\tEVs",
        "T2\tMIRNA 10 16\tmiR-21",
        "N2\tReference T2 mirbase:MI0000077\thsa-mir-21",
        "T3\tGENE 29 38\t𝛽-catenin",
        "T4\tCELL 10 17;18 20\tmiR-21. It",
        "",
    ]
    assert "[entities]\nCELL\nGENE\nMIRNA\nVESICLE\n" in files["annotation.conf"]


@given(
    st.lists(st.text(max_size=4) | st.sampled_from([".", "..", "a+2", "%", "", "~", "\udc80"]), max_size=5)
)
def test_file_names_tell_the_documents_apart(doc_ids: list[str]) -> None:
    names = brat.Names()
    made = [names.of(doc_id) for doc_id in doc_ids]
    assert [brat.doc_id_of(name) for name in made] == doc_ids
    assert len(set(made)) == len(made)
    assert all(re.fullmatch(r"[\w%~+\-][\w%~+\-.]*", name, re.ASCII) for name in made)


def test_a_relation_as_brat_reads_it(relation: Make, written: Written) -> None:
    files = unpacked(
        written(".brat.zip", [relation(), relation(target=None, effect=None, negated=True)]).read_bytes()
    )
    assert list(files) == ["123.txt", "123.ann", "annotation.conf"]
    assert files["123.txt"] == " " * 9 + "\n" + relation().evidence[0].text + "\n"
    lines = [line.split("\t") for line in files["123.ann"].splitlines()]
    assert [line for line in lines if line[0][0] != "#"] == [
        ["T1", "CELL 10 13", "MSC"],
        ["N1", "Reference T1 CL:0000134", "mesenchymal stem cell"],
        ["T2", "MIRNA 29 38", "miR-21-5p"],
        ["N2", "Reference T2 mirbase.mature:MIMAT0000076", "hsa-miR-21-5p"],
        ["T3", "CELL 61 68", "T cells"],
        ["N3", "Reference T3 CL:0000084", "T cell"],
        ["T4", "GENE 53 57", "PTEN"],
        ["N4", "Reference T4 hgnc:9588", "PTEN"],
        ["T5", "VESICLE 14 22", "exosomes"],
        ["T6", "Transfer 29 38", "miR-21-5p"],
        ["E1", "Transfer:T6 Donor:T1 Mirna:T2 Recipient:T3 Target:T4 Vesicle:T5"],
        ["A1", "Effect E1 decreases"],
        ["T7", "Transfer 29 38", "miR-21-5p"],
        ["E2", "Transfer:T7 Donor:T1 Mirna:T2 Recipient:T3 Vesicle:T5"],
        ["A4", "Negated E2"],
    ]
    notes = {line[1]: json.loads(line[2]) for line in lines if line[0][0] == "#"}
    assert notes["AnnotatorNotes T2"] == {"forms": "miR-21"}
    assert notes["AnnotatorNotes E1"]["confidence"] == "0.75"
    assert "text" not in notes["AnnotatorNotes T1"]


@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_the_text_is_at_every_place_what_the_annotation_says(
    data: st.DataObject, text_relations: Relations, written: Written
) -> None:
    files = unpacked(written(".brat.zip", data.draw(text_relations)).read_bytes())
    for name in (name for name in files if name.endswith(".ann")):
        text = files[name.replace(".ann", ".txt")]
        for line in files[name].split("\n"):
            if line.startswith("T"):
                _, place, printed = line.split("\t")
                _, start, end = place.split(" ")
                assert text[int(start) : int(end)] == printed != ""
        ids = [line.split("\t")[0] for line in files[name].splitlines()]
        assert len(ids) == len(set(ids))


def test_what_people_change_in_brat_comes_back(relation: Make, written: Written) -> None:
    path = written(".brat.zip", [relation()])
    edits = {
        "Reference T4 hgnc:9588\tPTEN": "Reference T4 hgnc:9587\tPTENP1",
        " Recipient:T3": "",
        "Effect E1 decreases": "Effect E1 increases",
        "Transfer:T6 Donor:T1": "Transfer:T6 Donor:T3",
    }

    def edit(content: str) -> str:
        for old, new in edits.items():
            assert old in content
            content = content.replace(old, new)
        return content + "A9\tNegated E1\n"

    (record,) = read_records(changed(path, "123.ann", edit))
    assert (record["target"]["curie"], record["target"]["name"]) == ("hgnc:9587", "PTENP1")
    assert (record["recipient"], record["donor"]["text"]) == (None, "T cells")
    assert (record["effect"], record["negated"]) == ("increases", True)
    assert record["evidence"] == relation().to_record()["evidence"]


def test_an_event_added_in_brat_rests_on_its_line(relation: Make, written: Written) -> None:
    path = written(".brat.zip", [relation()])
    added = "T20\tRegulation 29 38\tmiR-21-5p\nE7\tRegulation:T20 Mirna:T2 Target:T4\n"
    _, record = read_records(changed(path, "123.ann", lambda content: content + added))
    assert (record["kind"], record["doc_id"], record["confidence"]) == ("regulation", "123", 1.0)
    assert (record["mirna"]["text"], record["target"]["text"], record["donor"]) == ("miR-21-5p", "PTEN", None)
    assert record["evidence"] == [{"start": 10, "end": 69, "text": relation().evidence[0].text, "rules": []}]
    assert len(record["relation_id"]) == 16


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("E7\tTransfer:T6 Mirna:T99\n", "123.ann, E7: cannot read 'T99'"),
        ("E7\tTransfer:T6 Boss:T1\n", "123.ann, E7: an argument 'boss': one of donor, mirna"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(
    relation: Make, written: Written, added: str, message: str
) -> None:
    path = changed(written(".brat.zip", [relation()]), "123.ann", lambda content: content + added)
    with pytest.raises(RecordError) as caught:
        read_records(path)
    assert str(caught.value).startswith(f"{path}:{message}")


def test_pubtator_as_the_package_bioc_reads_it() -> None:
    odd = Mention("CELL", 17, 20, TEXT[17:20])
    content = b"".join(
        pubtator.documents([(Document("7", TEXT), (*MENTIONS, odd)), (Document("8|x", "One"), ())])
    )
    assert content.decode("utf-8").split("\n") == [
        "7|t|EVs carry miR-21.",
        "7|a|It acts on 𝛽-catenin.",
        "7\t0\t3\tEVs\tVesicle\t-",
        "7\t10\t16\tmiR-21\tmiRNA\tmirbase:MI0000077",
        "7\t29\t38\t𝛽-catenin\tGene\t-",
        "7\t17\t20\t It\tCell\t-",
        "",
        *("8_x|t|One", "8_x|a|", "", ""),
    ]
    first, _ = reference_reader.loads(content.decode("utf-8"))
    text = f"{first.title} {first.abstract}"
    assert [text[a.start : a.end] for a in first.annotations] == ["EVs", "miR-21", "𝛽-catenin", " It"]
    assert [a.text for a in first.annotations] == ["EVs", "miR-21", "𝛽-catenin", " It"]


@given(st.text(alphabet=st.characters() | st.sampled_from("\t\n\r\x85\u2028"), max_size=30))
@example("Title\nAb\nst\rra\x85ct\u2028.\t")
def test_pubtator_moves_no_offset(text: str) -> None:
    title, abstract, *rest = b"".join(pubtator.documents([(Document("1", text), ())])).decode().split("\n")
    assert rest == ["", ""]
    joined = f"{title.removeprefix('1|t|')} {abstract.removeprefix('1|a|')}"
    assert len(joined) == len(text) + ("\n" not in text)
    assert pubtator.BREAK.search(joined) is None
    assert [c for c, old in zip(joined, text, strict=False) if c != old and c not in " \ufffd"] == []


def test_slots_outside_the_evidence_stand_in_the_text(relation: Make, written: Written) -> None:
    made = relation(donor=Slot("MSCs", 2, 6), target=Slot("miR-29a", 80, 84))
    text = unpacked(written(".brat.zip", [made]).read_bytes())["123.txt"]
    assert (text[2:6], text[80:84], len(text)) == ("MSCs", "-29a", 85)
    assert text[6:10] == "   \n"
    assert read_records(written(".brat.zip", [made])) == [made.to_record()]


def test_a_completed_name_changes_no_sentence(relation: Make, written: Written) -> None:
    sentence = relation().evidence[0].text.replace("miR-21-5p", "and -29a ")
    made = relation(mirna=Slot("miR-29a", 32, 37), evidence=(replace(relation().evidence[0], text=sentence),))
    path = written(".brat.zip", [made])
    files = unpacked(path.read_bytes())
    assert files["123.txt"] == " " * 9 + "\n" + sentence + "\n"
    assert "T2\tMIRNA 32 37\t -29a\n" in files["123.ann"]
    assert '\tAnnotatorNotes T2\t{"text": "miR-29a"}\n' in files["123.ann"]
    assert read_records(path) == [made.to_record()]
