"""The network of roles: its arithmetic, against numbers counted by hand and its definition in plain loops."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extractor.model import MANIFEST, ModelError, manifest_problems
from extractor.relations import role_net
from extractor.relations.role_net import Net, Nets, Told, load
from extractor.relations.sequence import Place, Row
from extractor.resources import resource
from extractor.types import Mention

SIZES = {"words": 5, "dim": 3, "facts": 2, "width": 4}


def place(index: int, key: str, *facts: str, label: str = "CELL") -> Place:
    return Place(index, key, Mention(label, index, index + 1, key), facts)


ROW = Row(
    ("a", "b", "unheard", "c", "a"),
    (0, 1, 1, 2, 2),
    (place(0, "one", "F1"), place(3, "one"), place(4, "two", "F2", "unknown")),
)


def random_net(seed: int, dilations: tuple[int, ...] = (1, 2)) -> Net:
    draw = np.random.default_rng(seed)
    words, dim, facts, width = SIZES.values()
    shapes: dict[str, tuple[int, ...]] = {
        "emb.weight": (words, dim),
        "pos.weight": (3, 8),
        "inp.weight": (width, dim + 8 + facts),
        "inp.bias": (width,),
        "mix.weight": (width, width + facts),
        "mix.bias": (width,),
        "out.0.weight": (6, 4 * width + 3),
        "out.0.bias": (6,),
        "out.3.weight": (4, 6),
        "out.3.bias": (4,),
    }
    for number in range(len(dilations)):
        shapes |= {f"convs.{number}.weight": (2 * width, width, 3), f"convs.{number}.bias": (2 * width,)}
    arrays = {name: draw.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    return Net(arrays, {"a": 2, "b": 3, "c": 4}, {"F1": 0, "F2": 1}, dilations)


def plain(net: Net, row: Row, group: list[Place]) -> list[float]:
    """The definition, read word by word with loops: slow, and shares no code with the network."""
    w = {name: array.astype(float).tolist() for name, array in net.arrays.items()}

    def linear(name: str, x: list[float]) -> list[float]:
        return [
            sum(a * b for a, b in zip(line, x, strict=True)) + bias
            for line, bias in zip(w[f"{name}.weight"], w[f"{name}.bias"], strict=True)
        ]

    facts = [[0.0] * SIZES["facts"] for _ in row.words]
    for p in row.places:
        for fact in p.facts:
            if fact in net.facts:
                facts[p.index][net.facts[fact]] = 1.0
    z = [
        linear("inp", [*w["emb.weight"][net.words.get(word, 1)], *w["pos.weight"][where], *stated])
        for word, where, stated in zip(row.words, row.positions, facts, strict=True)
    ]
    width = SIZES["width"]
    for number, step in enumerate(net.dilations):
        weight, bias = w[f"convs.{number}.weight"], w[f"convs.{number}.bias"]
        new = []
        for t in range(len(z)):
            both = [
                bias[o]
                + sum(
                    weight[o][i][k] * z[t + (k - 1) * step][i]
                    for k in range(3)
                    if 0 <= t + (k - 1) * step < len(z)
                    for i in range(width)
                )
                for o in range(2 * width)
            ]
            gates = [1 / (1 + math.exp(-g)) for g in both[width:]]
            new.append([z[t][i] + math.tanh(both[i]) * gates[i] for i in range(width)])
        z = new
    read = [[max(v, 0.0) for v in linear("mix", [*x, *f])] for x, f in zip(z, facts, strict=True)]
    mine = [read[p.index] for p in group]
    titled = [read[p.index] for p in group if row.positions[p.index] == 0]
    seen = [
        *(max(column) for column in zip(*mine, strict=True)),
        *(sum(column) / len(mine) for column in zip(*mine, strict=True)),
        *(sum(x[i] for x in titled) for i in range(width)),
        *(max(column) for column in zip(*z, strict=True)),
        min(p.index for p in group) / 300,
        min(len(group), 8) / 8,
        1.0,
    ]
    hidden = [max(v, 0.0) for v in linear("out.0", seen)]
    return [1 / (1 + math.exp(-v)) for v in linear("out.3", hidden)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_network_is_what_its_definition_says(seed: int) -> None:
    net = random_net(seed)
    groups = [[p for p in ROW.places if p.key == key] for key in ("one", "two")]
    expected = [plain(net, ROW, group) for group in groups]
    assert net.scores(ROW, groups) == pytest.approx(np.array(expected), abs=1e-4)


def test_the_smallest_network_counted_by_hand() -> None:
    """Width 1, everything 0 but one way through: the word's vector 2, halved, then taken as it is."""
    zero: dict[str, Any] = {
        "emb.weight": [[0.0], [0.0], [2.0]],
        "pos.weight": [[0.0] * 8] * 3,
        "inp.weight": [[0.5, *[0.0] * 8]],
        "inp.bias": [0.0],
        "mix.weight": [[1.0]],
        "mix.bias": [0.0],
        "out.0.weight": [[1.0, 0, 0, 0, 0, 0, 0]],
        "out.0.bias": [0.0],
        "out.3.weight": [[1.0], [-1.0], [0.0], [2.0]],
        "out.3.bias": [0.0, 0.0, 0.0, -1.0],
    }
    net = Net({k: np.array(v, dtype=np.float32) for k, v in zero.items()}, {"a": 2}, {}, ())
    row = Row(("a",), (1,), (place(0, "x"),))
    # 2 * 0.5 = 1 reaches the roles as 1, -1, 0 and 2 - 1
    expected = [1 / (1 + math.exp(-v)) for v in (1, -1, 0, 1)]
    assert net.scores(row, [list(row.places)])[0] == pytest.approx(expected)


def test_other_groups_change_nothing() -> None:
    net = random_net(4)
    one = [p for p in ROW.places if p.key == "one"]
    alone = net.scores(ROW, [one])
    beside = net.scores(ROW, [one, [ROW.places[2]]])
    assert beside[:1] == pytest.approx(alone)


def test_what_was_told_is_asked_for_by_all_names() -> None:
    m, n = Mention("CELL", 0, 1, "a"), Mention("CELL", 2, 3, "b")
    told = Told({"donor": {"a": 0.2, "b": 0.7}}, {"donor": {m: 0.4, n: 0.1}})
    assert (told.of("donor", ["a", "b"]), told.of("donor", ["c"]), told.of("donor", [])) == (0.7, 0.0, 0.0)
    assert (told.best("donor", [m, n]), told.best("donor", [n]), told.best("donor", [])) == (0.4, 0.1, 0.0)


def test_networks_are_stored_and_loaded(tmp_path: Path) -> None:
    net = random_net(5)
    (tmp_path / "words.txt").write_text("<pad>\n<unknown>\na\nb\nc\n", encoding="utf-8")
    card = {"facts": ["F1", "F2"], "dilations": [1, 2]}
    (tmp_path / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"no network net\.\*\.npz in "):
        load(tmp_path)
    np.savez(tmp_path / "net.0.npz", **net.arrays)  # type: ignore[arg-type]
    (loaded,) = load(tmp_path).convolutions
    groups = [[p] for p in ROW.places]
    assert loaded.scores(ROW, groups) == pytest.approx(net.scores(ROW, groups))


def test_the_shipped_networks_are_the_released_ones(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    models = resource("models")
    expected = json.loads((models / MANIFEST).read_text(encoding="utf-8"))["roles"]
    assert manifest_problems(models / "roles", expected) == []
    shipped = role_net.shipped()
    assert (len(shipped.convolutions), len(shipped.readers)) == (2, 1)
    (tmp_path / MANIFEST).write_text(json.dumps({"roles": {"net.0.npz": "0" * 64}}), encoding="utf-8")
    (tmp_path / "roles").mkdir()
    monkeypatch.setattr(role_net, "resource", lambda *parts: tmp_path.joinpath(*parts[1:]))
    role_net.shipped.cache_clear()
    with pytest.raises(ModelError, match=r"net\.0\.npz is missing\. Reinstall evmir"):
        role_net.shipped()
    role_net.shipped.cache_clear()


class Parrot:
    """A reader that always says the same, and counts how often it is asked."""

    def __init__(self, answer: float) -> None:
        self.answer, self.asked = answer, 0

    def scores(self, row: Row, groups: list[list[Place]]) -> np.ndarray[Any, Any]:
        self.asked += 1
        return np.full((len(groups), 4), self.answer, dtype=np.float32)


@pytest.mark.parametrize(
    ("first", "label", "expected", "asked"),
    [
        (0.2, "MIRNA", 0.5, 1),  # (0.2 + 0.8) / 2
        (0.04, "MIRNA", 0.04, 0),  # nothing is carried: the slow ones are not asked
        (0.2, "CELL", 0.2, 0),  # how likely a cell is "carried" says nothing
    ],
)
def test_readers_are_asked_where_something_may_be_carried(
    first: float, label: str, expected: float, asked: int
) -> None:
    one, other = Parrot(first), Parrot(0.8)
    nets = Nets((one, one), (other,))  # type: ignore[arg-type]
    row = Row(("a",), (1,), (place(0, "x", label=label),))
    assert nets.scores(row, [list(row.places)]) == pytest.approx(np.full((1, 4), expected))
    assert (one.asked, other.asked) == (2, asked)
