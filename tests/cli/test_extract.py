"""evmir extract: formats, exit status, what is said on standard error, and what is left behind."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.writers.records import read_records

Evmir = Callable[..., "subprocess.CompletedProcess[str]"]
Abstracts = Callable[..., Path]


def mirnas(stdout: str) -> list[tuple[str, str]]:
    return [(r["doc_id"], r["mirna"]["text"]) for r in map(json.loads, stdout.splitlines())]


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_into_a_pipe_goes_json_lines_and_nothing_else(evmir: Evmir, abstracts: Abstracts) -> None:
    done = evmir("extract", abstracts("β-cells sent miR-21 and miR-7.", "Nothing here.", "miR-99 too."))
    assert mirnas(done.stdout) == [("d1", "miR-21"), ("d1", "miR-7"), ("d3", "miR-99")]
    assert "β-cells" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


def test_both_file_formats_hold_the_same_records(evmir: Evmir, abstracts: Abstracts, tmp_path: Path) -> None:
    source = abstracts('"Quoted" start, tab\there, miR-21 | miR-7', "line\nbreak miR-99\\n")
    for name in ("out.jsonl", "out.tsv"):
        done = evmir("extract", source, "-o", name)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert read_records(tmp_path / "out.jsonl") == read_records(tmp_path / "out.tsv")
    assert len(read_records(tmp_path / "out.tsv")) == 3
    assert leftovers(tmp_path) == ["in.jsonl", "out.jsonl", "out.tsv"]


def test_the_same_input_gives_the_same_bytes_in_any_number_of_processes(
    evmir: Evmir, abstracts: Abstracts, tmp_path: Path
) -> None:
    source = abstracts(*(f"miR-{n} here" for n in range(60)))
    one = evmir("extract", source, "-o", "one.jsonl")
    two = evmir("extract", source, "-o", "two.jsonl", "--jobs", 2)
    assert (one.returncode, two.returncode, two.stderr) == (0, 0, "")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    assert len(read_records(tmp_path / "one.jsonl")) == 60


def test_min_confidence_and_include(evmir: Evmir, abstracts: Abstracts) -> None:
    source = abstracts("miR-21 and miR-80")
    kept = evmir("extract", source, "--min-confidence", "0.8")
    assert mirnas(kept.stdout) == [("d1", "miR-80")]
    more = evmir("extract", source, "--include", "regulation")
    assert [json.loads(line)["kind"] for line in more.stdout.splitlines()] == ["transfer"] * 2 + [
        "regulation"
    ] * 2


def test_standard_input(evmir: Evmir) -> None:
    done = evmir("extract", "-", stdin='{"doc_id": "x", "text": "miR-5"}\n')
    assert (done.returncode, mirnas(done.stdout)) == (0, [("x", "miR-5")])


def test_an_unreadable_input_costs_a_line_and_status_1(evmir: Evmir, abstracts: Abstracts) -> None:
    done = evmir("extract", "no-such.jsonl", abstracts("miR-21"))
    assert mirnas(done.stdout) == [("d1", "miR-21")]
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "no-such.jsonl" in done.stderr


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_on_which_the_extractor_fails_costs_itself_alone(
    evmir: Evmir, abstracts: Abstracts, jobs: int
) -> None:
    done = evmir("extract", abstracts("miR-1", "CRASH miR-2", "miR-3"), "--jobs", jobs)
    assert mirnas(done.stdout) == [("d1", "miR-1"), ("d3", "miR-3")]
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "in.jsonl" in line
    assert "d2: the extractor failed on it (ValueError: an odd text in two lines)" in line


def test_nothing_readable_is_status_2_and_leaves_the_old_file(evmir: Evmir, tmp_path: Path) -> None:
    (tmp_path / "out.tsv").write_text("precious")
    done = evmir("extract", "no-such.jsonl", "-o", "out.tsv")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing readable in no-such.jsonl" in done.stderr
    assert (tmp_path / "out.tsv").read_text() == "precious"
    assert leftovers(tmp_path) == ["out.tsv"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "out.docx"], "let it end in .jsonl, .tsv, .csv,"),
        (["-o", "in.jsonl"], "is an input"),
        (["-o", "nowhere/out.tsv"], "cannot write"),
        (["--min-confidence", "1.5"], "--min-confidence"),
        (["--jobs", "0"], "--jobs"),
        (["--include", "everything"], "--include"),
        (["--model", "missing"], "no spaCy pipeline"),
        (["--model", "missing", "--jobs", "2"], "no spaCy pipeline"),
    ],
)
def test_wrong_usage_is_status_2_with_the_reason(
    evmir: Evmir, abstracts: Abstracts, tmp_path: Path, arguments: list[str], message: str
) -> None:
    source = abstracts("miR-21")
    before = source.read_bytes()
    done = evmir("extract", source, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert source.read_bytes() == before
    assert leftovers(tmp_path) == ["in.jsonl"]


def test_no_input_is_wrong_usage(evmir: Evmir) -> None:
    assert evmir("extract").returncode == 2


def test_a_closed_pipe_ends_quietly(command: list[str], abstracts: Abstracts) -> None:
    source = abstracts(*(f"miR-{n} " + "x" * 2000 for n in range(300)))
    process = subprocess.Popen(
        [*command, "extract", str(source)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.parametrize(
    ("number", "status", "said"),
    [(signal.SIGINT, 130, "evmir: interrupted\n"), (signal.SIGTERM, 143, "evmir: terminated\n")],
)
def test_stopping_it_leaves_no_half_written_file(
    command: list[str], abstracts: Abstracts, tmp_path: Path, number: int, status: int, said: str
) -> None:
    source = abstracts("miR-1", "SLOW")
    process = subprocess.Popen(
        [*command, "extract", str(source), "-o", "out.jsonl"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    for _ in range(300):
        if any(name.endswith(".part") for name in leftovers(tmp_path)):
            break
        time.sleep(0.1)
    else:
        pytest.fail("it never began to write")
    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (status, said)
    assert leftovers(tmp_path) == ["in.jsonl"]


def test_an_interrupt_while_expat_loads_is_none_the_less_one(abstracts: Abstracts, tmp_path: Path) -> None:
    """ElementTree's C half turns any exception of that import into ImportError, which ElementTree catches."""
    source = abstracts("miR-1")
    interrupting = """
import sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "pyexpat":
            sys.meta_path.remove(self)
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
from launcher import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", interrupting, "extract", str(source), "-o", "out.jsonl"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (130, "evmir: interrupted\n")
    assert leftovers(tmp_path) == ["in.jsonl"]


def test_the_new_file_keeps_the_mode_of_the_old_and_goes_through_a_link(
    evmir: Evmir, abstracts: Abstracts, tmp_path: Path
) -> None:
    (tmp_path / "real.jsonl").write_text("old")
    (tmp_path / "real.jsonl").chmod(0o640)
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    assert evmir("extract", abstracts("miR-4"), "-o", "link.jsonl").returncode == 0
    assert (tmp_path / "link.jsonl").is_symlink()
    assert len(read_records(tmp_path / "real.jsonl")) == 1
    assert stat.S_IMODE((tmp_path / "real.jsonl").stat().st_mode) == 0o640


def test_an_output_that_is_no_file_is_written_to_directly(
    command: list[str], abstracts: Abstracts, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # does not wait for a writer that may never come
    done = subprocess.run([*command, "extract", str(abstracts("miR-4")), "-o", str(pipe)], timeout=60)
    written = os.read(reading, 65536).decode("utf-8")
    os.close(reading)
    assert (done.returncode, mirnas(written)) == (0, [("d1", "miR-4")])
    assert stat.S_ISFIFO(pipe.stat().st_mode)
