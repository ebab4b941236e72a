"""Write ``models/manifest.json``: the default pipeline, the SHA-256 of its files and the role networks'.

Usage: python models/training/manifest.py PIPELINE_FOLDER_NAME
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from extractor.model import MANIFEST, file_sha256


def build(models: Path, name: str) -> dict[str, object]:
    """The manifest of the pipeline ``models/name`` and of ``models/roles``; names are relative to these."""
    return {"default": name, "pipelines": {name: hashes(models / name)}, "roles": hashes(models / "roles")}


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a folder by its name there."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): file_sha256(p) for p in files}


def main() -> None:
    models = Path(__file__).resolve().parent.parent
    text = json.dumps(build(models, sys.argv[1]), indent=2) + "\n"
    (models / MANIFEST).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
