"""The picture of docs/architecture.md held by a test: imports point one way, and importing does nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "extractor"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Each may import those before it. A new top-level module needs its place here.
ORDER = [
    *("types", "drafts", "line_breaks", "layout", "text", "resources", "rules", "readers", "writers"),
    "write_ahead",
    *("sources", "triage", "lexicons", "grounding", "sentences", "components", "model", "mentions"),
    *("relations", "context", "pipeline", "batch", "evaluation", "curation", "cli", "__main__"),
]
# Rooms that results reach as frozen values: no spaCy there.
NO_SPACY = {
    "types",
    "drafts",
    "line_breaks",
    "write_ahead",
    "layout",
    "text",
    "readers",
    "writers",
    "sources",
    "triage",
    "batch",
    "evaluation",
    "curation",
    "cli",
}
HEAVY = ("spacy", "thinc", "scispacy", "torch", "sklearn", "pandas")


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import; write extractor.{node.module}"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "extractor")


def rooms_imported(path: Path) -> set[str]:
    names = (name.split(".") for name in imported(path))
    found = {parts[1] for parts in names if parts[0] == "extractor" and len(parts) > 1}
    return found - {"__version__", room(path)}


def test_every_room_has_its_place() -> None:
    assert {room(path) for path in MODULES} - {"__init__"} - set(ORDER) == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        assert rooms_imported(path) == set()
    else:
        allowed = set(ORDER[: ORDER.index(room(path))])
        assert rooms_imported(path) - allowed == set()


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) in NO_SPACY], ids=lambda p: p.name)
def test_results_leave_the_pipeline_as_frozen_values(path: Path) -> None:
    assert [name for name in imported(path) if name.split(".")[0] in ("spacy", "scispacy", "thinc")] == []


@pytest.mark.parametrize("name", ["types", "layout", "text"])
def test_the_lowest_rooms_need_the_standard_library_only(name: str) -> None:
    names = {full.split(".")[0] for full in imported(PACKAGE / f"{name}.py")}
    assert names - sys.stdlib_module_names - {"extractor"} == set()


def loaded_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement",
    [
        "import extractor",
        "import extractor.types, extractor.resources, extractor.batch, extractor.writers",
        "import extractor.readers",
        "import extractor.cli",
    ],
)
def test_importing_loads_no_model_and_nothing_heavy(statement: str) -> None:
    assert loaded_by(statement) & set(HEAVY) == set()


def test_importing_the_pipeline_loads_no_model() -> None:
    loading = "import spacy.util; spacy.util.load_model = None; spacy.load = None; import extractor.pipeline"
    assert "extractor.pipeline" in loaded_by(loading)


def test_help_is_there_at_once() -> None:
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "extractor", "--help"], capture_output=True, check=True, timeout=60)
    assert time.monotonic() - began < 1.0 * 3  # a third of this on an idle machine; see benchmarks/startup.py
