"""Relations in files: the contract's schema, the bytes, and the way back from both formats."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.types import CUES, Cue, Evidence, Relation, RelationContext, Slot, relation_id
from extractor.writers import RELATION_WRITERS, UnknownFormat, choose, context_cells, jsonl, tsv
from extractor.writers.records import RecordError, read_records

ODD = st.sampled_from('\t\n\r|\\"= ue\x00\x1b\x85\u2028')
NASTY = st.text(alphabet=st.characters(exclude_categories=["Cs"]) | ODD, max_size=12)
NUMBER = st.integers(0, 10**6)
SLOTS = st.builds(
    Slot, NASTY, NUMBER, NUMBER, st.none() | NASTY, st.none() | NASTY, st.lists(NASTY, max_size=3).map(tuple)
)
EVIDENCE = st.builds(Evidence, NUMBER, NUMBER, NASTY, st.lists(NASTY, max_size=3).map(tuple))
CUE = st.builds(Cue, NASTY, NASTY, NUMBER, NUMBER, NUMBER, NUMBER, NASTY, st.none() | NASTY)
CONTEXT = st.builds(
    RelationContext,
    phenotype_direction=st.sampled_from([None, "promotes", "inhibits", "unclear"]),
    **{attribute: st.lists(CUE, max_size=3).map(tuple) for attribute in CUES},
)
RELATIONS = st.builds(
    Relation,
    doc_id=NASTY,
    mirna=SLOTS,
    donor=st.none() | SLOTS,
    recipient=st.none() | SLOTS,
    target=st.none() | SLOTS,
    phenotype=st.none() | SLOTS,
    vesicle=st.none() | SLOTS,
    effect=st.sampled_from([None, "decreases", "increases", "binds", "unknown"]),
    kind=st.sampled_from(["transfer", "regulation"]),
    negated=st.booleans(),
    confidence=st.floats(0, 1),
    evidence=st.lists(EVIDENCE, max_size=3).map(tuple),
    citations=st.lists(NASTY, max_size=3).map(tuple),
    flags=st.lists(NASTY, max_size=3).map(tuple),
    context=CONTEXT,
)


def a_relation(**values: Any) -> Relation:
    defaults: dict[str, Any] = {
        "doc_id": "123",
        "mirna": Slot("miR-21-5p", 10, 19, "hsa-miR-21-5p", "mirbase.mature:MIMAT0000076", ("miR-21",)),
        "target": Slot("PTEN", 40, 44),
        "effect": "decreases",
        "confidence": 0.75,
        "evidence": (Evidence(0, 50, "One. | \tTwo.", ("carry.1", "target.2")), Evidence(60, 70, '"Three"')),
        "citations": ("41", "64"),
    }
    return Relation(**{**defaults, **values})


@given(RELATIONS)
def test_a_row_holds_all_of_a_record(relation: Relation) -> None:
    record = relation.to_record()
    assert tsv.unflatten(tsv.flatten(record)) == record


@given(st.lists(RELATIONS, min_size=1, max_size=3))
def test_readers_that_know_nothing_of_our_escapes_see_the_same_rows(found: list[Relation]) -> None:
    content = b"".join(tsv.relation_lines(found)).decode("utf-8")
    lines = content.splitlines()
    assert len(lines) == len(found) + 1
    assert all(line.count("\t") == len(tsv.COLUMNS) - 1 for line in lines)
    as_csv = list(csv.reader(io.StringIO(content, newline=""), delimiter="\t"))
    assert as_csv == [line.split("\t") for line in lines]


@given(st.lists(RELATIONS, min_size=1, max_size=3))
def test_a_json_line_is_a_line_for_everybody(found: list[Relation]) -> None:
    content = b"".join(jsonl.relation_lines(found)).decode("utf-8")
    assert [json.loads(line) for line in content.splitlines()] == [r.to_record() for r in found]


def test_the_bytes_of_a_json_line() -> None:
    line = b"".join(jsonl.relation_lines([a_relation(doc_id="β", evidence=())])).decode("utf-8")
    assert line.endswith("}\n")
    assert '"doc_id": "β"' in line
    assert list(json.loads(line)) == [
        *("relation_id", "doc_id", "kind", "donor", "mirna", "recipient", "target", "phenotype", "vesicle"),
        *("effect", "negated", "confidence", "evidence", "citations", "flags", "context"),
    ]


def test_the_cells_of_a_row() -> None:
    row = tsv.flatten(a_relation().to_record())
    assert set(row) == set(tsv.COLUMNS)
    shown = {name: row[name] for name in ("doc_id", "mirna", "mirna_start", "mirna_forms", "mirna_curie")}
    assert shown == {
        "doc_id": "123",
        "mirna": "miR-21-5p",
        "mirna_start": "10",
        "mirna_forms": "miR-21",
        "mirna_curie": "mirbase.mature:MIMAT0000076",
    }
    assert (row["donor"], row["donor_start"], row["donor_forms"]) == ("", "", "")
    assert (row["negated"], row["confidence"], row["effect"]) == ("false", "0.75", "decreases")
    assert row["evidence"] == r'One. \p \tTwo. | \u0022Three"'
    assert row["evidence_start"] == "0 | 60"
    assert row["evidence_rules"] == "carry.1 target.2 | "
    assert row["citations"] == "41 | 64"


def a_context() -> RelationContext:
    return RelationContext(
        phenotype_direction="inhibits",
        donor_condition=(Cue("hypoxia", "hypoxic", 4, 11, 0, 50, "hypoxia"),),
        species=(
            Cue("human", "HUVECs", 20, 26, 0, 50, "human", "NCBITaxon:9606"),
            Cue("mouse", "mice", 60, 64, 60, 70, "species.word", "NCBITaxon:10090"),
        ),
    )


def test_the_cells_of_a_context() -> None:
    row = tsv.flatten(a_relation(context=a_context()).to_record())
    assert (row["phenotype_direction"], row["donor_condition"], row["engineered"]) == (
        "inhibits",
        "hypoxia",
        "",
    )
    assert row["donor_condition_curie"] == ""
    assert row["species"] == "human | mouse"
    assert row["species_curie"] == "NCBITaxon:9606 | NCBITaxon:10090"
    assert (row["species_start"], row["species_sentence_end"]) == ("20 | 60", "50 | 70")


def test_the_context_is_no_part_of_the_statement() -> None:
    plain, told = a_relation().to_record(), a_relation(context=a_context()).to_record()
    assert plain["context"] != told["context"]
    assert plain["relation_id"] == told["relation_id"] == relation_id(told)


def test_what_was_written_before_contexts_were_is_still_read(tmp_path: Path) -> None:
    record = a_relation().to_record()
    lines, table = tmp_path / "old.jsonl", tmp_path / "old.tsv"
    lines.write_text(json.dumps({k: v for k, v in record.items() if k != "context"}) + "\n", encoding="utf-8")
    row = tsv.flatten(record)
    columns = [c for c in tsv.COLUMNS if c not in tsv.LATER]
    table.write_bytes(tsv.row_bytes(columns) + tsv.row_bytes(row[c] for c in columns))
    assert read_records(lines) == read_records(table) == [record]
    assert record["context"] == RelationContext().to_record()


@given(st.text(alphabet=st.characters() | ODD | st.sampled_from("\ud800\udfff")))
def test_any_text_survives_a_cell_and_a_line(text: str) -> None:
    cell = tsv.escape(text)
    assert tsv.unescape(cell.encode("utf-8").decode("utf-8")) == text
    assert json.loads(jsonl.encode({"text": text}).decode("utf-8")) == {"text": text}


@pytest.mark.parametrize("text", ["=SUM(A1)", "+1", "-29a", "@cell"])
def test_cells_are_data_and_not_changed_for_spreadsheets(text: str) -> None:
    assert tsv.escape(text) == text


def test_a_key_without_a_column_is_not_lost_in_silence() -> None:
    with pytest.raises(ValueError, match="no TSV column holds species"):
        tsv.flatten({**a_relation().to_record(), "species": "human"})


def test_flags_are_kept_and_change_no_id() -> None:
    plain, flagged = a_relation().to_record(), a_relation(flags=("retracted", "preprint")).to_record()
    assert (plain["flags"], flagged["flags"]) == ([], ["retracted", "preprint"])
    assert plain["relation_id"] == flagged["relation_id"]
    assert tsv.flatten(flagged)["flags"] == "retracted | preprint"


def test_files_from_before_there_were_flags(tmp_path: Path) -> None:
    expected = [{**a_relation().to_record(), "flags": []}]
    record = a_relation().to_record()
    del record["flags"]
    (tmp_path / "old.jsonl").write_bytes(jsonl.encode(record))
    assert read_records(tmp_path / "old.jsonl") == expected
    columns = [column for column in tsv.COLUMNS if column != "flags"]
    row = tsv.flatten(record)
    lines = (tsv.row_bytes(columns), tsv.row_bytes(row[column] for column in columns))
    (tmp_path / "old.tsv").write_bytes(b"".join(lines))
    assert read_records(tmp_path / "old.tsv") == expected


def test_an_empty_table_has_its_header() -> None:
    assert b"".join(tsv.relation_lines([])).decode("utf-8") == "\t".join(tsv.COLUMNS) + "\n"


def test_the_manual_names_every_column() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "output.md").read_text(encoding="utf-8")
    details = {f"{slot}_{detail}" for slot in tsv.SLOTS for detail in tsv.DETAILS}
    details |= {f"{attribute}_{detail}" for attribute in CUES for detail in context_cells.DETAILS}
    assert [column for column in tsv.COLUMNS if column not in details and f"`{column}`" not in manual] == []
    assert [detail for detail in tsv.DETAILS if f"`SLOT_{detail}`" not in manual] == []
    assert [detail for detail in context_cells.DETAILS if f"`CUE_{detail}`" not in manual] == []


def test_records_obey_the_contract(shared: Path) -> None:
    schema = json.loads((shared / "contract" / "relation.schema.json").read_text(encoding="utf-8"))
    filled = {name: Slot("x", 0, 1) for name in tsv.SLOTS}
    for relation in (a_relation(), a_relation(**filled), a_relation(target=None, effect=None, negated=True)):
        jsonschema.validate(relation.to_record(), schema, cls=jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(a_relation(evidence=()).to_record(), schema)


def test_reading_tells_all_bad_lines_with_their_numbers(tmp_path: Path) -> None:
    good = b"".join(jsonl.relation_lines([a_relation()])).decode("utf-8")
    path = tmp_path / "bad.jsonl"
    path.write_text(f'{good}{{"doc_id": \n\n[]\n{{"doc_id": "1"}}\n')
    with pytest.raises(RecordError) as caught:
        read_records(path)
    first, second, third = str(caught.value).splitlines()
    assert first.startswith(f"{path}:2: not JSON")
    assert second == f"{path}:4: not a JSON object"
    assert third.startswith(f"{path}:5: no confidence, donor, effect")


def test_reading_a_table_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "other.tsv"
    path.write_text("donor\tmirna\nTAM\tmiR-21\n")
    with pytest.raises(RecordError, match=r"other\.tsv:1: no column relation_id, .*not a table that"):
        read_records(path)


def test_reading_a_row_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "cut.tsv"
    path.write_bytes(b"".join(tsv.relation_lines([a_relation()]))[:-40] + b"\n")
    with pytest.raises(RecordError, match=r"cut\.tsv:2: "):
        read_records(path)


def test_reading_what_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "latin.tsv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecordError, match="not UTF-8"):
        read_records(path)


def test_a_byte_order_mark_and_dos_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "dos.tsv"
    content = b"".join(tsv.relation_lines([a_relation()])).replace(b"\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + content)
    assert read_records(path) == [a_relation().to_record()]


def test_the_format_is_told_by_the_suffix() -> None:
    assert choose(Path("a.b.TSV"), RELATION_WRITERS) is tsv.relation_lines
    assert choose(Path("a.sssom.tsv"), {".tsv": 1, ".sssom.tsv": 2, ".jsonl": 3}) == 2
    with pytest.raises(UnknownFormat, match=r"'out\.doc': let it end in \.jsonl, \.tsv or \.csv$"):
        choose(Path("out.doc"), {".jsonl": 1, ".tsv": 2, ".csv": 3})
