"""The second network of roles: a small transformer over the printed words of a finding.

Four layers of MiniLM (Wang et al. 2020, arXiv:2002.10957; the weights of all-MiniLM-L6-v2), trained
further on annotated texts by ``models/training/roles``. It knows more of the language than the convolutions
of ``role_net`` do; the mean of both is better than either. In numpy; weights are stored in 63 or 91 steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from extractor.relations.sequence import Place, Row
from extractor.relations.wordpiece import START, Pieces, shown, windows

Numbers = npt.NDArray[np.float32]
LONGEST: Final = 500
"""Pieces that are read at once; places beyond 512 were never trained."""
HEADS: Final = 12
SCALE: Final = ":scale"
"""Ends the name of the array that holds the scale of each row of an array in few bits."""
_NEVER: Final = np.float32(-9.0)


@dataclass(frozen=True)
class Reader:
    """The weights of one transformer; arrays are named as in the training script."""

    arrays: Mapping[str, Numbers]
    pieces: Pieces
    facts: Mapping[str, int]

    @cached_property
    def layers(self) -> int:
        return len({name.split(".")[1] for name in self.arrays if name.startswith("layers.")})

    def scores(self, row: Row, groups: Sequence[Sequence[Place]]) -> Numbers:
        """Probabilities of the roles, one line a group of places that are taken as one thing: (groups, 4)."""
        pieces = self.pieces.of_shown(shown(row))
        stated = {p.index: [self.facts[f] for f in p.facts if f in self.facts] for p in row.places}
        read: dict[int, Numbers] = {}
        starts = []
        for window in windows(pieces, LONGEST):
            start, here = self._contexts(row, window, pieces, stated)
            starts.append(start)
            read |= here
        whole = np.mean(starts, axis=0)
        seen = np.stack([self._gathered(group, read, whole, row) for group in groups])
        return _sigmoid(self._linear("out.4", _gelu(self._linear("out.1", seen))))

    def _contexts(
        self,
        row: Row,
        window: Sequence[int],
        pieces: Sequence[Sequence[int]],
        stated: Mapping[int, Sequence[int]],
    ) -> tuple[Numbers, dict[int, Numbers]]:
        """The start mark of a window, and the first piece of each name, with what stands round them."""
        numbers, where, first = [START], [0], {}
        for word in window:
            first[word] = len(numbers)
            numbers += pieces[word]
            where += [row.positions[word]] * len(pieces[word])
        z = self._norm("norm", self.arrays["word.weight"][numbers] + self.arrays["at"][: len(numbers)])
        z = z + self.arrays["where.weight"][where]
        for word, at in first.items():
            if stated.get(word):
                z[at] += self.arrays["facts.weight"][:, stated[word]].sum(axis=1)
        for number in range(self.layers - 1):
            z = self._layer(f"layers.{number}", z, z)
        places = [word for word in window if word in stated]
        asked = z[[0, *(first[word] for word in places)]]
        told = self._layer(f"layers.{self.layers - 1}", z, asked)
        return told[0], dict(zip(places, told[1:], strict=True))

    def _layer(self, name: str, z: Numbers, asked: Numbers) -> Numbers:
        """What pieces take from all of ``z``: all pieces, or in the last layer those that are asked for."""
        width = z.shape[1]
        q, k, v = (
            self._linear(f"{name}.{part}", x).reshape(len(x), HEADS, -1).transpose(1, 0, 2)
            for part, x in zip("qkv", (asked, z, z), strict=True)
        )
        weights = q @ k.transpose(0, 2, 1) * np.float32((width / HEADS) ** -0.5)
        weights = np.exp(weights - weights.max(axis=2, keepdims=True))
        mixed = weights @ v / weights.sum(axis=2, keepdims=True)
        mixed = mixed.transpose(1, 0, 2).reshape(len(asked), width)
        z = self._norm(f"{name}.n1", asked + self._linear(f"{name}.o", mixed))
        inner = _gelu(self._linear(f"{name}.i", z))
        return self._norm(f"{name}.n2", z + self._linear(f"{name}.u", inner))

    def _gathered(
        self, group: Sequence[Place], read: Mapping[int, Numbers], whole: Numbers, row: Row
    ) -> Numbers:
        """All places of one thing together."""
        at = [place.index for place in group]
        mine = np.stack([read[i] for i in at])
        title = mine[[row.positions[i] == 0 for i in at]].sum(axis=0)
        size = np.array([min(at) / 300, min(len(at), 8) / 8], dtype=np.float32)
        return np.concatenate([np.maximum(mine.max(axis=0), _NEVER), mine.mean(axis=0), title, whole, size])

    def _linear(self, name: str, x: Numbers) -> Numbers:
        found: Numbers = x @ self.arrays[f"{name}.weight"].T + self.arrays[f"{name}.bias"]
        return found

    def _norm(self, name: str, x: Numbers) -> Numbers:
        centred = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + np.float32(1e-12))
        found: Numbers = centred / spread * self.arrays[f"{name}.weight"] + self.arrays[f"{name}.bias"]
        return found


def _gelu(x: Numbers) -> Numbers:
    """By tanh, as most implementations approximate it; at most 0.0005 from the exact one."""
    inner = np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)
    found: Numbers = np.float32(0.5) * x * (np.float32(1.0) + np.tanh(inner))
    return found


def _sigmoid(x: Numbers) -> Numbers:
    found: Numbers = 0.5 * (1.0 + np.tanh(0.5 * x))
    return found


def load(folder: Path, name: str, facts: Mapping[str, int]) -> tuple[Reader, ...]:
    """The transformers ``name.*.npz`` of a folder: none where there are none."""
    paths = sorted(folder.glob(f"{name}.*.npz"))
    if not paths:
        return ()
    pieces = Pieces.load(folder / "pieces.txt")
    return tuple(Reader(_arrays(path), pieces, facts) for path in paths)


def _arrays(path: Path) -> dict[str, Numbers]:
    """Stored in 16 bits, or in fewer with a scale for each row."""
    with np.load(path, allow_pickle=False) as stored:
        names = [name for name in stored.files if not name.endswith(SCALE)]
        found = {name: stored[name].astype(np.float32) for name in names}
        for name in names:
            if name + SCALE in stored.files:
                found[name] *= stored[name + SCALE].astype(np.float32)[:, None]
    return found
