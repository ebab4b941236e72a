"""Loading: the embedded pipeline with its hashes, other pipelines, and clear refusals."""

from __future__ import annotations

import json
import re
import shutil
import warnings
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extractor import model
from extractor.model import ModelError, checked_default, label_scheme, load_model, manifest_problems
from extractor.resources import resource


@pytest.fixture(scope="module")
def embedded() -> Language:
    return load_model()


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of models/ that may be damaged."""
    name = json.loads((resource("models") / "manifest.json").read_text(encoding="utf-8"))["default"]
    shutil.copytree(resource("models", name), tmp_path / name)
    shutil.copy(resource("models", "manifest.json"), tmp_path)
    monkeypatch.setattr(model, "resource", lambda *parts: tmp_path.joinpath(*parts[1:]))
    return tmp_path / name


def blank_with(*pipes: str, labels: tuple[str, ...] = ()) -> Language:
    nlp = spacy.blank("en")
    for pipe in pipes:
        nlp.add_pipe(pipe)
    for label in labels:
        nlp.get_pipe("parser").add_label(label)  # type: ignore[attr-defined]
    return nlp


def test_the_embedded_pipeline_loads_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nlp = load_model()
    assert "lemmatizer" in nlp.pipe_names


def test_the_embedded_pipeline_is_ud(embedded: Language) -> None:
    assert label_scheme(embedded) == "ud"


def test_no_path_of_a_machine_in_the_metadata(embedded: Language) -> None:
    text = json.dumps(embedded.meta) + (checked_default() / "config.cfg").read_text(encoding="utf-8")
    assert not re.findall(r"""["'= ](?:/\w+|~)/[^"']*|[A-Z]:\\""", text)
    assert embedded.meta["license"]


def test_everything_in_models_stays_below_30_megabytes() -> None:
    files = [p for p in resource("models").rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert sum(p.stat().st_size for p in files) < 30e6


def test_an_intact_copy_is_accepted(copied: Path) -> None:
    assert checked_default() == copied


def test_one_changed_byte_is_refused(copied: Path) -> None:
    target = copied / "meta.json"
    target.write_bytes(target.read_bytes() + b" ")
    with pytest.raises(ModelError, match=r"meta\.json was changed.*git checkout -- models"):
        load_model()


def test_all_damage_is_reported_at_once(copied: Path) -> None:
    (copied / "meta.json").unlink()
    (copied / "extra.bin").write_bytes(b"")
    with pytest.raises(ModelError) as error:
        checked_default()
    assert "meta.json is missing; extra.bin is not in the manifest" in str(error.value)


def test_problems_are_none_for_equal_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # sha256 of abc, FIPS 180
    assert manifest_problems(tmp_path, {"a/b": digest}) == []
    assert manifest_problems(tmp_path, {"a/b": "0" * 64}) == ["a/b was changed"]


def test_an_unknown_name_says_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"no spaCy pipeline 'en_core_sci_xyz'.*embedded pipeline"):
        load_model("en_core_sci_xyz")


def test_a_folder_of_a_pipeline_is_loaded(tmp_path: Path) -> None:
    blank_with("tagger", "parser").to_disk(tmp_path / "mine")
    assert load_model(tmp_path / "mine").pipe_names == ["tagger", "parser"]


@pytest.mark.parametrize(
    ("pipes", "missing"),
    [(("tagger",), "token.dep"), (("parser",), "token.tag"), (("sentencizer",), "token.tag or token.dep")],
)
def test_a_pipeline_without_tagger_or_parser_is_refused(
    tmp_path: Path, pipes: tuple[str, ...], missing: str
) -> None:
    blank_with(*pipes).to_disk(tmp_path / "mine")
    with pytest.raises(ModelError, match=f"none of them sets {missing}; choose"):
        load_model(tmp_path / "mine")


@pytest.mark.parametrize(
    ("labels", "scheme"),
    [
        (("nsubj", "dobj", "case", "nmod", "acl:relcl"), "ud"),
        (("nsubj", "obj", "case", "obl", "nmod"), "ud"),
        (("nsubj", "dobj", "prep", "pobj", "agent", "relcl", "case"), "clear"),
    ],
)
def test_label_schemes(labels: tuple[str, ...], scheme: str) -> None:
    assert label_scheme(blank_with("parser", labels=labels)) == scheme


def test_other_labels_are_refused() -> None:
    with pytest.raises(ModelError, match=r"neither UD labels .* nor CLEAR labels .* \['left', 'right'\]"):
        label_scheme(blank_with("parser", labels=("right", "left")))
