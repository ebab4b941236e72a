"""The store: what goes in comes out, each content once, all of a change or nothing."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.sources.errors import SourceError
from extractor.sources.runs import begin_run, finish_run, last_run
from extractor.sources.store import Record, Store


def contents(store: Store) -> int:
    return int(store.rows("SELECT count(*) FROM content", ())[0][0])


def test_what_goes_in_comes_out(store: Store, tmp_path: Path) -> None:
    store.put("pubmed", [Record("1", b"one \xce\xb1"), Record("2", b"two")])
    with Store(tmp_path / "store") as again:
        assert [again.get("pubmed", i) for i in ("1", "2", "3")] == [b"one \xce\xb1", b"two", None]
        assert again.get("europepmc", "1") is None
        assert again.count("pubmed") == 2


def test_the_same_content_is_there_once_and_goes_with_its_last_record(store: Store) -> None:
    store.put("pubmed", [Record("1", b"same"), Record("2", b"same")])
    assert contents(store) == 1
    store.put("pubmed", [Record("1", b"revised")])
    assert (contents(store), store.get("pubmed", "2")) == (2, b"same")
    store.put("pubmed", [Record("2", b"revised")])
    assert (contents(store), store.get("pubmed", "1")) == (1, b"revised")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.text("123", min_size=1, max_size=2), st.binary()), max_size=20
    )
)
def test_it_holds_the_last_content_of_each_record_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, puts: list[tuple[str, str, bytes]]
) -> None:
    with Store(tmp_path_factory.mktemp("store")) as store:
        for source, identifier, content in puts:
            store.put(source, [Record(identifier, content)])
        expected = {(source, identifier): content for source, identifier, content in puts}
        assert {key: store.get(*key) for key in expected} == expected
        assert contents(store) == len(set(expected.values()))


def test_other_identifiers_lead_to_the_record(store: Store) -> None:
    store.put("pubmed", [Record("1", b"x", ("PMC7", "doi:10.5555/a"))])
    assert [store.pmid_of(a) for a in ("PMC7", "doi:10.5555/a", "doi:10.5555/b")] == ["1", "1", ""]


def test_a_change_that_fails_leaves_nothing(store: Store) -> None:
    def records():  # type: ignore[no-untyped-def]
        yield Record("1", b"x")
        raise KeyError("the stream broke")

    with pytest.raises(KeyError):
        store.put("pubmed", records())
    assert (store.count("pubmed"), contents(store)) == (0, 0)
    store.put("pubmed", [Record("1", b"x")])
    assert store.count("pubmed") == 1


def test_many_identifiers_are_looked_up_at_once(store: Store) -> None:
    store.put("pubmed", [Record(str(n), b"x") for n in range(0, 3000, 2)])
    assert store.checked("pubmed", [str(n) for n in range(3000)]).keys() == {
        str(n) for n in range(0, 3000, 2)
    }


def test_a_damaged_record_is_named_and_never_read(store: Store) -> None:
    store.put("pubmed", [Record("1", b"x" * 100)])
    store.database.execute("UPDATE content SET data = ?", (zlib.compress(b"another"),))
    with pytest.raises(SourceError, match="the record pubmed 1 is damaged"):
        store.get("pubmed", "1")


@pytest.mark.parametrize("content", [b"no database at all, but long enough to look at" * 20])
def test_a_file_that_is_no_store_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.sqlite").write_bytes(content)
    with pytest.raises(SourceError, match=r"store\.sqlite cannot be used as a store .*name another folder"):
        Store(tmp_path)
    assert (tmp_path / "store.sqlite").read_bytes() == content


def test_a_store_of_a_later_version_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(SourceError, match="was written by a newer evmir"):
        Store(tmp_path)


def test_two_processes_may_write_at_once(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path / "store") as other:
        for n in range(20):
            (store if n % 2 else other).put("pubmed", [Record(str(n), b"%d" % n)])
        assert store.count("pubmed") == other.count("pubmed") == 20


def test_the_log_knows_the_last_run_and_the_last_that_came_to_its_end(store: Store) -> None:
    assert last_run(store, "a") is None
    first = begin_run(store, "a", ["1", "2"])
    finish_run(store, first)
    begin_run(store, "a", ["1", "2", "3"])
    begin_run(store, "b", [])
    last, finished, empty = last_run(store, "a"), last_run(store, "a", finished=True), last_run(store, "b")
    assert last and finished and empty
    assert (last.ids, last.finished) == (("1", "2", "3"), "")
    assert (finished.ids, finished.began <= finished.finished) == (("1", "2"), True)
    assert empty.ids == ()
    assert last_run(store, "b", finished=True) is None
