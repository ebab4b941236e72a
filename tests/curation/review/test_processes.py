"""Several processes on one queue, and processes that are killed: real ones, with SIGKILL."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import uvicorn

from extractor.curation.proposals import propose
from extractor.curation.queue import Queue, QueueError
from extractor.curation.web import serve
from extractor.curation.web.security import Settings
from extractor.curation.web.site import Site

WORKER = Path(__file__).with_name("worker.py")
ROOT = Path(__file__).parents[3]


def start(task: str, path: Path, curator: str, **more: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(WORKER), task, str(path), curator]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, **more
    )


def output(process: subprocess.Popen[str]) -> list[str]:
    told, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    return told.split()


@pytest.mark.parametrize(
    "names", [("ada", "bob"), ("ada", "ada")], ids=["two curators", "one in two windows"]
)
def test_two_processes_never_lose_or_double_a_decision(
    tmp_path: Path, made: Any, names: tuple[str, str]
) -> None:
    path = tmp_path / "q"
    with Queue(path) as queue:
        queue.add(*made.material(150))
    told = [output(process) for process in [start("decide_all", path, name) for name in names]]
    reported = [line for lines in told for line in lines if line != "late"]
    with Queue(path) as queue:
        decisions = queue.decisions()
    assert Counter(d.proposal_id for d in decisions).most_common(1)[0][1] == 1
    assert len(decisions) == 150
    assert sorted(map(int, reported)) == [d.number for d in decisions]


def test_two_processes_that_add_the_same_add_it_once(tmp_path: Path, made: Any) -> None:
    proposals, documents = made.material(60)
    lines = [
        json.dumps({"doc_id": d.doc_id, "text": d.text, "record": p.record})
        for p, d in zip(proposals, documents, strict=True)
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    path = tmp_path / "new" / "q"
    path.parent.mkdir()
    with (tmp_path / "in.jsonl").open() as one, (tmp_path / "in.jsonl").open() as other:
        both = [start("add", path, "", stdin=stream) for stream in (one, other)]
        counts = [int(output(process)[0]) for process in both]
    assert sorted(counts) == [0, 60]
    with Queue(path) as queue:
        assert queue.count() == 60


@pytest.mark.parametrize("turn", range(4))
def test_a_killed_process_loses_at_most_what_was_in_flight(tmp_path: Path, made: Any, turn: int) -> None:
    path = tmp_path / "q"
    with Queue(path) as queue:
        queue.add(*made.material(10))
    process = start("decide_for_ever", path, "ada")
    assert process.stdout
    told = [process.stdout.readline() for _ in range(20)]
    time.sleep(random.Random(turn).uniform(0, 0.05))
    process.send_signal(signal.SIGKILL)
    told += process.communicate(timeout=30)[0].splitlines()
    assert process.returncode == -signal.SIGKILL
    with Queue(path) as queue:
        numbers = [d.number for d in queue.decisions()]
        assert queue.rows("PRAGMA integrity_check")[0][0] == "ok"
        derived = queue.rows("SELECT number, proposal_id FROM standing ORDER BY number")
        undone = {d.undoes for d in queue.decisions()}
        assert [row[0] for row in derived] == [
            d.number for d in queue.decisions() if d.verdict != "undo" and d.number not in undone
        ]
        # killed between a decision and its undoing, that one stands, and nobody else may decide unseen
        decided = {row[1] for row in derived}
        assert len(decided) <= 1
        free = next(p.proposal_id for p in queue.proposals() if p.proposal_id not in decided)
        assert queue.decide(free, "bob", "skip").number == len(numbers) + 1
    reported = [int(line) for line in told if line.strip()]
    assert numbers[: len(reported)] == reported
    assert len(numbers) - len(reported) in (0, 1)


@contextmanager
def review(path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """``evmir review`` as a user starts it; killed at the end, if it still runs."""
    options = ["--no-browser", "--port", "0", "--curator", "ada"]
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", "review", str(path), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"at (http://127\.0\.0\.1:\d+/)", line)
        assert found, line
        yield found[1].rstrip("/"), process
    finally:
        process.kill()
        process.communicate(timeout=30)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def test_a_killed_server_has_kept_the_decision_and_the_note_that_was_being_typed(
    tmp_path: Path, made: Any
) -> None:
    path = tmp_path / "q"
    proposals, documents = made.material(3)
    with Queue(path) as queue:
        queue.add([propose(p.record) for p in proposals], documents)
    with review(path) as (url, process), requests.Session() as session:
        session.trust_env = False
        page = session.get(f"{url}/next").text
        first = {"csrf": hidden(page, "csrf"), "proposal": hidden(page, "proposal")}
        session.post(f"{url}/decide", {**first, "seen": "0", "verdict": "accept"})
        second = {**first, "proposal": hidden(session.get(f"{url}/next").text, "proposal")}
        for typed in ("s", "se", "see", "see f"):
            assert session.post(f"{url}/note", {**second, "note": typed}).status_code == 204
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    with review(path) as (url, process), requests.Session() as session:
        session.trust_env = False
        page = session.get(f"{url}/next").text
        assert hidden(page, "proposal") == second["proposal"]
        assert 'name="note" value="see f"' in page
        assert "1 of 3 decided" in page


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_the_server_stops_quietly(tmp_path: Path, number: int, status: int) -> None:
    with Queue(tmp_path / "q"):
        pass
    with review(tmp_path / "q") as (url, process):
        assert requests.get(f"{url}/", timeout=20, proxies={"http": ""}).status_code == 200
        process.send_signal(number)
        assert process.wait(20) == status
        assert process.stderr
        assert "Traceback" not in process.stderr.read()


def test_the_server_ends_after_what_it_began(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its caller closes the queue and removes the demo's folder: nothing may open the file once more."""
    order: list[str] = []

    def slow(site: Site) -> None:
        time.sleep(0.3)
        order.append("warm")

    monkeypatch.setattr(Site, "warm", slow)
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: order.append("stopped"))
    with serve.listen("127.0.0.1", 0) as server:
        serve.serve(queue, Settings(), server, {}, lambda: order.append("ready"))
    assert order == ["ready", "stopped", "warm"]


def test_a_queue_that_is_gone_is_not_made_again(queue: Queue) -> None:
    site = Site(queue, Settings(), {})
    queue.path.unlink()
    with pytest.raises(QueueError, match="there is no such queue"):
        site.rerank()
    assert not queue.path.exists()
