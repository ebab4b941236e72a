"""What services send, whatever it is: records, or a reason to ask again, and no other exception."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from literature import Paper

from extractor.readers.records import document_of
from extractor.sources.articles import article_set, json_object, split_articles
from extractor.sources.errors import BadAnswer
from extractor.sources.europepmc import record_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("pmid", "pmcid", "doi", "title", "abstractText", "pubYear", "language", "journalInfo", "pubTypeList",
        "commentCorrectionList")  # fmt: skip
ARTICLES = [Paper("1", "One &#x3b1;", "A<sup>2</sup>", doi="10.5555/A", pmcid="PMC9"), Paper("2", "Two")]


def answer(*papers: Paper) -> bytes:
    return f"<PubmedArticleSet>{''.join(paper.xml() for paper in papers)}</PubmedArticleSet>".encode()


def test_an_answer_is_taken_apart_with_the_articles_own_identifiers() -> None:
    first, second = split_articles(answer(*ARTICLES))
    assert (first.id, first.aliases) == ("1", ("doi:10.5555/a", "PMC9"))
    assert (second.id, second.aliases) == ("2", ())
    assert first.content.startswith(b"<PubmedArticle>")
    assert "One α".encode() in first.content


def test_put_together_again_it_is_the_same() -> None:
    records = split_articles(answer(*ARTICLES))
    assert split_articles(b"".join(article_set(r.content for r in records))) == records


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "malformed XML"),
        (answer(*ARTICLES)[:-30], "malformed XML"),
        (answer(*ARTICLES).replace(b"Two", b"T\x0bwo"), "malformed XML"),
        (b'{"error":"down \x0b for now"}', "an error: down for now"),
        (b"<eFetchResult><ERROR>no history</ERROR></eFetchResult>", "no PubMed records but no history"),
        (b"<html><body>Service   Unavailable</body></html>", "no PubMed records but Service Unavailable"),
        (answer(Paper("", "no number")), "a record without PMID"),
    ],
)
def test_what_is_no_set_of_articles_is_a_reason_to_ask_again(body: bytes, reason: str) -> None:
    with pytest.raises(BadAnswer, match=reason):
        split_articles(body)


def test_nothing_is_loaded_or_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><PubmedArticleSet>&a;</PubmedArticleSet>'
    assert split_articles(bomb) == []


@given(st.binary() | st.text().map(lambda text: f"<PubmedArticleSet>{text}</PubmedArticleSet>".encode()))
def test_any_bytes_are_articles_or_a_reason(body: bytes) -> None:
    for read in (split_articles, json_object):
        try:
            read(body)
        except BadAnswer as reason:
            assert str(reason).isprintable()


@given(JSON)
def test_any_json_is_an_object_or_a_reason(value: object) -> None:
    try:
        assert isinstance(json_object(json.dumps(value).encode()), dict)
    except BadAnswer as reason:
        assert str(reason).isprintable()


@given(st.dictionaries(st.sampled_from(KEYS), JSON))
def test_any_record_of_europe_pmc_becomes_one_of_ours(value: dict[str, object]) -> None:
    record = record_of(json.dumps({**value, "id": "7", "source": "MED"}).encode())
    assert record["doc_id"]
    assert document_of({**record, "title": "A title"}, "7", "here").text


def test_flags_of_europe_pmc() -> None:
    links = [{"type": "Retraction in"}, {"type": "Comment in"}, {"type": "Erratum in"}]
    value = {"id": "7", "source": "MED", "title": "T", "commentCorrectionList": {"commentCorrection": links}}
    assert record_of(json.dumps(value).encode())["flags"] == ["corrected", "retracted"]
