"""What makes the project installable: declared and pinned dependencies, and a wheel that works anywhere."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([a-z0-9-]+)==([0-9][0-9a-z.]*)(?: ; .+)?$")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = [PIN.match(line) for line in lines if not line.startswith("#")]
    return {match[1]: match[2] for match in found if match}


def test_every_line_of_the_constraints_is_an_exact_pin() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and not PIN.match(line)] == []
    assert {"spacy", "scispacy", "pandas", "numpy", "thinc", "pytest", "ruff", "mypy"} <= pins().keys()


def test_every_declared_dependency_is_pinned_within_its_range() -> None:
    declared = [Requirement(line) for line in requires("evmir") or []]
    pinned = pins()
    assert [r.name for r in declared if normal(r.name) not in pinned] == []
    assert [str(r) for r in declared if pinned[normal(r.name)] not in r.specifier] == []


def test_every_package_that_is_imported_is_declared() -> None:
    imported = {
        name.split(".")[0]
        for path in (ROOT / "extractor").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    owners = packages_distributions()
    third_party = imported - sys.stdlib_module_names - {"extractor"}
    declared = {normal(Requirement(line).name) for line in requires("evmir") or []}
    missing = {name for name in third_party if not declared & {normal(d) for d in owners.get(name, [name])}}
    assert missing == set()


def test_ci_runs_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in lines
    assert lines[-1] == "exec make test"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without touching it or the network."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=300)
    (path,) = folder.glob("evmir-*.whl")
    return path


@pytest.mark.slow
def test_the_wheel_carries_code_rules_model_and_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = [p.relative_to(ROOT).as_posix() for p in (ROOT / "extractor").rglob("*") if p.is_file()]
    expected = {name for name in tracked if "__pycache__" not in name and "/_data/" not in name}
    expected |= {f"extractor/_data/{name}" for name in shipped_data()}
    assert expected - names == set()
    assert [name for name in names if name.startswith(("models", "corpus", "gold", "tests"))] == []
    assert [name for name in names if "__pycache__" in name or "models/training" in name] == []
    assert any(name.endswith("licenses/NOTICE") for name in names)


def shipped_data() -> set[str]:
    files = (
        path for top in ("models", "corpus", "gold") for path in (ROOT / top).rglob("*") if path.is_file()
    )
    names = (path.relative_to(ROOT).as_posix() for path in files)
    made_up = ("invented", "twins", "twins.more", "recast", "fresh60")
    training = ("models/training", *(f"gold/{name}.jsonl" for name in made_up))
    return {n for n in names if not n.startswith(training) and "__pycache__" not in n}


@pytest.mark.slow
def test_the_wheel_works_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
    ]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True, timeout=300)
    text = "Macrophage-derived exosomes transferred miR-21 to endothelial cells."
    (elsewhere / "one.jsonl").write_text(json.dumps({"doc_id": "1", "text": text}) + "\n")
    code = "import sys, extractor.cli as cli; print(cli.__file__, file=sys.stderr); cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "extract", "one.jsonl"],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.stderr == f"{target / 'extractor' / 'cli' / '__init__.py'}\n"
    assert done.returncode == 0
    (record,) = map(json.loads, done.stdout.splitlines())
    assert (record["doc_id"], record["mirna"]["text"]) == ("1", "miR-21")
