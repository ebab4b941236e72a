"""``evmir fetch`` and ``evmir mirror`` as a user runs them, against services played on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))

from literature import Literature, Paper, file_of, many

from extractor.readers import read_documents
from extractor.sources.store import Store

Run = Callable[..., subprocess.CompletedProcess[str]]
MANIFEST = Path(__file__).parents[2] / "corpus" / "manifest.tsv"
KEY = "SECRET-KEY"
ENVIRONMENT = {"EVMIR_RATE": "1000", "EVMIR_PAUSE": "0.01", "EVMIR_ATTEMPTS": "3", "EVMIR_BATCH": "10"}


@pytest.fixture
def literature(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Literature]:
    """The services, and an environment that points to them."""
    with Literature() as playing:
        places = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("DATA", "CACHE", "CONFIG")}
        for name, value in {**ENVIRONMENT, **playing.environment, **places}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("EVMIR_EMAIL", "me@example.org")
        monkeypatch.setenv("NCBI_API_KEY", KEY)
        yield playing


def fill(literature: Literature, papers: dict[str, Paper]) -> list[str]:
    literature.papers, literature.queries = papers, {"made up": list(papers)}
    return list(papers)


def records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_query_into_a_pipe_a_file_and_xml(literature: Literature, evmir: Run, tmp_path: Path) -> None:
    pmids = fill(literature, many(12))
    piped = evmir("fetch", "made up")
    assert (piped.returncode, piped.stderr) == (0, "")
    assert [record["doc_id"] for record in records(piped.stdout)] == pmids
    first = records(piped.stdout)[0]
    assert (first["pmcid"], first["doi"], first["year"]) == ("PMC1000000", "10.5555/made.0", 2024)
    assert evmir("fetch", "made up", "-o", "out.jsonl").returncode == 0
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == piped.stdout
    assert evmir("fetch", "made up", "-o", "out.xml").returncode == 0
    assert evmir("fetch", "made up", "-o", "folder/").returncode == 0
    read = [
        {d.doc_id: d.text for d in read_documents([tmp_path / o])} for o in ("out.jsonl", "out.xml", "folder")
    ]
    assert read[0].keys() == set(pmids)
    assert read[0] == read[1] == read[2]
    assert set(literature.delivered.values()) == {1}


def test_identifiers_from_standard_input_are_read_on_by_extract(literature: Literature, evmir: Run) -> None:
    fill(
        literature, {"1": Paper("1", "They sent miR-21 there.", doi="10.5555/one"), "2": Paper("2", "miR-7")}
    )
    fetched = evmir("fetch", "--pmids", "-", stdin="doi:10.5555/ONE\n2\n")
    found = evmir("extract", "-", stdin=fetched.stdout)
    assert [record["doc_id"] for record in records(found.stdout)] == ["1", "2"]


def test_the_manifest_of_the_corpus(literature: Literature, evmir: Run) -> None:
    rows = [line.split("\t") for line in MANIFEST.read_text(encoding="utf-8").splitlines()[1:]]
    papers = {}
    for number, (_, _, _, pmid, pmcid, doi, *_) in enumerate(rows, 1):
        known = pmid or str(number)
        papers[known] = Paper(known, "A title", doi=doi.lower(), pmcid=pmcid)
    fill(literature, papers)
    done = evmir("fetch", "--manifest", MANIFEST)
    assert (done.returncode, done.stderr) == (0, "")
    assert [record["doc_id"] for record in records(done.stdout)] == list(papers)
    assert len(papers) == 24


def test_full_texts_into_a_folder(literature: Literature, evmir: Run, tmp_path: Path) -> None:
    fill(literature, {
        "1": Paper("1", "Open", "An abstract.", pmcid="PMC11", open=True),
        "2": Paper("2", "Not open", "An abstract.", pmcid="PMC12"),
    })  # fmt: skip
    done = evmir("fetch", "made up", "--full-text", "-o", "articles/")
    assert done.returncode == 0
    assert done.stderr == "note: 1 of 2 records have open full text; the others come as abstracts\n"
    assert sorted(path.name for path in (tmp_path / "articles").iterdir()) == ["2.xml", "PMC11.xml"]
    assert "Full text of 1." in next(iter(read_documents([tmp_path / "articles" / "PMC11.xml"]))).text


def test_what_is_missing_is_status_1_and_named(literature: Literature, evmir: Run, tmp_path: Path) -> None:
    fill(literature, many(2))
    (tmp_path / "ids.txt").write_text("10000000\n99999999 nonsense\n10.5555/none\n")
    done = evmir("fetch", "--pmids", "ids.txt")
    assert done.returncode == 1
    assert [record["doc_id"] for record in records(done.stdout)] == ["10000000"]
    assert done.stderr.splitlines() == [
        "ids.txt:line 2: 'nonsense' is no PMID, PMCID or DOI; correct or remove it",
        "10.5555/none: PubMed has no record of it; correct or remove it",
        "99999999: no such record; correct or remove the number",
    ]


def test_nothing_at_all_is_status_2_and_leaves_the_old_file(
    literature: Literature, evmir: Run, tmp_path: Path
) -> None:
    (tmp_path / "out.jsonl").write_text("precious")
    done = evmir("fetch", "--pmids", "-", "-o", "out.jsonl", stdin="99999999")
    assert (done.returncode, done.stdout) == (2, "")
    assert "99999999: no such record" in done.stderr
    assert "evmir: nothing of it could be fetched" in done.stderr
    assert (tmp_path / "out.jsonl").read_text() == "precious"


def test_a_query_that_finds_nothing_is_an_answer(literature: Literature, evmir: Run, tmp_path: Path) -> None:
    literature.queries["made up"] = []
    done = evmir("fetch", "made up", "-o", "out.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out.jsonl").read_text() == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing is asked for"),
        (["a query", "--topic"], "--topic is a query itself"),
        (["a query", "-o", "out.docx"], "let it end in .jsonl or .xml, or name a folder"),
        (["a query", "-o", "out.xml", "--full-text"], "one .xml file holds PubMed records only"),
        (["a query", "--source", "europepmc", "-o", "folder/"], "Europe PMC's records are no XML"),
        (["--cites", "1", "--source", "europepmc"], "--source europepmc takes a QUERY only"),
        (["--cites", "PMC1"], "is a PMCID; --cites and --similar take a PMID"),
        (["a query", "--since", "soon"], "'soon' is no date"),
        (["a query", "--max", "0"], "--max"),
        (["--pmids", "absent.txt"], "absent.txt cannot be read"),
        (["a query", "--offline"], "the store knows no answer"),
    ],
)
def test_wrong_usage_is_status_2_and_asks_nobody(
    literature: Literature, evmir: Run, arguments: list[str], message: str
) -> None:
    done = evmir("fetch", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert literature.log == []


def test_a_service_that_is_down_is_status_2_without_the_key(literature: Literature, evmir: Run) -> None:
    literature.fault_rate = 1.0
    done = evmir("fetch", "made up")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("evmir: PubMed gave no proper answer to 3 attempts")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("fault", ["429", "500", "cut", "json error", "malformed"])
def test_the_key_is_sent_and_never_shown(
    literature: Literature, evmir: Run, tmp_path: Path, fault: str
) -> None:
    fill(literature, many(3))
    literature.planned.extend([("efetch", "")] + [("efetch", fault)] * 30 + [("searchPOST", fault)] * 30)
    done = evmir("fetch", "made up", "--max", "2")
    assert all(form["api_key"] == KEY for form in literature.asked("eutils"))
    assert done.returncode == 2
    assert KEY not in done.stdout + done.stderr
    kept = [path for place in ("DATA", "CACHE") for path in (tmp_path / place).rglob("*") if path.is_file()]
    assert kept
    assert [path.name for path in kept if KEY.encode() in path.read_bytes()] == []


def test_an_email_is_asked_for_once_and_not_needed(
    literature: Literature, evmir: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EVMIR_EMAIL")
    fill(literature, many(1))
    done = evmir("fetch", "made up")
    assert (done.returncode, done.stderr.count("set EVMIR_EMAIL")) == (0, 1)
    assert "email" not in literature.asked("esearch")[0]
    assert evmir("fetch", "made up", "--quiet").stderr == ""


def killed(command: list[str], arguments: list[object], ready: Callable[[], bool]) -> None:
    """Starts the command and kills it, without a chance to clean up, as soon as ``ready``."""
    process = subprocess.Popen(
        [*command, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 60
    while not ready() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    assert process.poll() is None, "it ended before it could be killed"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def stored(store: Path) -> int:
    if not (store / "store.sqlite").exists():
        return 0
    with Store(store) as opened:
        return opened.count("pubmed")


def test_killed_at_any_point_it_goes_on_without_loss_or_repeats(
    literature: Literature, command: list[str], evmir: Run, tmp_path: Path
) -> None:
    pmids = fill(literature, many(300))
    literature.slow = 0.02
    store = tmp_path / "kept"
    arguments: list[object] = ["fetch", "made up", "--store", store, "-o", tmp_path / "out.jsonl"]
    killed(command, arguments, lambda: len(literature.asked("esearch")) > 0)
    killed(command, arguments, lambda: stored(store) >= 50)
    killed(command, arguments, lambda: stored(store) >= 150)
    assert not (tmp_path / "out.jsonl").exists()
    literature.slow = 0
    done = evmir(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    found = [record["doc_id"] for record in records((tmp_path / "out.jsonl").read_text(encoding="utf-8"))]
    assert found == pmids
    assert stored(store) == 300
    again = [pmid for pmid, count in literature.delivered.items() if count > 1]
    assert len(again) <= 3 * 60  # of each kill at most what was under way: three workers, two batches each


def test_a_killed_mirror_goes_on(
    literature: Literature, command: list[str], evmir: Run, tmp_path: Path
) -> None:
    for number in range(1, 7):
        papers = [Paper(str(100 * number + n), f"Title {n}", "Some text. " * 50) for n in range(60)]
        literature.files[f"baseline/pubmed26n000{number}.xml.gz"] = file_of(papers)
    literature.slow = 0.05
    killed(command, ["mirror", tmp_path / "kept"], lambda: stored(tmp_path / "kept") >= 120)
    literature.slow = 0
    before = stored(tmp_path / "kept")
    assert before % 60 == 0
    done = evmir("mirror", "kept")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{6 - before // 60} files applied, 0 waiting; 360 records in kept\n"
    assert evmir("fetch", "--pmids", "-", "--store", "kept", "--offline", stdin="101 655").returncode == 0


def test_a_mirror_that_stops_says_where(literature: Literature, evmir: Run) -> None:
    literature.files["baseline/pubmed26n0001.xml.gz"] = file_of([Paper("1", "One")])
    literature.files["baseline/pubmed26n0002.xml.gz"] = b"damaged"
    done = evmir("mirror", "kept")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith("evmir: pubmed26n0002.xml.gz: cannot be read")
    assert done.stderr.splitlines()[1] == "1 files applied, 1 waiting; 1 records in kept"
    again = evmir("mirror", "kept")
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 1)
