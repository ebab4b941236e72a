"""The transformer of roles: its arithmetic, against its definition in plain loops."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from extractor.relations import reader
from extractor.relations.reader import SCALE, Reader, load
from extractor.relations.sequence import END, Place, Row
from extractor.relations.wordpiece import SPECIAL, START, Pieces
from extractor.types import Mention

HEADS, WIDTH, INNER = 12, 24, 5
WORDS = [*SPECIAL, "a", "b", "##b", "cell"]
PIECES = Pieces(WORDS)


def place(index: int, key: str, *facts: str) -> Place:
    return Place(index, key, Mention("CELL", index, index + 1, key), facts)


PRINTED = ("<C>", "abb", "b", END, "<C>", "unheard", "<C>", END)
ROW = Row(
    PRINTED,
    (0, 0, 0, 0, 1, 1, 2, 2),
    (place(0, "one", "F1"), place(4, "two", "F2", "unknown"), place(6, "one")),
    PRINTED,
)


def random_reader(seed: int, layers: int = 2) -> Reader:
    draw = np.random.default_rng(seed)
    shapes: dict[str, tuple[int, ...]] = {
        "word.weight": (len(WORDS), WIDTH),
        "at": (64, WIDTH),
        "where.weight": (3, WIDTH),
        "facts.weight": (WIDTH, 2),
        "norm.weight": (WIDTH,),
        "norm.bias": (WIDTH,),
        "out.1.weight": (6, 4 * WIDTH + 2),
        "out.1.bias": (6,),
        "out.4.weight": (4, 6),
        "out.4.bias": (4,),
    }
    for n in range(layers):
        sizes = dict.fromkeys("qkvo", (WIDTH, WIDTH)) | {"i": (INNER, WIDTH), "u": (WIDTH, INNER)}
        for name, size in sizes.items():
            shapes |= {f"layers.{n}.{name}.weight": size, f"layers.{n}.{name}.bias": size[:1]}
        for name in ("n1", "n2"):
            shapes |= {f"layers.{n}.{name}.{part}": (WIDTH,) for part in ("weight", "bias")}
    arrays = {name: draw.normal(scale=0.5, size=shape).astype(np.float32) for name, shape in shapes.items()}
    return Reader(arrays, PIECES, {"F1": 0, "F2": 1})


class Plain:
    """The definition, one number after the other; shares no code with the network."""

    def __init__(self, net: Reader) -> None:
        self.layers = net.layers
        self.w = {name: array.astype(float).tolist() for name, array in net.arrays.items()}

    def linear(self, name: str, x: list[float]) -> list[float]:
        lines = zip(self.w[f"{name}.weight"], self.w[f"{name}.bias"], strict=True)
        return [sum(a * b for a, b in zip(line, x, strict=True)) + bias for line, bias in lines]

    def norm(self, name: str, x: list[float]) -> list[float]:
        mean = sum(x) / len(x)
        spread = math.sqrt(sum((v - mean) ** 2 for v in x) / len(x) + 1e-12)
        scaled = zip(x, self.w[f"{name}.weight"], self.w[f"{name}.bias"], strict=True)
        return [(v - mean) / spread * weight + bias for v, weight, bias in scaled]

    def mixed(self, name: str, z: list[list[float]], t: int) -> list[float]:
        """What the piece at ``t`` takes from all others."""
        q = self.linear(f"{name}.q", z[t])
        k, v = ([self.linear(f"{name}.{part}", x) for x in z] for part in "kv")
        size = WIDTH // HEADS
        found: list[float] = []
        for head in range(HEADS):
            own = range(head * size, (head + 1) * size)
            heat = [math.exp(sum(q[i] * other[i] for i in own) / math.sqrt(size)) for other in k]
            found += [sum(h * other[i] for h, other in zip(heat, v, strict=True)) / sum(heat) for i in own]
        return found

    def layer(self, name: str, z: list[list[float]]) -> list[list[float]]:
        new = []
        for t, x in enumerate(z):
            x = self.norm(f"{name}.n1", added(x, self.linear(f"{name}.o", self.mixed(name, z, t))))
            inner = gelu(self.linear(f"{name}.i", x))
            new.append(self.norm(f"{name}.n2", added(x, self.linear(f"{name}.u", inner))))
        return new

    def read(self, row: Row, window: list[int]) -> tuple[list[float], dict[int, list[float]]]:
        """The start mark, and the first piece of each word, in their contexts."""
        ids, where, first = [START], [0], {}
        for n in window:
            first[n] = len(ids)
            ids += NUMBERS[n]
            where += [row.positions[n]] * len(NUMBERS[n])
        z = [self.norm("norm", added(self.w["word.weight"][i], self.w["at"][t])) for t, i in enumerate(ids)]
        z = [added(x, self.w["where.weight"][p]) for x, p in zip(z, where, strict=True)]
        for n, fact in FACTS.items():
            if n in first:
                z[first[n]] = added(z[first[n]], [line[fact] for line in self.w["facts.weight"]])
        for number in range(self.layers):
            z = self.layer(f"layers.{number}", z)
        return z[0], {n: z[at] for n, at in first.items()}

    def scores(self, row: Row, groups: list[list[Place]], windows: list[list[int]]) -> list[list[float]]:
        told = [self.read(row, window) for window in windows]
        whole = [sum(column) / len(told) for column in zip(*(start for start, _ in told), strict=True)]
        read = {n: x for _, words in told for n, x in words.items()}
        found = []
        for group in groups:
            mine = [read[p.index] for p in group]
            titled = [read[p.index] for p in group if row.positions[p.index] == 0]
            seen = [
                *(max(-9.0, *column) for column in zip(*mine, strict=True)),
                *(sum(column) / len(mine) for column in zip(*mine, strict=True)),
                *(sum(x[i] for x in titled) for i in range(WIDTH)),
                *whole,
                min(p.index for p in group) / 300,
                min(len(group), 8) / 8,
            ]
            roles = self.linear("out.4", gelu(self.linear("out.1", seen)))
            found.append([1 / (1 + math.exp(-v)) for v in roles])
        return found


NUMBERS = [[8, 5], [5, 7, 7], [6], [3], [8, 6], [1], [8, 5], [3]]
"""ROW in pieces: "cell a", "a ##b ##b", "b", [SEP] and "cell b", [UNK], "cell a", [SEP]."""
FACTS = {0: 0, 4: 1}


def added(one: list[float], other: list[float]) -> list[float]:
    return [a + b for a, b in zip(one, other, strict=True)]


def gelu(x: list[float]) -> list[float]:
    return [0.5 * v * (1 + math.erf(v / math.sqrt(2))) for v in x]


def plain(net: Reader, row: Row, groups: list[list[Place]], windows: list[list[int]]) -> list[list[float]]:
    return Plain(net).scores(row, groups, windows)


GROUPS = [[p for p in ROW.places if p.key == key] for key in ("one", "two")]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_transformer_is_what_its_definition_says(seed: int) -> None:
    net = random_reader(seed)
    expected = plain(net, ROW, GROUPS, [[*range(8)]])
    assert net.scores(ROW, GROUPS) == pytest.approx(np.array(expected), abs=2e-3)


def test_long_texts_are_read_in_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LONGEST", 7)  # the first sentence has 7 pieces, the second 6
    net = random_reader(3)
    expected = plain(net, ROW, GROUPS, [[0, 1, 2, 3], [4, 5, 6, 7]])
    assert net.scores(ROW, GROUPS) == pytest.approx(np.array(expected), abs=2e-3)
    assert net.scores(ROW, GROUPS) != pytest.approx(
        np.array(plain(net, ROW, GROUPS, [[*range(8)]])), abs=2e-3
    )


def test_other_groups_change_nothing() -> None:
    net = random_reader(4)
    alone = net.scores(ROW, GROUPS[:1])
    assert net.scores(ROW, GROUPS)[:1] == pytest.approx(alone)


def test_stored_in_eight_and_sixteen_bits(tmp_path: Path) -> None:
    net = random_reader(5)
    (tmp_path / "pieces.txt").write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    assert load(tmp_path, "reader", net.facts) == ()
    stored = {name: array.astype(np.float16) for name, array in net.arrays.items()}
    stored["word.weight"] = np.tile(np.array([-128, 127, 64], dtype=np.int8), (len(WORDS), WIDTH // 3))
    stored["word.weight" + SCALE] = np.arange(len(WORDS), dtype=np.float16) / 2
    np.savez_compressed(tmp_path / "reader.0.npz", **stored)  # type: ignore[arg-type]
    (loaded,) = load(tmp_path, "reader", net.facts)
    assert loaded.arrays["word.weight"][3, :3].tolist() == [-192.0, 190.5, 96.0]
    assert "word.weight" + SCALE not in loaded.arrays
    assert loaded.arrays["at"] == pytest.approx(net.arrays["at"], abs=2e-3)
    assert loaded.scores(ROW, GROUPS).shape == (2, 4)
