"""What made a proposal: the versions of the program, its rules, its model and its lexicons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from extractor import __version__
from extractor.resources import resource

SHORT: Final = 12
"""Hex digits of a hash that tell one version from another."""


def made_by(model: str | None = None) -> dict[str, str]:
    """``{"evmir", "rules", "model", "lexicons"}``; hashes where there is no version number.

    ``model``: the pipeline that was asked for by name or path, None for the one that ships with evmir.
    """
    rules = Path(__file__).resolve().parent.parent / "rules"
    return {
        "evmir": __version__,
        "rules": _hash(path for path in rules.rglob("*") if path.suffix in (".tsv", ".yaml", ".json")),
        "model": _model(model),
        "lexicons": _hash([resource("models", "lexicons", "manifest.json")]),
    }


def _hash(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:SHORT]


def _model(name: str | None) -> str:
    if name is None:
        manifest = resource("models", "manifest.json")
        default = str(json.loads(manifest.read_text(encoding="utf-8"))["default"])
        return f"{default} {_hash([manifest])}"
    meta = Path(name) / "meta.json"
    if meta.is_file():
        told = json.loads(meta.read_text(encoding="utf-8"))
        return f"{told.get('name', name)} {told.get('version', '')} {_hash([meta])}"
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name
