"""The mirror: files in order, each whole, revisions and deletions applied, damage named."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable

import pytest
from literature import Literature, Paper, file_of

from extractor.sources import mirror as mirroring
from extractor.sources.errors import SourceError
from extractor.sources.gathering import PUBMED
from extractor.sources.http import Session
from extractor.sources.mirror import Mirrored, mirror
from extractor.sources.papers import papers
from extractor.sources.settings import Settings
from extractor.sources.store import Record, Store

Make = Callable[..., Settings]
Run = Callable[..., Mirrored]
ONE, TWO = "baseline/pubmed26n0001.xml.gz", "baseline/pubmed26n0002.xml.gz"
THREE, FOUR = "updatefiles/pubmed26n0003.xml.gz", "updatefiles/pubmed26n0004.xml.gz"


@pytest.fixture
def run(settings: Make, store: Store) -> Run:
    """``run(most=1)``: one run of the mirror."""

    def running(most: int | None = None) -> Mirrored:
        made = settings(attempts=3)
        return mirror(store, Session(made), made, lambda done, total: None, most)

    return running


@pytest.fixture
def files(literature: Literature) -> dict[str, bytes]:
    """Two files of a baseline and two of updates: a revision, a deletion, one record that comes back."""
    literature.files = {
        ONE: file_of([Paper("1", "One"), Paper("2", "Two", doi="10.5555/two")]),
        TWO: file_of([Paper("3", "Three"), Paper("4", "Four")]),
        THREE: file_of([Paper("1", "One, revised"), Paper("5", "Five")], deleted=("2", "3", "77")),
        FOUR: file_of([Paper("1", "One, revised twice"), Paper("3", "Three again")]),
        "baseline/README.txt": b"not to be read",
    }
    return literature.files


def titles(store: Store) -> dict[str, str]:
    pmids = [pmid for (pmid,) in store.rows("SELECT id FROM record ORDER BY id", ())]
    found = papers(store, pmids, PUBMED, False, lambda about, why: pytest.fail(why))
    return {paper.abstract.doc_id: paper.abstract.text.strip() for paper in found}


ALL = {"1": "One, revised twice", "3": "Three again", "4": "Four", "5": "Five"}


def test_revisions_and_deletions_are_applied_in_order(
    store: Store, files: dict[str, bytes], run: Run
) -> None:
    assert run() == Mirrored(4, 0)
    assert titles(store) == ALL
    assert store.pmid_of("doi:10.5555/two") == ""  # gone with its record
    assert [path.name for path in store.path.parent.iterdir() if "pubmed" in path.name] == []


def test_the_second_run_takes_what_is_new(
    literature: Literature, store: Store, files: dict[str, bytes], run: Run
) -> None:
    late = files.pop(FOUR)
    assert run() == Mirrored(3, 0)
    assert titles(store)["1"] == "One, revised"
    literature.log.clear()
    assert run() == Mirrored(0, 0)
    assert [path for _, path, _ in literature.log] == ["/pubmed/baseline/", "/pubmed/updatefiles/"]
    files[FOUR] = late
    assert run() == Mirrored(1, 0)
    assert titles(store) == ALL


def test_some_files_at_a_time(store: Store, files: dict[str, bytes], run: Run) -> None:
    assert run(most=1) == Mirrored(1, 3)
    assert titles(store) == {"1": "One", "2": "Two"}
    assert run(most=2) == Mirrored(2, 1)
    assert run() == Mirrored(1, 0)
    assert titles(store) == ALL


def test_a_download_that_breaks_off_goes_on_where_it_was(
    literature: Literature, store: Store, files: dict[str, bytes], run: Run
) -> None:
    noise = [hashlib.sha512(str(n).encode()).hexdigest() * 4 for n in range(2000)]
    files[ONE] = file_of([Paper(str(10 + n), "Long", text) for n, text in enumerate(noise)])
    assert len(files[ONE]) > 2 * 65536
    literature.planned.extend([("n0001.xml.gz.md5", "reset"), ("n0001.xml.gz.md5", "429")])
    literature.planned.extend([("n0001.xml.gz", ""), ("n0001.xml.gz", "cut")])
    assert run(most=1) == Mirrored(1, 3)
    assert len(titles(store)) == 2000
    (start,) = [headers["Range"] for headers in literature.headers if "Range" in headers]
    assert 65536 <= int(start.removeprefix("bytes=").removesuffix("-")) <= len(files[ONE]) // 2


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_what_an_earlier_run_left_is_used(
    literature: Literature, store: Store, files: dict[str, bytes], run: Run, share: float
) -> None:
    part = store.path.parent / "pubmed26n0001.xml.gz.part"
    part.write_bytes(files[ONE][: int(len(files[ONE]) * share)])
    assert run(most=1) == Mirrored(1, 3)
    assert titles(store) == {"1": "One", "2": "Two"}
    assert not part.exists()
    assert "Range" in literature.headers[-1]


def test_a_wrong_md5_is_fetched_again(
    literature: Literature, store: Store, files: dict[str, bytes], run: Run
) -> None:
    literature.wrong_md5[TWO] = 1
    assert run() == Mirrored(4, 0)
    assert titles(store) == ALL
    assert len([path for _, path, _ in literature.log if path.endswith("n0002.xml.gz")]) == 2


def test_an_md5_that_stays_wrong_is_named_and_nothing_after_it_is_applied(
    literature: Literature, store: Store, files: dict[str, bytes], run: Run
) -> None:
    literature.wrong_md5[THREE] = mirroring.DOWNLOADS
    done = run()
    assert (done.applied, done.waiting) == (2, 2)
    assert done.failure.startswith("pubmed26n0003.xml.gz: its MD5 is ")
    assert titles(store) == {"1": "One", "2": "Two", "3": "Three", "4": "Four"}
    assert run() == Mirrored(2, 0)
    assert titles(store) == ALL


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"<PubmedArticleSet><PubmedArticle>"), b""])
def test_a_file_that_cannot_be_read_changes_nothing(
    store: Store, files: dict[str, bytes], run: Run, content: bytes
) -> None:
    files[THREE] = content
    done = run()
    assert (done.applied, done.waiting) == (2, 2)
    assert done.failure.startswith("pubmed26n0003.xml.gz: cannot be read (")
    assert len(titles(store)) == 4


def test_a_file_that_fails_in_the_middle_leaves_none_of_it(
    store: Store, files: dict[str, bytes], run: Run
) -> None:
    whole = file_of([Paper("8", "Eight"), Paper("", "no number")])
    files[THREE] = whole
    assert (
        run().failure
        == "pubmed26n0003.xml.gz: cannot be read (a record without PMID); run the same command later"
    )
    assert "8" not in titles(store)


def test_a_new_baseline_replaces_the_old_one(store: Store, files: dict[str, bytes], run: Run) -> None:
    assert run() == Mirrored(4, 0)
    store.put(PUBMED, [Record("9", Paper("9", "Fetched by hand").xml().encode())])
    files.clear()
    files["baseline/pubmed27n0001.xml.gz"] = file_of([Paper("1", "One of 2027"), Paper("5", "Five")])
    files["baseline/pubmed27n0002.xml.gz"] = file_of([Paper("6", "Six")])
    files["updatefiles/pubmed26n0005.xml.gz"] = file_of([Paper("3", "of the year before")])
    assert run(most=1) == Mirrored(1, 1)
    assert titles(store).keys() == {"1", "3", "4", "5", "9"}
    assert run() == Mirrored(1, 0)
    assert titles(store) == {"1": "One of 2027", "5": "Five", "6": "Six", "9": "Fetched by hand"}


def test_an_address_without_a_baseline_is_told(literature: Literature, run: Run) -> None:
    with pytest.raises(SourceError, match=r"no baseline files in http://127.*/pubmed/baseline/"):
        run()
