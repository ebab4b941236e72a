"""Whatever the bytes and the name: documents or problems of one line each, never an exception."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.text import read_text

SUFFIXES = (".jsonl", ".json", ".csv", ".tsv", ".xml", ".nbib", ".txt", ".jsonl.gz", ".xml.gz", ".dat")
SEEDS = (
    b'{"doc_id": "a", "text": "b [1]"}\n{"pmid": 1, "title": "T"}\n',
    b'[{"doc_id": "a", "text": "b"}, {"pmid": 1, "title": "T"}]',
    b'pmid,title,abstract\n1,"a, b","c"\n',
    b"PMID- 1\nTI  - A\n      b\nAB  - c\n\nPMID- 2\nTI  - d\n",
    b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A &amp; b"
    b"</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
    b"\xef\xbb\xbfA plain text about vesicles\nthat goes on [2, 3].\n",
)


def check(read, name: str, data: bytes) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read(name, data)
    assert documents or problems
    assert all(p.startswith(f"{name}:") and "\n" not in p and "; " in p for p in problems)
    for document in documents:
        assert document.doc_id
        assert document.text.strip()
        document.text.encode("utf-8")
        assert all(0 <= s.start < s.end <= len(document.text) for s in document.sections)
        read_text(document)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_arbitrary_bytes(read, suffix: str, data: bytes) -> None:  # type: ignore[no-untyped-def]
    check(read, "x" + suffix, data)


@pytest.mark.parametrize("seed", SEEDS, ids=range(len(SEEDS)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 200), st.integers(0, 20), st.binary(max_size=6), st.booleans(), st.sampled_from(SUFFIXES)
)
def test_damaged_files(read, seed: bytes, at: int, lost: int, put: bytes, packed: bool, suffix: str) -> None:  # type: ignore[no-untyped-def]
    data = seed[:at] + put + seed[at + lost :]
    check(read, "x" + suffix, gzip.compress(data, mtime=0) if packed else data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 400), st.binary(max_size=4))
def test_damaged_gzip(read, at: int, put: bytes) -> None:  # type: ignore[no-untyped-def]
    packed = gzip.compress(b"".join(SEEDS), mtime=0)
    check(read, "x.jsonl.gz", packed[:at] + put + packed[at + len(put) + 1 :])
