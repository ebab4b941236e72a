"""The common pace: of one thread, of several processes, after a kill, and on a service's word."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from extractor.sources.errors import SourceError
from extractor.sources.pace import MAX_HOLD, Pace

TAKE = """
import sys, time
from pathlib import Path
from extractor.sources.pace import Pace
pace = Pace(Path(sys.argv[1]))
for _ in range(15):
    with pace.turn("here", 40.0):
        print(time.time())
"""
KILLED = """
import os, sys
from pathlib import Path
from extractor.sources.pace import Pace
with Pace(Path(sys.argv[1])).turn("here", 1.0):
    os._exit(9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "pace.sqlite"


@pytest.fixture
def pace(path: Path) -> Pace:
    return Pace(path)


def now(pace: Pace, service: str = "here", rate: float = 10.0) -> bool:
    """Whether a turn is to be had at once; takes it."""

    def stop(seconds: float) -> None:
        raise TimeoutError

    try:
        with pace.turn(service, rate, stop):
            return True
    except TimeoutError:
        return False


def test_turns_are_evenly_spaced(pace: Pace, path: Path) -> None:
    times = []
    for _ in range(5):
        with pace.turn("here", 10.0, lambda _: time.sleep(0.001)), sqlite3.connect(path) as database:
            times += database.execute("SELECT max(sent) FROM asked").fetchone()
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.1


def test_each_service_has_a_pace_of_its_own(pace: Pace) -> None:
    assert [now(pace, service) for service in ("here", "here", "there", "there")] == [
        True,
        False,
        True,
        False,
    ]


def test_threads_and_processes_share_the_turns(path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", TAKE, str(path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]

    def take(_: int) -> float:
        with Pace(path).turn("here", 40.0):
            return time.time()

    with ThreadPoolExecutor(3) as threads:
        here = list(threads.map(take, range(30)))
    elsewhere = [float(line) for p in processes for line in p.communicate(timeout=60)[0].splitlines()]
    times = sorted([*here, *elsewhere])
    assert len(times) == 60
    assert max(sum(0 <= other - at < 1 for other in times) for at in times) <= 40


def test_what_is_on_its_way_holds_its_token(pace: Pace) -> None:
    with ThreadPoolExecutor(2) as threads:
        sent, arrived = threading.Semaphore(0), threading.Event()

        def slow() -> None:
            with pace.turn("here", 2.0):
                sent.release()
                arrived.wait(30)

        for _ in range(2):
            threads.submit(slow)
        assert sent.acquire(timeout=30)
        assert sent.acquire(timeout=30)
        time.sleep(1.1)  # more than a second after both were sent, and none has arrived
        assert not now(pace, rate=2.0)
        back = time.time() + 1
        arrived.set()
        with pace.turn("here", 2.0):
            assert time.time() >= back


def test_what_a_killed_process_had_under_way_comes_back(pace: Pace, path: Path) -> None:
    began = time.time()
    assert subprocess.run([sys.executable, "-c", KILLED, str(path)]).returncode == 9
    assert not now(pace, rate=1.0)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE asked SET sent = sent - 3, arrived = arrived - 3")
    with pace.turn("here", 1.0):
        assert time.time() - began > 1


def test_a_service_can_make_everybody_wait(pace: Pace) -> None:
    pace.hold("here", 0.5)
    pace.hold("here", 0.1)  # a shorter wish shortens nothing
    began = time.time()
    assert now(pace, "there")
    with pace.turn("here", 10.0):
        assert time.time() - began > 0.4


def test_no_wish_holds_longer_than_the_limit(pace: Pace, path: Path) -> None:
    pace.hold("here", 1e9)
    with sqlite3.connect(path) as database:
        ((until,),) = database.execute("SELECT until FROM held").fetchall()
    assert until == pytest.approx(time.time() + MAX_HOLD, abs=5)
    assert not now(pace)


def test_a_clock_that_was_set_back_stops_nobody(pace: Pace, path: Path) -> None:
    assert now(pace)
    pace.hold("here", 1)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE asked SET sent = sent + 86400, arrived = arrived + 86400")
        database.execute("UPDATE held SET until = until + 86400")
    assert now(pace)


def test_slow_rates_are_kept(pace: Pace, path: Path) -> None:
    assert now(pace, rate=0.1)
    for seconds, expected in ((5, False), (4, False), (2, True)):
        with sqlite3.connect(path) as database:
            database.execute("UPDATE asked SET sent = sent - ?, arrived = arrived - ?", (seconds, seconds))
        assert now(pace, rate=0.1) == expected


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(SourceError, match=r"cannot keep the pace in .*file.*set EVMIR_CACHE"):
        now(Pace(tmp_path / "file" / "pace.sqlite"))
