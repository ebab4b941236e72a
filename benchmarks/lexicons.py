"""Cost of the lexicons: loading, memory, and matching against spaCy's PhraseMatcher on the same terms.

    python benchmarks/lexicons.py                     load time and memory, each in a fresh process
    python benchmarks/lexicons.py --phrase-matcher    matching too (PhraseMatcher: minutes and gigabytes)
    python benchmarks/lexicons.py --terms 20000       PhraseMatcher on a sample of the terms only

Text to match on: the demo corpus of this repository, repeated to about 200,000 characters, or the
files given with --text (JSON Lines with title and abstract). Times are CPU seconds of one process.
"""

from __future__ import annotations

import argparse
import json
import resource as limits
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

NAMES = ("genes", "cells", "cell_lines", "tissues", "diseases")
CHARACTERS = 200_000


def load_everything() -> dict[str, float]:
    """CPU seconds and megabytes for every table, the miRNAs of three species and the prefixes."""
    before = limits.getrusage(limits.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    from extractor.lexicons import load

    lexicons = load()
    for name in NAMES:
        _ = getattr(lexicons, name).prefixes
    for species in ("human", "mouse", "rat"):
        lexicons.mirnas.entries(species)
    seconds = time.process_time() - start
    after = limits.getrusage(limits.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "added MB": (after - before) / 1024, "peak MB": after / 1024}


def texts(paths: Iterable[Path]) -> list[str]:
    """The given records' texts, or the demo corpus, repeated up to ``CHARACTERS``."""
    found = [text for path in paths for text in _records(path)] or _demo()
    if not found:
        raise SystemExit("no text to match on; give one with --text FILE.jsonl")
    size = sum(map(len, found))
    return (found * (CHARACTERS // size + 1)) if size < CHARACTERS else found


def _records(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield record.get("text") or f"{record.get('title', '')}\n{record.get('abstract', '')}"


def _demo() -> list[str]:
    folder = Path(__file__).resolve().parent.parent / "corpus"
    return [text for path in sorted(folder.rglob("*.jsonl")) for text in _records(path) if text.strip()]


def scan_cost(documents: list[str]) -> dict[str, float]:
    """Milliseconds a 1,000 characters of every scanner, and of all together."""
    from extractor.lexicons import load

    size = sum(map(len, documents)) / 1000
    costs = {}
    for name in NAMES:
        scanner = load().scanner(name)
        scanner.find_terms("warm up")
        start = time.process_time()
        for text in documents:
            scanner.find_terms(text)
        costs[name] = (time.process_time() - start) * 1000 / size
    return {**costs, "all": sum(costs.values())}


def phrase_matcher_cost(documents: list[str], limit: int) -> dict[str, float]:
    """The same for PhraseMatcher over the genes' printed names: building, memory, matching."""
    import spacy
    from spacy.matcher import PhraseMatcher

    from extractor.lexicons import load

    genes = load().genes
    names = {t.text for table in genes.tables for key in table.index for t in table.lookup_folded(key)}
    chosen = sorted(names)[:: max(1, len(names) // limit)] if limit else sorted(names)
    blank = spacy.blank("en")
    start = time.process_time()
    matcher: Any = PhraseMatcher(blank.vocab, attr="LOWER")
    matcher.add("GENE", [blank.make_doc(name) for name in chosen])
    built = time.process_time() - start
    parsed = [blank.make_doc(text) for text in documents]
    start = time.process_time()
    for doc in parsed:
        matcher(doc)
    spent = time.process_time() - start
    tokenizing = time.process_time()
    for text in documents:
        blank.make_doc(text)
    size = sum(map(len, documents)) / 1000
    return {
        "terms": len(chosen),
        "build seconds": built,
        "peak MB": limits.getrusage(limits.RUSAGE_SELF).ru_maxrss / 1024,
        "match ms/1,000 characters": spent * 1000 / size,
        "spaCy tokenizer ms/1,000 characters": (time.process_time() - tokenizing) * 1000 / size,
    }


def main() -> int:
    """Run the asked measurements, each in its own process so that memory is its own."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--phrase-matcher", action="store_true")
    parser.add_argument("--terms", type=int, default=0, help="PhraseMatcher terms (0: all)")
    parser.add_argument("--text", type=Path, nargs="*", default=[])
    parser.add_argument("--only", choices=("load", "scan", "phrase"))
    args = parser.parse_args()
    if args.only:
        documents = texts(args.text) if args.only != "load" else []
        runs: dict[str, Callable[[], dict[str, float]]] = {
            "load": load_everything,
            "scan": lambda: scan_cost(documents),
            "phrase": lambda: phrase_matcher_cost(documents, args.terms),
        }
        result = runs[args.only]()
        print(json.dumps({k: round(v, 3) for k, v in result.items()}))
        return 0
    for part in ("load", "scan", *(["phrase"] if args.phrase_matcher else [])):
        command = [sys.executable, __file__, "--only", part, "--terms", str(args.terms)]
        command += ["--text", *map(str, args.text)] if args.text else []
        print(f"{part:7}", subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
