"""Reading gold and predictions: what each form means, and that bad input says where and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluation.gold import POOL, read_gold, split_list, split_mirnas
from extractor.evaluation.records import Entry, EvaluationInputError, clean_id, read_predictions
from extractor.types import Evidence, Relation, Slot
from extractor.writers.tsv import relation_lines


def slot(text: str, name: str | None = None, curie: str | None = None, *forms: str) -> dict[str, Any]:
    return {"text": text, "start": 0, "end": len(text), "name": name, "curie": curie, "forms": list(forms)}


def record(**changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "relation_id": "r1",
        "doc_id": "7",
        "kind": "transfer",
        "donor": slot("HCC cells", "hepatocellular carcinoma cell", "X:1", "HCC"),
        "mirna": slot("miR-1"),
        "recipient": None,
        "target": slot("PTEN"),
        "effect": "binds",
        "negated": False,
        "confidence": 0.5,
        "evidence": [{"start": 0, "end": 3, "text": "One.", "rules": ["a"]}],
    }
    return {**made, **changes}


def jsonl(path: Path, *records: Any) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def tsv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(line.replace(" | ", "\t") for line in lines) + "\n", encoding="utf-8")
    return path


def test_a_record_becomes_an_entry(tmp_path: Path) -> None:
    assert read_predictions(jsonl(tmp_path / "p.jsonl", record())) == {
        "7": (
            Entry(
                doc_id="7",
                donor=("HCC cells", "hepatocellular carcinoma cell", "HCC", "X:1"),
                mirna=("miR-1",),
                target=("PTEN",),
                effect=("binds",),
                evidence=("One.",),
                label="r1",
                confidence=0.5,
            ),
        )
    }


def test_only_transfer_that_is_not_negated_counts(tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "p.jsonl",
        record(negated=True),
        record(kind="regulation"),
        record(doc_id="PMID:8", effect=None),
    )
    found = read_predictions(path)
    assert list(found) == ["8"]
    assert found["8"][0].effect == ("unknown",)


def test_no_target_no_effect(tmp_path: Path) -> None:
    found = read_predictions(jsonl(tmp_path / "p.jsonl", record(target=None, effect="unknown")))
    assert (found["7"][0].target, found["7"][0].effect) == ((), ())


def test_no_predictions(tmp_path: Path) -> None:
    assert read_predictions(jsonl(tmp_path / "p.jsonl")) == {}


def test_predictions_as_tsv(tmp_path: Path) -> None:
    path = tsv(
        tmp_path / "p.tsv",
        "relation_id | doc_id | kind | donor | donor_forms | mirna | recipient | target | target_curie "
        "| effect | negated",
        "r1 | 7 | transfer | HCC cells | HCC|liver cancer | miR-1 |  | PTEN | hgnc:9588 | decreases | false",
        "r2 | 7 | transfer | CAFs |  | miR-2 | – |  |  |  | false",
        "r3 | 7 | regulation | CAFs |  | miR-3 |  |  |  |  | false",
        "r4 | 7 | transfer | CAFs |  | miR-4 |  |  |  |  | true",
    )
    first, second = read_predictions(path)["7"]
    assert first == Entry(
        "7",
        ("miR-1",),
        ("HCC cells", "HCC", "liver cancer"),
        (),
        ("PTEN", "hgnc:9588"),
        ("decreases",),
        label="r1",
    )
    assert second == Entry("7", ("miR-2",), ("CAFs",), label="r2")


def test_odd_line_separators_inside_a_string_end_no_line(tmp_path: Path) -> None:
    odd = record(evidence=[{"start": 0, "end": 3, "text": "a\u2028b\x85c", "rules": []}])
    path = tmp_path / "p.jsonl"
    path.write_bytes((json.dumps(odd, ensure_ascii=False) + "\r\n").encode())
    assert read_predictions(path)["7"][0].evidence == ("a\u2028b\x85c",)


def test_both_output_formats_read_the_same(tmp_path: Path) -> None:
    made = [
        Relation(
            doc_id="7",
            mirna=Slot("miR-1", 0, 5, "miR-1|x", "mirbase:1", ("microRNA-1", "a\tb")),
            donor=Slot('"odd" cells', 3, 9),
            target=Slot("PTEN", 1, 5),
            effect="decreases",
            evidence=(Evidence(0, 9, 'One "line"\nand | more.', ("r.1",)), Evidence(9, 12, "Two.")),
        ),
        Relation(doc_id="8", mirna=Slot("miR-2", 0, 5), negated=True),
    ]
    jsonl(tmp_path / "p.jsonl", *(relation.to_record() for relation in made))
    (tmp_path / "p.tsv").write_bytes(b"".join(relation_lines(made)))
    found = read_predictions(tmp_path / "p.tsv")
    assert found == read_predictions(tmp_path / "p.jsonl")
    assert found["7"][0].mirna == ("miR-1", "miR-1|x", "microRNA-1", "a\tb", "mirbase:1")
    assert list(found) == ["7"]


def test_a_broken_row_of_ours(tmp_path: Path) -> None:
    lines = b"".join(relation_lines([Relation(doc_id="7", mirna=Slot("miR-1", 0, 5))]))
    (tmp_path / "p.tsv").write_bytes(lines.replace(b"\t0\t5\t", b"\tnull\t5\t"))
    with pytest.raises(EvaluationInputError, match=r"p\.tsv:2: not a row as evmir writes it .*extract again"):
        read_predictions(tmp_path / "p.tsv")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("p.jsonl", "{}\n", r"p.jsonl:1: a relation record needs doc_id and a mirna slot"),
        ("p.jsonl", '{"doc_id": "1", "mirna": null}', r"p.jsonl:1: a relation record needs"),
        (
            "p.jsonl",
            '{"doc_id": "1", "mirna": {"text": "x"}, "donor": "CAF"}',
            r":1: donor must be an object",
        ),
        ("p.jsonl", "\n[1]\n", r"p.jsonl:2: list instead of a JSON object"),
        ("p.jsonl", "{oops\n", r"p.jsonl:1: not JSON .* one object a line is needed"),
        ("p.tsv", "", r"p.tsv: is empty; a header line"),
        ("p.tsv", "doc_id\tmirna\n1\t\n", r"p.tsv:2: a prediction row needs the columns doc_id and mirna"),
    ],
)
def test_bad_predictions(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationInputError, match=message):
        read_predictions(path)


def test_all_bad_lines_are_named_at_once(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "p.jsonl", *[{"doc_id": "1"}] * 12)
    with pytest.raises(EvaluationInputError) as caught:
        read_predictions(path)
    lines = str(caught.value).splitlines()
    assert [line.split(":")[1] for line in lines[:-1]] == [str(number) for number in range(1, 11)]
    assert lines[-1] == "... and 2 more"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(EvaluationInputError, match=r"none\.jsonl: cannot be read \(No such file"):
        read_predictions(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"a": "\xe9"}')
    with pytest.raises(EvaluationInputError, match=r"latin\.jsonl: is not UTF-8 \(byte 7\)"):
        read_predictions(tmp_path / "latin.jsonl")


def annotation(pmid: str, *tuples: dict[str, Any]) -> dict[str, Any]:
    return {"pmid": pmid, "class": "transfer", "tuples": list(tuples), "notes": ""}


FULL = {
    "donor": ["A", "As"],
    "mirna": ["miR-1"],
    "recipient": [],
    "target": ["G"],
    "effect": "",
    "phenotype": [],
}


def test_annotations(tmp_path: Path) -> None:
    gold = read_gold(jsonl(tmp_path / "g.jsonl", annotation("1", FULL), annotation("2")))
    assert gold.documents == {"1": (Entry("1", ("miR-1",), ("A", "As"), (), ("G",), ("unknown",)),), "2": ()}
    assert not gold.pooled


def test_records_of_the_contract_may_be_gold(tmp_path: Path) -> None:
    gold = read_gold(jsonl(tmp_path / "g.jsonl", record(), record(doc_id="8")))
    assert [(doc, len(entries)) for doc, entries in gold.documents.items()] == [("7", 1), ("8", 1)]


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([annotation("1"), annotation("1")], r"g.jsonl: annotated twice: 1; one line"),
        ([{"tuples": []}], r"g.jsonl:1: no pmid or doc_id"),
        ([annotation("1", {**FULL, "mirna": []})], r"g.jsonl:1: a tuple without a miRNA"),
        ([annotation("1", {**FULL, "donor": "A"})], r"g.jsonl:1: donor is 'A'; a list of names is needed"),
        ([{"pmid": "1", "tuples": {}}], r"g.jsonl:1: tuples must be a list of objects"),
        ([{"pmid": "1", "tuples": ["A"]}], r"g.jsonl:1: tuples must be a list of objects"),
        ([], r"g.jsonl: holds no annotation"),
    ],
)
def test_bad_annotations(tmp_path: Path, records: list[Any], message: str) -> None:
    with pytest.raises(EvaluationInputError, match=message):
        read_gold(jsonl(tmp_path / "g.jsonl", *records))


def test_a_table_as_people_write_it(tmp_path: Path) -> None:
    path = tsv(
        tmp_path / "t.tsv",
        "Phenotype | Donor cells | Recipient cells | miRNA | Target gene of miRNA | Reference",
        "growth | CAF | EC|ECs | miR-21 and -29a | X1, Y2 and Z3 | [4]",
        "growth | CAF | – | miR-5 | – | 5",
    )
    gold = read_gold(path)
    rows = gold.documents[POOL]
    assert gold.pooled
    assert [row.show() for row in rows] == [
        "CAF | miR-21 | EC | X1",
        "CAF | miR-21 | EC | Y2",
        "CAF | miR-21 | EC | Z3",
        "CAF | miR-29a | EC | X1",
        "CAF | miR-29a | EC | Y2",
        "CAF | miR-29a | EC | Z3",
        "CAF | miR-5 | – | –",
    ]
    assert (rows[0].recipient, rows[0].label, rows[0].effect) == (("EC", "ECs"), "[4]", ("unknown",))


def test_a_table_with_documents(tmp_path: Path) -> None:
    gold = read_gold(
        tsv(tmp_path / "t.tsv", "pmid | donor | recipient | mirna | target", "PMID:9 | A | B | miR-1 | G")
    )
    assert (list(gold.documents), gold.pooled) == (["9"], False)


def test_the_atomic_file_beside_a_table_is_read_instead(tmp_path: Path) -> None:
    tsv(tmp_path / "t.tsv", "donor | recipient | mirna | target", "A | B | miR-1 | G")
    tsv(
        tmp_path / "t_atomic.tsv",
        "row | reference | donor | recipient | mirna | target | effect | mirna_forms | recipient_forms "
        "| recipient_text | recipient_in_text | target_in_text",
        "3 | 41 | A | B | miR-1 | G | binds | miR-1-3p | Bs|b | C | no | yes",
    )
    assert read_gold(tmp_path / "t.tsv").documents == {
        POOL: (
            Entry(
                doc_id=POOL,
                donor=("A",),
                recipient=("B", "Bs", "b"),
                mirna=("miR-1", "miR-1-3p"),
                target=("G",),
                effect=("binds",),
                unstated=frozenset({"recipient"}),
                beside=(("recipient", ("C",)),),
                label="row 3 [41]",
            ),
        )
    }


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["donor | mirna", "A | miR-1"], r"t.tsv:1: no column recipient, target among donor, mirna"),
        (["donor | recipient | mirna | target", "A | B | – | G"], r"t.tsv:2: no miRNA in column mirna"),
        (["donor | recipient | mirna | target"], r"t.tsv: holds no rows"),
    ],
)
def test_bad_tables(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(EvaluationInputError, match=message):
        read_gold(tsv(tmp_path / "t.tsv", *lines))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("miR-21 and -29a", ("miR-21", "miR-29a")),
        ("miR-494 and \u2212 542-3p", ("miR-494", "miR-542-3p")),
        ("miR-21, \u2212278e, and \u2212 143", ("miR-21", "miR-278e", "miR-143")),
        ("miR-30a/b", ("miR-30a", "miR-30b")),
        ("miR-30a-5p/c-5p", ("miR-30a-5p", "miR-30c-5p")),
        ("let-7a and miR-98", ("let-7a", "miR-98")),
        ("–", ()),
        ("", ()),
    ],
)
def test_lists_of_mirnas(printed: str, expected: tuple[str, ...]) -> None:
    assert split_mirnas(printed) == expected


def test_lists_of_genes() -> None:
    assert split_list("RSU1 and STAG2") == ("RSU1", "STAG2")
    assert split_list("A, B, and C; D") == ("A", "B", "C", "D")
    assert split_list("ANDROGEN band") == ("ANDROGEN band",)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("PMID:12", "12"), ("pmid: 12", "12"), (12, "12"), ("a:b", "a:b"), ("PMID:x", "PMID:x")],
)
def test_ids(given: object, expected: str) -> None:
    assert clean_id(given) == expected
