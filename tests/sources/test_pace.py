"""The common pace: of one thread, of several processes, after a kill, and on a service's word."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from extractor.sources.errors import SourceError
from extractor.sources.pace import MARGIN, MAX_HOLD, Pace

TAKE = """
import sys
from pathlib import Path
from extractor.sources.pace import Pace
pace = Pace(Path(sys.argv[1]))
for _ in range(20):
    print(pace.reserve("here", 200.0))
"""


@pytest.fixture
def pace(tmp_path: Path) -> Pace:
    return Pace(tmp_path / "deep" / "pace.sqlite")


def test_the_first_slot_is_now_and_the_next_ones_are_evenly_spaced(pace: Pace) -> None:
    began = time.time()
    slots = [pace.reserve("here", 10.0) for _ in range(4)]
    assert began <= slots[0] <= time.time()
    assert [slot - slots[0] for slot in slots] == pytest.approx([0, 0.11, 0.22, 0.33], abs=1e-4)


def test_each_service_has_a_pace_of_its_own(pace: Pace) -> None:
    pace.reserve("here", 0.01)
    assert pace.reserve("here", 0.01) > time.time() + 60
    assert pace.reserve("there", 0.01) <= time.time()


def test_threads_and_processes_share_the_slots(tmp_path: Path) -> None:
    path = tmp_path / "shared.sqlite"
    processes = [
        subprocess.Popen([sys.executable, "-c", TAKE, str(path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    with ThreadPoolExecutor(4) as threads:
        here = list(threads.map(lambda _: Pace(path).reserve("here", 200.0), range(20)))
    elsewhere = [float(line) for p in processes for line in p.communicate(timeout=60)[0].splitlines()]
    slots = sorted([*here, *elsewhere])
    assert len(slots) == 80
    assert min(later - earlier for earlier, later in pairwise(slots)) > MARGIN / 200 - 1e-4


def test_a_service_can_make_everybody_wait(pace: Pace) -> None:
    now = time.time()
    pace.hold("here", 30)
    assert pace.reserve("here", 10.0) == pytest.approx(now + 30, abs=1)
    pace.hold("here", 10)  # a shorter wish shortens nothing
    assert pace.reserve("here", 10.0) > now + 30


def test_no_wish_holds_longer_than_the_limit(pace: Pace) -> None:
    pace.hold("here", 1e9)
    assert pace.reserve("here", 10.0) == pytest.approx(time.time() + MAX_HOLD, abs=1)


def test_a_clock_that_was_set_back_stops_nobody(pace: Pace, tmp_path: Path) -> None:
    pace.reserve("here", 10.0)
    with sqlite3.connect(tmp_path / "deep" / "pace.sqlite") as database:
        database.execute("UPDATE pace SET free = free + 86400")
    assert pace.reserve("here", 10.0) <= time.time()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(SourceError, match=r"cannot keep the pace in .*file.*set EVMIR_CACHE"):
        Pace(tmp_path / "file" / "pace.sqlite").reserve("here", 1.0)
