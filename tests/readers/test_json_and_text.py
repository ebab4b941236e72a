"""JSON Lines, JSON lists and plain text."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.readers.plain import layout_of
from extractor.types import Document, Section


def test_title_and_abstract_make_the_text_of_the_contract(read) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read("x.jsonl", '{"pmid": 123, "title": "A β", "abstract": "Bc.", "year": null}')
    sections = (Section("title", 0, 3), Section("abstract", 4, 7))
    assert documents == [Document("123", "A β\nBc.", sections, source="x.jsonl")]
    assert problems == []


@pytest.mark.parametrize(
    ("record", "doc_id", "text"),
    [
        ({"pmid": "0012", "text": "t"}, "12", "t"),
        ({"pmid": "PMID: 12", "text": "t"}, "12", "t"),
        ({"pmid": 12.0, "doc_id": "own", "text": "t"}, "12", "t"),
        ({"pmid": None, "doc_id": "own", "text": "t"}, "own", "t"),
        ({"pmid": "n/a", "doc_id": "own", "text": "t"}, "own", "t"),
        ({"doc_id": " a\tb ", "text": "t"}, "a b", "t"),
        ({"id": 7, "text": "t"}, "7", "t"),
        ({"text": "t"}, "x:1", "t"),
        ({"doc_id": "", "text": "t"}, "x:1", "t"),
        ({"doc_id": "d", "title": "T", "abstract": None}, "d", "T\n"),
        ({"doc_id": "d", "title": None, "abstract": "A"}, "d", "\nA"),
        ({"doc_id": "d", "title": "T", "abstract": "A", "text": "t"}, "d", "t"),
        ({"doc_id": "d", "title": "T", "text": ""}, "d", "T\n"),
        ({"doc_id": "d", "text": "half \ud83d of it"}, "d", "half \ufffd of it"),
    ],
)
def test_ids_and_texts(read, record: dict[str, object], doc_id: str, text: str) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read("x.jsonl", json.dumps(record))
    assert [(d.doc_id, d.text) for d in documents] == [(doc_id, text)]
    assert problems == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"[1, 2]", "a JSON list, not an object; write one object a line"),
        (b'"text"', "a JSON str, not an object; write one object a line"),
        (b"{", "not JSON (Expecting property name enclosed in double quotes); repair or remove the line"),
        (b'{"text": "a\x00b"}', "not JSON (Invalid control character at); repair or remove the line"),
        (b"[" * 100_000, "not JSON (nested too deeply or a number too long); repair or remove the line"),
        (b'{"text": "\xe9"}', "byte 40 (0xe9) is not UTF-8; save the text as UTF-8"),
        (b'{"doc_id": "d"}', "record d has no title, abstract or text; add one or remove it"),
        (
            b'{"doc_id": "d", "title": " ", "abstract": ""}',
            "record d has no title, abstract or text; add one or remove it",
        ),
        (b'{"text": ["a"]}', "'text' is list, not a string; write it as one string"),
        (b'{"doc_id": true, "text": "a"}', "'doc_id' is bool, not a string; write it as one string"),
    ],
)
def test_a_bad_line_costs_itself_alone(read, line: bytes, message: str) -> None:  # type: ignore[no-untyped-def]
    first, last = b'{"doc_id": "a", "text": "b"}\n\n', b'\r\n{"doc_id": "c", "text": "d"}'
    documents, problems = read("x.jsonl", first + line + last)
    assert [d.doc_id for d in documents] == ["a", "c"]
    assert problems == [f"x.jsonl:line 3: {message}"]


def test_byte_order_mark_and_windows_line_ends(read) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read("x.jsonl", b'\xef\xbb\xbf{"doc_id": "a", "text": "b"}\r\n{"text": "c"}\r\n')
    assert ([(d.doc_id, d.text) for d in documents], problems) == ([("a", "b"), ("x:2", "c")], [])


def test_a_json_list_and_where_it_breaks(read) -> None:  # type: ignore[no-untyped-def]
    whole = '[\n {"pmid": 1, "text": "a"},\n 7,\n {"text":\n "b"}\n]'
    documents, problems = read("x.json", whole)
    assert [(d.doc_id, d.text) for d in documents] == [("1", "a"), ("x:4", "b")]
    assert problems == ["x.json:line 3: a JSON int, not an object; write one object a line"]
    documents, problems = read("y.json", whole[:-9])
    assert [d.doc_id for d in documents] == ["1"]
    assert len(problems) == 2
    assert problems[1].startswith("y.json:line 4: not JSON (")
    assert read("z.json", '[{"text": "a"}')[1] == [
        "z.json: the list does not end; fetch the file again, what is there was read"
    ]


def test_a_json_file_may_hold_one_object_or_lines(read) -> None:  # type: ignore[no-untyped-def]
    assert [d.text for d in read("x.json", '{\n "text": "a"\n}')[0]] == ["a"]
    assert [d.text for d in read("y.json", '{"text": "a"}\n{bad\n{"text": "b"}')[0]] == ["a", "b"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = st.sampled_from(("pmid", "doc_id", "id", "title", "abstract", "text"))
FUZZ = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@FUZZ
@given(st.lists(st.dictionaries(KEYS, JSON, max_size=5), min_size=1, max_size=4))
def test_every_record_is_a_document_or_a_problem(read, records: list[dict[str, object]]) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read("x.jsonl", "\n".join(map(json.dumps, records)))
    notes = sum("both read" in p for p in problems)
    assert len(documents) + len(problems) - notes == len(records)


@FUZZ
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_text_comes_back_as_it_was_written(read, title: str, abstract: str) -> None:  # type: ignore[no-untyped-def]
    line = json.dumps({"doc_id": "d", "title": title, "abstract": abstract}, ensure_ascii=False)
    documents, problems = read("x.jsonl", line)
    if (title + abstract).strip():
        assert [d.text for d in documents] == [title + "\n" + abstract]
        assert [documents[0].text[s.start : s.end] for s in documents[0].sections] == [
            t for t in (title, abstract) if t
        ]
    else:
        assert len(problems) == 1


def test_plain_text_keeps_its_characters_as_they_are(read) -> None:  # type: ignore[no-untyped-def]
    data = "\ufeffA – line\r\nand\tmore\x0c\n".encode()
    (document,), problems = read("my.notes.txt", data)
    assert document == Document("my.notes", data.decode("utf-8"), layout="prose", source="my.notes.txt")
    assert problems == []


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("One line only, without an end", "prose"),
        ("A title of a work on the vesicles of cells\nThe abstract is one long line. It ends.", "prose"),
        (
            "Exosomes of the cells are sent to others\nand the ones that then take them up change\nin kind.",
            "pdf",
        ),
        ("First line of text that ends here.\nSecond line that does as well.\nThird.\n", "prose"),
        (
            "Cells of these and of those\nmany more kinds that are seen often\n" * 4
            + "They send vesicles. " * 20,
            "prose",
        ),
        ("miR-21\nPTEN\nglia\nneurons\n", "prose"),
        ("", "prose"),
    ],
)
def test_the_layout_is_told_from_the_lines(text: str, layout: str) -> None:
    assert layout_of(text) == layout


def test_ten_megabytes_in_one_line_are_read_in_seconds(read) -> None:  # type: ignore[no-untyped-def]
    text = "miR-21 lowers PTEN in these cells. " * 300_000
    began = time.monotonic()
    assert [d.text for d in read("x.txt", text)[0]] == [text]
    assert [d.text for d in read("x.jsonl", json.dumps({"text": text}))[0]] == [text]
    assert time.monotonic() - began < 10


def test_a_line_beyond_the_limit_is_passed_over(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("extractor.readers.source.MAX_RECORD", 1 << 20)
    long = '{"text": "' + "x" * (3 << 20) + '"}'
    documents, problems = read("x.jsonl", f'{long}\n{{"text": "a"}}\n')
    assert [d.doc_id for d in documents] == ["x:2"]
    assert problems == ["x.jsonl:line 1: longer than 1 MiB; is it one record a line?"]
    assert read("x.txt", "x" * (2 << 20)) == ([], ["x.txt: longer than 1 MiB; split it"])
