"""The language model: the pipeline that ships in ``models/``, or any spaCy pipeline a user names.

The embedded pipeline is loaded by path and checked against ``models/manifest.json``; nothing is
ever downloaded. A replacement needs a tagger and a dependency parser, in UD-like labels
(``en_core_sci_*``) or CLEAR-like ones (``en_core_web_*``): see :func:`label_scheme`.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from pathlib import Path
from typing import Final, Literal

import spacy
from spacy.language import Language

import extractor.components.biaffine  # noqa: F401  (spaCy finds the factory of our parser by its import)
from extractor.resources import resource

Scheme = Literal["ud", "clear"]

MANIFEST: Final = "manifest.json"
NEEDED: Final = ("token.tag", "token.dep")
# Labels that one scheme has and the other lacks: how prepositional phrases are attached.
MARKERS: Final[dict[Scheme, frozenset[str]]] = {
    "ud": frozenset({"case", "nmod", "obl"}),
    "clear": frozenset({"prep", "pobj", "agent"}),
}


class ModelError(ValueError):
    """A pipeline that cannot be used; the message names it and says what to do."""


def load_model(name_or_path: str | Path | None = None) -> Language:
    """The embedded pipeline (None), or the installed package or folder of that name.

    Raises ModelError when the name is unknown, when a file of the embedded pipeline differs from
    the manifest, or when the pipeline has no tagger or no dependency parser.
    """
    nlp = _load_quietly(checked_default()) if name_or_path is None else _load_named(name_or_path)
    _require_parser(nlp, "the embedded pipeline" if name_or_path is None else str(name_or_path))
    return nlp


def label_scheme(nlp: Language) -> Scheme:
    """'ud' or 'clear': the family of the parser's labels. Raises ModelError for neither."""
    labels = parser_labels(nlp)
    found = {scheme: len(labels & marks) for scheme, marks in MARKERS.items()}
    if max(found.values()) == 0:
        raise ModelError(
            f"the parser of {nlp.meta.get('name', 'this pipeline')!r} has neither UD labels (case, nmod) nor "
            f"CLEAR labels (prep, pobj) but {sorted(labels)[:10]}; use an en_core_sci_* or en_core_web_* one"
        )
    return max(found, key=lambda scheme: found[scheme])


def parser_labels(nlp: Language) -> frozenset[str]:
    """The dependency labels that the pipeline's parsers can give."""
    names = [name for name in nlp.pipe_names if "token.dep" in nlp.get_pipe_meta(name).assigns]
    return frozenset(label for name in names for label in nlp.pipe_labels.get(name, []))


def checked_default() -> Path:
    """The folder of the embedded pipeline, after comparing every file with the manifest."""
    models = resource("models")
    manifest = json.loads((models / MANIFEST).read_text(encoding="utf-8"))
    folder = models / str(manifest["default"])
    problems = manifest_problems(folder, manifest["pipelines"][manifest["default"]])
    if problems:
        raise ModelError(
            f"the embedded pipeline in {folder} is not the one that was released: "
            + "; ".join(problems)
            + ". Reinstall evmir, or restore the folder with `git checkout -- models`"
        )
    return folder


def manifest_problems(folder: Path, expected: dict[str, str]) -> list[str]:
    """What differs between the files below ``folder`` and ``{relative name: sha256}``."""
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    problems = [f"{name} is missing" for name in sorted(expected.keys() - present)]
    problems += [f"{name} is not in the manifest" for name in sorted(present - expected.keys())]
    for name in sorted(present & expected.keys()):
        if file_sha256(folder / name) != expected[name]:
            problems.append(f"{name} was changed")
    return problems


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hex digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _load_named(name_or_path: str | Path) -> Language:
    try:
        return _load_quietly(name_or_path)
    except OSError as error:
        raise ModelError(
            f"no spaCy pipeline {str(name_or_path)!r}: it is neither an installed package nor a folder with "
            "a meta.json. Install it with pip, give the path of its folder, or leave --model out to use "
            f"the embedded pipeline ({error})"
        ) from error


def _load_quietly(name_or_path: str | Path) -> Language:
    """spacy.load without the regex warning that scispaCy's tokenizer patterns cause in Python 3.11."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Possible (nested set|set)", category=FutureWarning)
        return spacy.load(name_or_path)


def _require_parser(nlp: Language, name: str) -> None:
    assigned = {value for pipe in nlp.pipe_names for value in nlp.get_pipe_meta(pipe).assigns}
    missing = [value for value in NEEDED if value not in assigned]
    if missing:
        raise ModelError(
            f"{name} has the pipes {nlp.pipe_names}, and none of them sets {' or '.join(missing)}; choose a "
            "pipeline with a tagger and a dependency parser, such as en_core_sci_md or en_core_web_sm"
        )
