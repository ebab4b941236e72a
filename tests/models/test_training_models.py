"""The choices that the training of the regressions makes, counted by hand; and its diagram."""

from __future__ import annotations

import importlib.util
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from extractor.relations.role_net import Nets

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def modules() -> Iterator[dict[str, ModuleType]]:
    """The benchmarks by name; they import each other by name as well."""
    pytest.importorskip("sklearn")
    sys.path.insert(0, str(BENCHMARKS))
    names = ("annotated", "fitting", "reliability", "training", "dev_scores", "train_models")
    found = {}
    for name in names:
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        assert spec and spec.loader
        found[name] = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found[name])
    yield found
    sys.path.remove(str(BENCHMARKS))
    for name in names:
        sys.modules.pop(name, None)


def examples(fitting: Any, labels: list[bool], groups: list[int]) -> Any:
    """All of one real text."""
    text = SimpleNamespace(part="read", weight=1.0)
    return fitting.Examples([{}] * len(labels), labels, [text] * len(labels), groups)


def test_f1_with_weights_and_missed(modules: dict[str, ModuleType]) -> None:
    fitting = modules["fitting"]
    given = examples(fitting, [True, True, False, False], [1, 1, 2, 2])
    unseen, first = np.array([0.6, 0.33, 0.6, 0.1]), np.array([True, False, True, False])
    at = {line: n for n, line in enumerate(np.round(fitting.GRID, 2))}
    once = np.ones(4, dtype=int)
    # each weighs 4 ** -0.5 = 0.5: right 0.5, taken 1.0, to find 1.0; or right 1.0, taken 1.5 with the second
    found = fitting.f1_by_lines(unseen, first, given, once)
    assert found[at[0.5], at[0.5]] == pytest.approx(0.5)
    assert found[at[0.3], at[0.3]] == pytest.approx(2 * 1.0 / 2.5)
    assert np.isnan(found[at[0.5], at[0.3]])
    given.missed = 1.0
    assert fitting.f1_by_lines(unseen, first, given, once)[at[0.5], at[0.5]] == pytest.approx(2 * 0.5 / 3.0)
    given.missed = 0.0
    # what is drawn twice counts twice: right 1.0, taken 1.5, to find 1.5
    twice = np.array([2, 1, 1, 1])
    assert fitting.f1_by_lines(unseen, first, given, twice)[at[0.5], at[0.5]] == pytest.approx(2 / 3)


def test_lines_are_the_same_each_time_and_in_order(modules: dict[str, ModuleType]) -> None:
    fitting = modules["fitting"]
    texts = [SimpleNamespace(part="read", weight=1.0) for _ in range(30)]
    random = np.random.default_rng(1)
    labels = list(random.random(60) < 0.5)
    given = fitting.Examples(
        [{}] * 60, labels, [t for t in texts for _ in range(2)], [n // 2 for n in range(60)]
    )
    unseen = np.clip(np.array(labels) * 0.3 + random.random(60) * 0.7, 0, 1)
    told = fitting.lines("donor", unseen, given)
    assert told == fitting.lines("donor", unseen, given)
    assert 0.15 <= told["threshold"] <= told["further"] <= 0.85
    assert set(fitting.lines("carriage", unseen, given)) == {"threshold"}


def test_the_surest_of_each_group(modules: dict[str, ModuleType]) -> None:
    unseen = np.array([0.2, 0.9, 0.4, 0.4, 0.1])
    assert list(modules["fitting"].surest(unseen, [1, 1, 2, 2, 3])) == [False, True, True, False, True]


def test_further_fillers_need_a_higher_line_where_they_are_mostly_wrong(
    modules: dict[str, ModuleType],
) -> None:
    fitting = modules["fitting"]
    groups = [n for n in range(20) for _ in range(2)]
    given = examples(fitting, [True, False] * 20, groups)
    unseen = np.array([0.6, 0.5] * 20)
    chosen = fitting.lines("donor", unseen, given)
    assert chosen["threshold"] <= 0.6 and chosen["further"] > 0.5
    both = examples(fitting, [True, True] * 20, groups)
    assert fitting.lines("donor", unseen, both)["further"] <= 0.5


def test_a_twin_is_in_the_fold_of_its_original(modules: dict[str, ModuleType]) -> None:
    training = modules["training"]
    folds = [
        training.Text(SimpleNamespace(doc_id=own), [], "twin", "12345", None, None, []).fold
        for own in ("twin-1", "another")
    ]
    assert folds[0] == folds[1]
    many = [training.Text(None, [], "read", str(n), None, None, []) for n in range(50)]
    assert {text.fold for text in many} == set(range(5))
    assert {text.net_fold for text in many} == set(range(3))


def test_each_text_is_judged_by_the_networks_of_its_own_net_fold(
    modules: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    training = modules["training"]
    given = [training.Text(None, [], "read", str(n), None, None, []) for n in range(12)]
    asked: list[tuple[str, str]] = []

    def examples(texts: list[Any], *rest: Any) -> None:
        asked.extend((f"net {text.net_fold}", rest[-1](text).nets) for text in texts)

    monkeypatch.setattr(training, "role_examples", examples)
    monkeypatch.setattr(training, "carriage_examples", examples)
    monkeypatch.setattr(training, "fit_one", lambda name, found: SimpleNamespace(model={}))
    training.fit(given, ["net 0", "net 1", "net 2"])
    assert len(asked) == 4 * 12
    assert all(own == used for own, used in asked)


def test_paragraphs_go_with_their_article(
    modules: dict[str, ModuleType], shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the fold of its abstract; and away from training where that is held back."""
    training, annotated = modules["training"], modules["annotated"]
    monkeypatch.setattr(annotated, "SHARED", shared / "data")
    articles = {document.doc_id: article for document, _, article in annotated.paragraphs()}
    monkeypatch.setattr(training, "analysed", lambda _, document, gold, *how: (document.doc_id, *how))
    found = [row for row in training.texts(None) if row[0] in articles]
    assert len(found) == 151
    away = {document.doc_id for document, _, away in annotated.documents() if away}
    for doc_id, part, like in found:
        assert like == articles[doc_id]
        assert part == ("held-back" if like in away else "paragraph")
    assert {part for _, part, _ in found} == {"held-back", "paragraph"}


def test_recast_texts_teach_only_how_sure_relations_are(
    modules: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    train_models = modules["train_models"]
    learnt: list[set[str]] = []

    def fit(given: list[Any], nets: Any) -> dict[str, Any]:
        learnt.append({text.part for text in given})
        return {}

    monkeypatch.setattr(train_models.role_net, "load", lambda *_: Nets())
    monkeypatch.setattr(train_models, "fit", fit)
    parts = ("read", "twin", "paragraph", "recast", "held-back")
    texts = [
        SimpleNamespace(part=part, fold=fold, net_fold=fold % 3, relations=lambda _: ())
        for part in parts
        for fold in range(5)
    ]
    judged = [text.part for text, *_ in train_models.Trainer(texts, [], Path()).judged()]
    assert learnt == [{"read", "twin", "paragraph"}] * 5
    assert judged == ["read", "twin", "paragraph", "recast"] * 5


def test_a_reliability_diagram(modules: dict[str, ModuleType]) -> None:
    reliability = modules["reliability"]
    assert reliability.bins([0.25, 0.15, 0.95, 1.0], [True, False, True, False]) == [
        (0.15, 0.0, 1),
        (0.25, 1.0, 1),
        (0.975, 0.5, 2),
    ]
    drawn = ElementTree.fromstring(reliability.diagram("A < B", [0.5], [True]))
    (dot,) = [e for e in drawn if e.tag.endswith("circle")]
    assert (float(dot.attrib["cx"]), float(dot.attrib["cy"])) == (56 + 160, 56)  # the middle, at the top
    assert "A < B" in [e.text for e in drawn]
