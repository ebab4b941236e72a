"""What a person at a terminal sees: the table, the bar, and no commands smuggled in by a text."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

Abstracts = Callable[..., Path]
STYLES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def at_terminal(command: list[str], *arguments: object, stderr: bool = False) -> tuple[int, str]:
    """Exit status and all that was drawn on a terminal that holds standard output, or standard error."""
    leader, follower = pty.openpty()
    streams = {"stdout": subprocess.DEVNULL, "stderr": follower} if stderr else {"stdout": follower}
    process = subprocess.Popen(
        [*command, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": "100", "TERM": "xterm"},
        **streams,
    )
    os.close(follower)
    drawn = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # how Linux says that the other side is closed
            break
        if not piece:
            break
        drawn += piece
    os.close(leader)
    return process.wait(timeout=60), drawn.decode("utf-8").replace("\r\n", "\n")


def test_the_table_shows_the_relation_and_its_sentence(command: list[str], abstracts: Abstracts) -> None:
    status, drawn = at_terminal(command, "extract", abstracts("They sent miR-21 there.", "No name."))
    lines = [line.rstrip() for line in STYLES.sub("", drawn).splitlines() if line.strip()]
    assert status == 0
    assert lines[0].split() == ["miRNA", "donor", "recipient", "target", "phenotype", "confidence"]
    assert lines[1].split() == ["miR-21", "–", "–", "–", "–", "0.21"]
    assert lines[2] == "  d1: They sent miR-21 there."
    assert len(lines) == 3
    assert "\x1b[" in drawn


def test_a_text_cannot_command_the_terminal(command: list[str], abstracts: Abstracts) -> None:
    _, drawn = at_terminal(command, "extract", abstracts("\x1b]0;owned\x07 miR-21 \x9b31m"))
    assert "\x1b]" not in drawn
    assert "\x9b" not in drawn
    assert "owned" in drawn


def test_annotate_shows_the_text(command: list[str], abstracts: Abstracts) -> None:
    status, drawn = at_terminal(command, "annotate", abstracts("They sent miR-21 there."))
    assert status == 0
    assert "They sent miR-21 there." in STYLES.sub("", drawn)


def test_the_bar_is_for_many_documents_at_a_terminal(command: list[str], abstracts: Abstracts) -> None:
    many = abstracts(*(f"miR-{n}" for n in range(30)))
    assert "30/30" in at_terminal(command, "extract", many, stderr=True)[1]
    assert at_terminal(command, "extract", many, "--quiet", stderr=True) == (0, "")
    assert at_terminal(command, "extract", abstracts("miR-1", "miR-2"), stderr=True) == (0, "")


def test_lookup_marks_the_choice(command: list[str]) -> None:
    status, drawn = at_terminal(command, "lookup", "TJP1", "xyzzy-nothing")
    lines = [line.strip() for line in STYLES.sub("", drawn).splitlines() if line.strip()]
    assert status == 0
    assert lines[0] == "TJP1"
    assert lines[1].split()[:4] == ["→", "GENE", "hgnc:11827", "TJP1"]
    assert "no candidate is good enough: the slot would stay without an identifier" in lines[-1]


def test_a_curated_table_is_shown_as_it_is_printed(command: list[str], tmp_path: Path) -> None:
    table = tmp_path / "ev.tsv"
    header = "id\tdonor\trecipient\tmirna\ttarget\teffect\tpmid\n"
    table.write_text(
        header + "1.1\tCAF\tEC\tmiR-21\tPTEN\tdecreases\t100\n1.2\tCAF\tEC\tmiR-7\tPTEN\tdecreases\t100\n"
    )
    sentence = {"start": 0, "end": 9, "text": "CAF \x1b]0;owned\x07", "rules": ["a.rule"]}
    line = {
        "row": "1.1",
        "doc_id": "100",
        "proposal_id": "p",
        "decision": 1,
        "curator": "ann",
        "evidence": [sentence],
    }
    (tmp_path / "ev.evidence.jsonl").write_text(json.dumps(line) + "\n")
    status, drawn = at_terminal(command, "table", "show", table)
    assert status == 0
    lines = [line.split() for line in STYLES.sub("", drawn).splitlines() if line.strip()]
    assert lines[1] == ["1", "–", "CAF", "EC", "miR-21", "and", "miR-7", "PTEN", "↓", "PMID", "100"]
    assert " ".join(lines[-1]) == "↓ lowered by the miRNA"
    _, drawn = at_terminal(command, "table", "show", table, "1.1")
    assert "100, accepted by ann" in drawn
    assert "a.rule" in drawn
    assert "\x1b]" not in drawn
    assert "ev.tsv: 0 problems" in at_terminal(command, "table", "validate", table)[1]
    other = tmp_path / "new.tsv"
    other.write_text(table.read_text().replace("miR-7", "miR-8"))
    status, drawn = at_terminal(command, "table", "diff", table, other)
    assert (status, STYLES.sub("", drawn)) == (1, "~ 1.2 mirna: miR-7 → miR-8\n")
