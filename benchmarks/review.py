"""A curator's pace: what a page of the review costs the server, and what a decision costs the curator.

    python benchmarks/review.py [--proposals 10000] [--rounds 60]

The relations found in the demo corpus are repeated under other miRNA names until there are as many proposals
as asked for; half are decided, by two curators. The real server runs in a process of its own, and each time
is measured around a request over a connection that stays open, so that it is an upper bound; where the
machine is busy with other work, the processor time beside it tells more. The limit is 50 ms for the 95th
percentile of every page. Then a curator who knows the demo's gold decides on all of it in headless Chromium,
where there is one: keystrokes a decision.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import requests

from extractor.curation.proposals import Proposal, propose
from extractor.curation.queue import Queue
from extractor.evaluation.gold import read_gold
from extractor.evaluation.matching import same_entity
from extractor.evaluation.records import ENTITY_SLOTS, KINDS, Entry, from_record
from extractor.pipeline import build_pipeline
from extractor.readers import read_documents
from extractor.resources import resource
from extractor.types import Document

LIMIT = 0.050
"""Seconds: the 95th percentile of every page must stay below."""
PAUSE = 0.25
"""Seconds between two decisions: four a second, faster than anybody reads."""
MIRNAS = 1900
"""Different names, about as many as there are human hairpins."""
DEMO = resource("corpus", "demo")
Found = list[tuple[Document, dict[str, Any]]]


def demo_relations() -> Found:
    """The relations of the demo corpus with their documents."""
    extractor = build_pipeline()
    documents = list(read_documents([str(DEMO / "abstracts.jsonl")]))
    return [(d, relation.to_record()) for d in documents for relation in extractor.extract(d)]


def fill(queue: Queue, found: Found, count: int) -> None:
    """That many proposals: each round of the demo is a paper and a miRNA of its own."""
    proposals, documents = [], {}
    for number in range(count):
        document, record = found[number % len(found)]
        copy, name = f"{number // len(found)}-{document.doc_id}", f"miR-{number % MIRNAS}"
        mirna = {**record["mirna"], "name": name, "curie": None}
        again = {**record, "doc_id": copy, "mirna": mirna, "confidence": random.random()}
        proposals.append(propose(again, "conflict" if number % 9 == 0 else "new row", rows=("4",)))
        documents[copy] = Document(copy, document.text)
    queue.add(proposals, documents.values())


def decide(queue: Queue, part: float) -> None:
    """Two curators decide on the first part of the queue; every twentieth time they differ."""
    every = queue.proposals()
    for number, proposal in enumerate(every[: int(len(every) * part)]):
        if number % 3:
            queue.decide(proposal.proposal_id, "ada", "accept")
        else:
            queue.decide(proposal.proposal_id, "bob", "reject", reason="not EV")
        if number % 20 == 0:
            seen = queue.decisions(proposal.proposal_id)[-1].number
            queue.decide(proposal.proposal_id, "eve", "reject", reason="other", seen=seen)


@contextmanager
def served(*arguments: str) -> Iterator[tuple[str, int]]:
    """The address of ``evmir review`` with these arguments, and the process that it runs in."""
    command = [sys.executable, "-u", "-m", "extractor", "review", "--no-browser", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found, "the review did not start"
            yield found[0].rstrip("/"), process.pid
        finally:
            process.terminate()


def addresses(queue: Queue) -> dict[str, Callable[[], str]]:
    """Each page of the review, with something else to show every time."""
    every = queue.proposals()

    def one(make: Callable[[Any], str]) -> Callable[[], str]:
        return lambda: make(random.choice(every))

    typed = ("PTE", "KLF4", "VEG", "S", "miR")
    return {
        "proposal": one(lambda p: f"/proposal?id={p.proposal_id}"),
        "next": lambda: "/next",
        "list": lambda: f"/proposals?page={random.randint(1, 100)}",
        "list, filtered": lambda: f"/proposals?state={random.choice(('open', 'accept', 'differs'))}",
        "search": lambda: f"/proposals?words={random.choice(('exosomes', 'macrophage', 'miR-77'))}",
        "paper": one(lambda p: f"/paper?id={p.doc_id}"),
        "miRNA": one(lambda p: f"/mirna?key={p.record['mirna']['name'].lower()}"),
        "cell": lambda: "/cell?key=CL:0000115",
        "dashboard": lambda: "/",
        "differences": lambda: "/differences",
        "lookup as one types": lambda: f"/candidates?role=target&q={random.choice(typed)}",
    }


def percentile(times: Sequence[float], part: float) -> float:
    """The smallest time that at least this part of the times does not exceed."""
    return sorted(times)[min(int(len(times) * part), len(times) - 1)]


def processor_seconds(pid: int) -> float:
    """What a process's threads have used of processors so far; NaN where the system does not tell."""
    try:
        told = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    except OSError:
        told = []
    return sum(int(line.split()[0]) for line in told) / 1e9 if told else float("nan")


def pages(url: str, pid: int, queue: Queue, rounds: int) -> int:
    """Prints a line a page; returns how many are over the limit."""
    session, over = requests.Session(), 0
    session.trust_env = False

    def timed(request: Callable[[], requests.Response]) -> float:
        began = time.perf_counter()
        answer = request()
        assert answer.status_code in (200, 303), f"{answer.status_code} {answer.url}"
        return time.perf_counter() - began

    def get(path: str) -> requests.Response:
        return session.get(url + path, allow_redirects=False)

    for _ in range(3):  # names are read and templates compiled once
        for make in addresses(queue).values():
            get(make())
    requested = {
        name: [partial(get, make()) for _ in range(rounds)] for name, make in addresses(queue).items()
    }
    token = re.search(r'name="csrf" value="([^"]+)"', session.get(url + "/next").text)
    assert token
    undecided = iter([p for p in queue.proposals() if not queue.decisions(p.proposal_id)][:rounds])
    form = {"csrf": token[1], "verdict": "accept", "seen": "0"}

    def accept(proposal: Proposal) -> requests.Response:
        """One decision; what it teaches is worked out behind it, so each comes a moment after the last."""
        sent = {**form, "proposal": proposal.proposal_id}
        return session.post(url + "/decide", sent, allow_redirects=False)

    requested["decide"] = [partial(accept, p) for p in undecided]
    for name, ask in requested.items():
        times, used = [], []
        for one in ask:
            time.sleep(PAUSE if name == "decide" else 0)
            before = processor_seconds(pid)
            times.append(timed(one))
            used.append(processor_seconds(pid) - before)
        high, high_used = percentile(times, 0.95), percentile(used, 0.95)
        over += high > LIMIT
        told = f"median {percentile(times, 0.5) * 1000:5.1f} ms, p95 {high * 1000:5.1f} ms"
        print(f"{name:20} {told}, {high / LIMIT:4.2f} of the limit; processor p95 {high_used * 1000:5.1f} ms")
    return over


def right(entry: Entry, gold: Sequence[Entry]) -> bool:
    """Does the gold say exactly this?"""
    return any(all(same_entity(KINDS[s], g.names(s), entry.names(s)) for s in ENTITY_SLOTS) for g in gold)


def keystrokes(found: Found) -> None:
    """Decides on the demo in a browser, by keyboard alone, and prints what that took."""
    browser = shutil.which("chromium")
    if browser is None:
        print("keystrokes: no chromium here")
        return
    from playwright.sync_api import sync_playwright

    gold = read_gold(DEMO / "gold.jsonl").documents
    answers = {}
    for _, record in found:
        good = right(from_record(record, "demo"), gold.get(record["doc_id"], ()))
        answers[propose(record).proposal_id] = ("a",) if good else ("r", "2")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "demo.queue"
        with Queue(path) as queue:
            queue.add([propose(record) for _, record in found], [d for d, _ in found])
        running = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        with served(str(path), "--curator", "ada") as (url, _):
            page = running.new_page()
            page.goto(f"{url}/next")
            began, pressed = time.perf_counter(), 0
            for _ in answers:
                for key in (keys := answers[page.get_attribute("#proposal", "data-id") or ""])[:-1]:
                    page.keyboard.press(key)
                with page.expect_navigation():
                    page.keyboard.press(keys[-1])
                pressed += len(keys)
            took = time.perf_counter() - began
        running.close()
        with Queue(path) as queue:
            decided = len(queue.decisions())
    accepted = sum(keys == ("a",) for keys in answers.values())
    print(
        f"keystrokes: {pressed} for {decided} decisions ({accepted} accepted): {pressed / decided:.2f} each;"
    )
    print(f"{took / decided:.2f} s from key to the next page drawn, the browser's part included")


def main() -> int:
    """Prints all; exit status 1 when a page is over the limit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--proposals", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=60)
    asked = parser.parse_args()
    random.seed(7)
    found = demo_relations()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.queue"
        with Queue(path) as queue:
            fill(queue, found, asked.proposals)
            decide(queue, 0.5)
            print(f"{queue.count()} proposals, {len(queue.decisions())} decisions")
            with served(str(path), "--curator", "ada") as (url, pid):
                over = pages(url, pid, queue, asked.rounds)
    keystrokes(found)
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
