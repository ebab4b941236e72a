"""Damages valid files of every format and reads them: what raises, hangs or breaks an offset is told.

    python benchmarks/fuzz_readers.py [--seconds 300] [--seed 1]

Each file is made of a seed by some random edits: bytes flipped, cut out, doubled, swapped, spliced in from
other seeds, or put in from a list of awkward ones; some are gzipped, and some then damaged again. Ends with
the counts for each format, and with exit status 1 where anything was found; what was found is kept in
``fuzz-found/``. One input may take ``LIMIT`` seconds.
"""

from __future__ import annotations

import argparse
import gzip
import io
import signal
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

from extractor.readers.formats import read_source
from extractor.readers.source import Source
from extractor.text import read_text
from extractor.types import Document

LIMIT: Final = 10
"""Seconds of processor time for one input of some kilobytes."""
FOUND: Final = Path("fuzz-found")
AWKWARD: Final = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n\n", b"\x0c", b"\t", b'"', b"'"),
    *(
        b"<",
        b">",
        b"&",
        b"&alpha;",
        b"&#0;",
        b"&#xD800;",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"-->",
        b"<?x",
        b"/>",
    ),
    *(b"99999999999999999999", b"-1", b"1e999", b"NaN", b"null", b"[", b"{", b"}", b"|t|", b"|a|", b"ER  - "),
    *(b"<!ENTITY a 'b'>", b"<sup>", b"</sup>", b"<p>", b"</p>", b"<td colspan='1000000'>", b"<table>"),
    *(b"<xref ref-type='bibr' rid='B1'>1</xref>", b"\xe2\x80\x93", b"obj", b"endstream", b"<<", b">>", b"%"),
)
SAMPLES: Final = Path(__file__).parents[1] / "tests" / "readers" / "samples"


def seeds() -> dict[str, bytes]:
    """A valid file of each format by its name; of the workbook also one whose parts are not packed."""
    return {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir())}


def damaged(data: bytes, others: list[bytes], random: Random) -> bytes:
    """The bytes with one to six random edits."""
    for _ in range(random.randint(1, 6)):
        data = edited(data, random.choice(others), random)
    return data


def edited(data: bytes, other: bytes, random: Random) -> bytes:
    """One edit: something else in the place of a stretch, before it, or nothing behind it."""
    at, size = random.randrange(len(data) + 1), random.randint(0, 1 << random.randint(0, 8))
    start = random.randrange(len(other))
    before, cut, after = data[:at], data[at : at + size], data[at + size :]
    choices = (
        before + random.randbytes(min(size, 4)) + after,
        before + after,
        before + cut * random.randint(1, 50) + after,
        before + random.choice(AWKWARD) * random.randint(1, 3) + cut + after,
        before + other[start : start + size] + cut + after,
        before,
    )
    return random.choice(choices)


def check(document: Document) -> None:
    """Every offset inside the text, every row as wide as its table, and a text that can be read."""
    assert document.doc_id, "no id"
    assert document.text.strip(), "no text"
    document.text.encode("utf-8")
    spans = [(s.start, s.end) for s in document.sections] + [(r.start, r.end) for r in document.references]
    assert all(0 <= start < end <= len(document.text) for start, end in spans), "a span outside the text"
    for table in document.tables:
        assert all(len(row) == len(table.columns) for row in table.rows), "a ragged table"
    read_text(document)


def trial(name: str, data: bytes) -> str:
    """What is wrong with the reading of one input; empty where nothing is."""
    told: list[str] = []
    began = time.process_time()
    try:
        count = 0
        for document in read_source(
            Source(name, io.BytesIO(data)), lambda problem: told.append(str(problem))
        ):
            count += 1
            check(document)
    except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
        return traceback.format_exc()
    if not count and not told:
        return "neither a document nor a problem"
    if any("\n" in line or ";" not in line for line in told):
        return f"a problem that is not one line with advice: {told}"
    taken = time.process_time() - began
    return f"took {taken:.0f} s" if taken > LIMIT else ""


def hang(number: int, frame: object) -> None:
    """Breaks into what does not end by itself."""
    raise TimeoutError(f"no end after {6 * LIMIT} s")


def keep(name: str, data: bytes, message: str, number: int) -> None:
    """The input and what it did, for the one who mends it."""
    FOUND.mkdir(exist_ok=True)
    (FOUND / f"{number}-{name}").write_bytes(data)
    print(f"{number}-{name}: {message}", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--seconds", type=float, default=300)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    random, valid = Random(options.seed), seeds()
    for name, data in valid.items():
        assert not trial(name, data), f"the seed {name} itself cannot be read"
    counts: Counter[str] = Counter()
    found: Counter[str] = Counter()
    signal.signal(signal.SIGALRM, hang)
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        name = random.choice(list(valid))
        data = damaged(valid[name], list(valid.values()), random)
        if random.random() < 0.1:
            data = damaged(gzip.compress(data), [data or b" "], random)
        signal.alarm(6 * LIMIT)
        message = trial(name, data)
        signal.alarm(0)
        counts[name] += 1
        if message:
            found[name] += 1
            keep(name, data, message, sum(found.values()))
    for name, count in sorted(counts.items()):
        print(f"{name}: {count:,} inputs, {found[name]} found")
    print(f"{sum(counts.values()):,} inputs in {options.seconds:.0f} s, {sum(found.values())} found")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
