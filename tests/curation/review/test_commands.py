"""``evmir review`` and ``evmir queue`` as commands: what they refuse, and what they leave behind."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import requests
from typer.testing import CliRunner

from extractor.cli import app
from extractor.curation.queue import Queue
from extractor.resources import resource

ROOT = Path(__file__).parents[3]


def evmir(*arguments: object) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command in this process."""
    done = CliRunner().invoke(app, list(map(str, arguments)))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stdout, done.stderr


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "no queue": ((), "name a queue"),
    "queue and demo": (("{q}", "--demo"), "name a queue"),
    "absent queue": (("{absent}",), "there is no such queue"),
    "no queue file": (("{text}",), "not a queue of evmir"),
    "absent table": (("{q}", "--table", "{absent}"), "No such file"),
    "odd table": (("{q}", "--table", "{text}"), "no column id"),
    "open to others": (("{q}", "--host", "0.0.0.0"), "add --token"),
    "open to others by name": (("{q}", "--host", "example.org"), "add --token"),
    "short token": (("{q}", "--token", "short"), "at least 12 characters"),
    "port in use": (("{q}", "--port", "{port}"), "choose another with --port"),
    "another machine's address": (("{q}", "--host", "192.0.2.1", "--token", "x" * 12), "cannot listen"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_review_refuses_with_one_line(tmp_path: Path, case: str) -> None:
    options, told = REFUSED[case]
    with Queue(tmp_path / "q"):
        pass
    (tmp_path / "text").write_text("donor\tmirna\n" * 50)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        names = {"q": tmp_path / "q", "absent": tmp_path / "no", "text": tmp_path / "text", "port": port}
        filled = [option.format(**names) for option in options]
        status, output, errors = evmir("review", "--no-browser", *filled)
    assert (status, output) == (2, "")
    assert told in errors
    assert errors.count("\n") == 1


def test_backup_and_export(tmp_path: Path, queue: Queue) -> None:
    queue.decide(queue.proposals()[0].proposal_id, "ada", "accept")
    status, output, _ = evmir("queue", "backup", queue.path, tmp_path / "copy")
    assert (status, output) == (0, f"{tmp_path / 'copy'}: 12 proposals, 1 decisions\n")
    assert evmir("queue", "export", queue.path, tmp_path / "all.jsonl")[0] == 0
    kinds = [json.loads(line)["type"] for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    assert kinds == ["document"] * 12 + ["proposal"] * 12 + ["decision"]
    with Queue(tmp_path / "copy", create=False) as copy:
        assert copy.decisions() == queue.decisions()


@pytest.mark.parametrize("command", ["backup", "export"])
def test_copies_refuse_with_one_line(tmp_path: Path, queue: Queue, command: str) -> None:
    before = queue.path.read_bytes()
    for path, out, told in (
        (tmp_path / "absent", tmp_path / "x", "there is no such queue"),
        (queue.path, queue.path, "is the queue itself"),
        (queue.path, tmp_path / "no" / "folder", "cannot write"),
        (queue.path, tmp_path, "cannot write"),
    ):
        status, output, errors = evmir("queue", command, path, out)
        assert (status, output) == (2, "")
        assert told in errors
    assert queue.path.read_bytes() == before
    assert [path for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


@pytest.mark.slow
def test_the_demo_is_an_update_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """With the real model: what the table has is not proposed, and the rows that are touched are shown."""
    options = ("--demo", "--no-browser", "--port", "0", "--curator", "ada")
    command = [sys.executable, "-u", "-m", "extractor", "review", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, text=True, **streams) as process:
        assert process.stdout
        line = process.stdout.readline()
        (path,) = tmp_path.glob("evmir-demo-*/demo.queue")
        with Queue(path, create=False) as queue:
            asked = queue.proposals()
        of_row_7 = next(p for p in asked if p.doc_id == "22753494")
        shown = requests.get(f"{line.split()[3]}proposal?id={of_row_7.proposal_id}", timeout=20).text
        process.terminate()
        assert process.wait(20) == 143
    assert f"Reviewing {path} at http://127.0.0.1:" in line
    assert list(tmp_path.glob("evmir-demo-*")) == []
    assert not any(p.doc_id == "24735924" for p in asked)  # of row 4, which it states again
    # The table says TLR where the paper of row 7 has TLR7 and TLR8, each of two miRNAs.
    touching = sorted((p.status, p.rows, p.record["target"]["text"]) for p in asked if p.rows)
    assert touching == [("new evidence", (row,), name) for row in ("7.1", "7.2") for name in ("TLR7", "TLR8")]
    assert {p.status for p in asked if not p.rows} == {"new row"}
    assert set(of_row_7.record["made_by"]) == {"evmir", "rules", "model", "lexicons"}
    assert "Promotion of inflammation" in shown  # the phenotype of row 7, which the text does not name so


def test_the_demo_refuses_a_printed_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    status, output, errors = evmir("review", "--demo", "--table", resource("gold", "table1.tsv"))
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert "start with `evmir table import`" in errors
    assert list(tmp_path.iterdir()) == []
