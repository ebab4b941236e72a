"""25,000 hits through services played on loopback, with faults and kills: is every record there, once?

    python benchmarks/fetch.py [--records 25000] [--faults 0.05] [--kills 2] [--rate 10] [--batch 50]

``evmir fetch`` runs as a user runs it, is killed (SIGKILL) that many times on the way and started again;
while the last run goes on, a second process fetches into a store of its own at the same pace. The server is
a process of its own (``tests/sources/literature.py``), spoils that share of its answers, and notes when each
request arrives. Batches are smaller than usual, for more requests. Exit status 1 when a record is missing
or twice, or when more requests than allowed arrived within a second.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
SERVER = ROOT / "tests" / "sources" / "literature.py"


def environment(address: str, folder: Path, given: argparse.Namespace) -> dict[str, str]:
    """What points evmir to the server; the limit of 9,999 hits a search stays as it is."""
    services = {"EUTILS": "eutils", "IDCONV": "idconv", "EUROPEPMC": "europepmc", "FILES": "pubmed"}
    urls = {f"EVMIR_{name}_URL": f"{address}/{path}/" for name, path in services.items()}
    own = {
        "EVMIR_CACHE": str(folder / "cache"),
        "EVMIR_RATE": str(given.rate),
        "EVMIR_BATCH": str(given.batch),
    }
    return {**os.environ, **urls, **own, "EVMIR_EMAIL": "benchmark@example.org", "PYTHONPATH": str(ROOT)}


def stored(store: Path) -> int:
    """Records in the store so far."""
    if not (store / "store.sqlite").exists():
        return 0
    with sqlite3.connect(f"file:{store / 'store.sqlite'}?mode=ro", uri=True, timeout=60) as database:
        try:
            return int(database.execute("SELECT count(*) FROM record").fetchone()[0])
        except sqlite3.OperationalError:  # not made yet
            return 0


def kill_at(command: list[str], env: dict[str, str], store: Path, records: int) -> int:
    """Runs the command until that many records are stored, then kills it; returns how many there are."""
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    while stored(store) < records and process.poll() is None:
        time.sleep(0.02)
    if process.poll() is not None:
        raise SystemExit("the run ended before it could be killed; take more records")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return stored(store)


def run(address: str, folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """All runs; returns the figures."""
    env, store, output = environment(address, folder, given), folder / "store", folder / "out.jsonl"
    fetch = [sys.executable, "-m", "extractor", "fetch", "made up", "--quiet"]
    command = [*fetch, "--store", str(store), "-o", str(output)]
    began = time.perf_counter()
    kills = [
        kill_at(command, env, store, given.records * (n + 1) // (given.kills + 1)) for n in range(given.kills)
    ]
    beside = [*fetch, "--max", "2000", "--store", str(folder / "other"), "-o", str(folder / "other.jsonl")]
    other = subprocess.Popen(beside, env=env)
    status = subprocess.run(command, env=env).returncode
    other_status = other.wait()
    seconds = time.perf_counter() - began
    ids = Counter(json.loads(line)["doc_id"] for line in output.open(encoding="utf-8"))
    with urlopen(f"{address}/control", timeout=60) as answer:
        saw = json.load(answer)
    twice = sum(count > 1 for count in ids.values())
    figures = {
        "status": status,
        "other status": other_status,
        "killed at": kills,
        "seconds": round(seconds, 1),
    }
    return {**figures, "records": len(ids), "twice": twice, "stored": stored(store), **saw}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=25_000)
    parser.add_argument("--faults", type=float, default=0.05, help="share of answers that are spoilt")
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--rate", type=float, default=10.0, help="requests a second that are allowed")
    parser.add_argument("--batch", type=int, default=50, help="records in one request")
    given = parser.parse_args()
    serve = [sys.executable, str(SERVER), "--records", str(given.records), "--faults", str(given.faults)]
    server = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        address = server.stdout.readline().strip()
        with tempfile.TemporaryDirectory() as folder:
            figures = run(address, Path(folder), given)
    finally:
        server.terminate()
        server.wait()
    for name, value in figures.items():
        print(f"{name:14} {value}")
    print(f"{'allowed':14} {given.rate:g} requests within any second, and {figures['peak']} was the most")
    whole = figures["records"] == figures["stored"] == given.records and not figures["twice"]
    fine = whole and figures["peak"] <= given.rate and figures["status"] == figures["other status"] == 0
    print("every record once, never too fast" if fine else "FAILED")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
