"""Write ``models/manifest.json``: which pipeline is the default, and the SHA-256 of its files.

Usage: python models/training/manifest.py PIPELINE_FOLDER_NAME
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from extractor.model import MANIFEST, file_sha256


def build(models: Path, name: str) -> dict[str, object]:
    """The manifest of the pipeline ``models/name``; file names are relative to its folder."""
    folder = models / name
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    hashes = {p.relative_to(folder).as_posix(): file_sha256(p) for p in files}
    return {"default": name, "pipelines": {name: hashes}}


def main() -> None:
    models = Path(__file__).resolve().parent.parent
    text = json.dumps(build(models, sys.argv[1]), indent=2) + "\n"
    (models / MANIFEST).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
