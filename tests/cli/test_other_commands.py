"""annotate, evaluate, demo, help: the commands beside extract."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

Evmir = Callable[..., "subprocess.CompletedProcess[str]"]
Abstracts = Callable[..., Path]
COMMANDS = ["extract", "annotate", "evaluate", "lookup", "lint", "demo", "tables", "lexicon build"]
COMMANDS += ["convert", "fetch", "mirror"]
COMMANDS += ["review", "queue backup", "queue export"]
COMMANDS += ["update", *(f"table {c}" for c in ("import", "validate", "show", "diff", "export", "merge"))]


def test_annotate_writes_every_document(evmir: Evmir, abstracts: Abstracts) -> None:
    done = evmir("annotate", abstracts("miR-21 and miR-7", "None."))
    mention = {
        "label": "MIRNA",
        "curie": "test:miR-21",
        "name": "miR-21",
        "text": "miR-21",
        "start": 0,
        "end": 6,
    }
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["doc_id"], first["mentions"][0], len(first["mentions"])) == ("d1", mention, 2)
    assert second == {"doc_id": "d2", "mentions": []}
    assert done.returncode == 0


def test_annotate_writes_bioc(evmir: Evmir, abstracts: Abstracts, tmp_path: Path) -> None:
    assert evmir("annotate", abstracts("miR-21 & miR-7"), "-o", "out.bioc.xml").returncode == 0
    tree = etree.parse(str(tmp_path / "out.bioc.xml"), etree.XMLParser(load_dtd=False, no_network=True))
    assert tree.xpath("//document/id/text()") == ["d1"]
    assert tree.xpath("//annotation/text/text()") == ["miR-21", "miR-7"]


def test_annotate_refuses_a_table_suffix(evmir: Evmir, abstracts: Abstracts) -> None:
    done = evmir("annotate", abstracts("miR-21"), "-o", "out.tsv")
    assert done.returncode == 2
    assert "let it end in .jsonl, .bioc.xml," in done.stderr


def write_gold(path: Path) -> None:
    tuples = [
        {"donor": [], "mirna": ["miR-21"], "recipient": [], "target": [], "effect": "", "phenotype": []}
    ]
    path.write_text(json.dumps({"pmid": "d1", "class": "cargo", "tuples": tuples, "notes": ""}) + "\n")


def test_evaluate_scores_both_formats_alike(evmir: Evmir, abstracts: Abstracts, tmp_path: Path) -> None:
    write_gold(tmp_path / "gold.jsonl")
    source = abstracts('"Quoted miR-21', 'miR-7 "later')
    reports = []
    for pred in ("pred.jsonl", "pred.tsv"):
        evmir("extract", source, "-o", pred)
        scores = ("--json", "out.json", "--report", "out.html")
        done = evmir("evaluate", "--gold", "gold.jsonl", "--pred", pred, *scores)
        assert (done.returncode, done.stderr) == (0, "")
        assert "precision" in done.stdout
        assert "<html" in (tmp_path / "out.html").read_text(encoding="utf-8")
        reports.append(json.loads((tmp_path / "out.json").read_text(encoding="utf-8")))
    assert reports[0]["scores"] == reports[1]["scores"]


@pytest.mark.parametrize("content", [None, "", "not json\n"])
def test_evaluate_refuses_what_is_no_gold(evmir: Evmir, tmp_path: Path, content: str | None) -> None:
    (tmp_path / "pred.jsonl").write_text("")
    if content is not None:
        (tmp_path / "gold.jsonl").write_text(content)
    done = evmir("evaluate", "--gold", "gold.jsonl", "--pred", "pred.jsonl")
    assert done.returncode == 2
    assert "gold.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


def test_demo_shows_table_and_scores(evmir: Evmir) -> None:
    done = evmir("demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("miRNA")
    assert "measure nothing about real abstracts" in done.stdout
    assert "precision" in done.stdout


def test_lookup_tells_identifier_and_reason(evmir: Evmir) -> None:
    done = evmir("lookup", "TJP1", "xyzzy-nothing")
    found = list(map(json.loads, done.stdout.splitlines()))
    assert (found[0]["label"], found[0]["curie"], found[0]["confident"]) == ("GENE", "hgnc:11827", True)
    assert found[0]["candidates"][0]["reason"]
    assert [r["curie"] for r in found if r["text"] == "xyzzy-nothing"] == [None]
    assert (done.returncode, done.stderr) == (0, "")


def test_lookup_keeps_to_the_label(evmir: Evmir) -> None:
    (line,) = evmir("lookup", "HCC", "--label", "GENE").stdout.splitlines()
    assert json.loads(line)["label"] == "GENE"
    assert evmir("lookup", "HCC", "--label", "PLANET").returncode == 2


def test_lint_finds_a_misprint_and_mends_it_only_when_asked(evmir: Evmir, tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text("donor\tmirna\trecipient\ttarget\nmacrophages\tmiR-233\tendothelial cells\tPTEN\n")
    before = table.read_bytes()
    done = evmir("lint", "table.tsv")
    (finding,) = map(json.loads, done.stdout.splitlines())
    assert (finding["row"], finding["value"], finding["severity"]) == (1, "miR-233", "error")
    assert finding["suggestions"][0]["name"] == "miR-223"
    assert (done.returncode, table.read_bytes()) == (1, before)
    assert evmir("lint", "table.tsv", "--fix").returncode == 0
    assert table.read_bytes() == before.replace(b"miR-233", b"miR-223")
    assert (tmp_path / "table.changes.tsv").exists() or (tmp_path / "table.tsv.changes.tsv").exists()


def test_lint_refuses_what_it_cannot_read(evmir: Evmir, tmp_path: Path) -> None:
    done = evmir("lint", "absent.tsv")
    assert (done.returncode, done.stdout) == (2, "")
    assert "absent.tsv" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_table_into_a_closed_pipe_ends_quietly(command: list[str]) -> None:
    process = subprocess.Popen([*command, "demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    assert (process.wait(timeout=60), process.stderr.read()) == (0, b"")
    process.stderr.close()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_most_have_an_example(evmir: Evmir, name: str) -> None:
    done = evmir(*name.split(), "--help")
    assert done.returncode == 0
    assert name == "demo" or f"\n  evmir {name}" in done.stdout


def test_every_command_is_listed_here_and_documented() -> None:
    import typer

    from extractor.cli import app

    group = typer.main.get_command(app)
    names = [
        f"{name} {sub}".strip()
        for name, command in group.commands.items()  # type: ignore[attr-defined]
        for sub in getattr(command, "commands", {"": None})
    ]
    assert sorted(names) == sorted(COMMANDS)
    manual = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [name for name in names if f"## evmir {name}\n" not in manual] == []


def test_python_m_extractor_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "extractor", "--version"], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout.split()[0]) == (0, "evmir")
