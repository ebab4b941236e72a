"""How long a user waits: ``python benchmarks/startup.py [--runs N]``, medians of whole processes.

The budget: help in under 1 s, start-up plus one abstract in under 5 s.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

ABSTRACT = (
    '{"doc_id": "1", "title": "Macrophage exosomes and vessels", "abstract": "Macrophages released exosomes '
    "that contained miR-21. Endothelial cells took up these exosomes. In endothelial cells, exosomal miR-21 "
    'suppressed PTEN and promoted angiogenesis."}\n'
)
CASES: dict[str, tuple[list[str], str, float]] = {
    "import extractor": (["-c", "import extractor"], "", 0.5),
    "evmir --help": (["-m", "extractor", "--help"], "", 1.0),
    "evmir extract, one abstract": (["-m", "extractor", "extract", "-"], ABSTRACT, 5.0),
}


def seconds(arguments: Sequence[str], stdin: str) -> float:
    """Wall-clock seconds of one process. Raises CalledProcessError when it fails."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], input=stdin, text=True, capture_output=True, check=True)
    return time.perf_counter() - began


def main() -> int:
    """Prints a line a case; exit status 1 when a median is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs: int = parser.parse_args().runs
    over = 0
    for name, (arguments, stdin, budget) in CASES.items():
        median = statistics.median(seconds(arguments, stdin) for _ in range(runs))
        over += median > budget
        print(f"{name:30} {median:6.2f} s  (median of {runs}; budget {budget} s)")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
