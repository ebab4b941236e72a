"""Whatever the bytes and the name: documents or problems of one line each, never an exception."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.text import read_text

SUFFIXES = (
    *(".jsonl", ".json", ".csv", ".tsv", ".xml", ".nxml", ".nbib", ".ris", ".txt", ".html", ".pubtator"),
    *(".pdf", ".xlsx", ".jsonl.gz", ".xml.gz", ".dat"),
)
SAMPLES = Path(__file__).with_name("samples")
SEEDS = [path.read_bytes() for path in sorted(SAMPLES.iterdir())]


def check(read, name: str, data: bytes) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read(name, data)
    assert documents or problems
    assert all(p.startswith(f"{name}:") and "\n" not in p and "; " in p for p in problems)
    for document in documents:
        assert document.doc_id
        assert document.text.strip()
        document.text.encode("utf-8")
        assert all(0 <= s.start < s.end <= len(document.text) for s in document.sections)
        assert all(0 <= r.start < r.end <= len(document.text) for r in document.references)
        assert all(len(row) == len(t.columns) for t in document.tables for row in t.rows)
        read_text(document)


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_the_samples_themselves_can_be_read(read, path: Path) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read(path.name, path.read_bytes())
    assert documents
    assert problems == []


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_arbitrary_bytes(read, suffix: str, data: bytes) -> None:  # type: ignore[no-untyped-def]
    check(read, "x" + suffix, data)


@pytest.mark.parametrize("seed", SEEDS, ids=[path.name for path in sorted(SAMPLES.iterdir())])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 500), st.integers(0, 20), st.binary(max_size=6), st.booleans(), st.sampled_from(SUFFIXES)
)
def test_damaged_files(read, seed: bytes, at: int, lost: int, put: bytes, packed: bool, suffix: str) -> None:  # type: ignore[no-untyped-def]
    data = seed[:at] + put + seed[at + lost :]
    check(read, "x" + suffix, gzip.compress(data, mtime=0) if packed else data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 400), st.binary(max_size=4))
def test_damaged_gzip(read, at: int, put: bytes) -> None:  # type: ignore[no-untyped-def]
    packed = gzip.compress(b"".join(SEEDS[-3:]), mtime=0)
    check(read, "x.jsonl.gz", packed[:at] + put + packed[at + len(put) + 1 :])
