"""The networks of roles: for every name of a finding, how likely it is donor, recipient, carried or target.

Small convolutional networks over the whole finding, and beside them a transformer (``reader.py``), all in
``models/roles`` and trained by ``models/training/roles``. They propose what no rule foresees: told over
several sentences, or with a turn of phrase that nobody wrote a rule for. Their mean is a feature among
others (``features.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from extractor.model import MANIFEST, ModelError, manifest_problems
from extractor.relations import reader
from extractor.relations.reader import Reader
from extractor.relations.scene import Scene
from extractor.relations.sequence import Place, Row, sequence_of
from extractor.resources import resource
from extractor.types import Mention

ROLES: Final[Mapping[str, frozenset[str]]] = {
    "donor": frozenset({"CELL", "TISSUE"}),
    "recipient": frozenset({"CELL", "TISSUE"}),
    "carried": frozenset({"MIRNA"}),
    "target": frozenset({"GENE"}),
}
"""The roles that are read, and the kinds of name that can fill them."""
POSSIBLE: Final = 0.05
"""Below this, for the convolutions, no vesicle carries the miRNA."""
FILLING: Final = frozenset().union(*ROLES.values())
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Told:
    """What the networks say of a finding: by role, for each entity and for each single mention of it."""

    entities: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    mentions: Mapping[str, Mapping[Mention, float]] = field(default_factory=dict)

    def of(self, role: str, keys: Iterable[str]) -> float:
        """The most that is said for one of several names of the same thing."""
        known = self.entities[role]
        return max((known.get(key, 0.0) for key in keys), default=0.0)

    def best(self, role: str, mentions: Iterable[Mention]) -> float:
        """The most that is said for one of the mentions."""
        known = self.mentions[role]
        return max((known.get(m, 0.0) for m in mentions), default=0.0)


@dataclass(frozen=True)
class Net:
    """The weights of one trained network; arrays are named as in the training script."""

    arrays: Mapping[str, Numbers]
    words: Mapping[str, int]
    facts: Mapping[str, int]
    dilations: tuple[int, ...]

    @cached_property
    def kernels(self) -> list[Numbers]:
        """Each convolution as one matrix, the words left, here and right in turn: (3 widths, 2 widths)."""
        weights = [self.arrays[f"convs.{n}.weight"] for n in range(len(self.dilations))]
        return [np.ascontiguousarray(np.concatenate([w[:, :, k].T for k in range(3)])) for w in weights]

    def scores(self, row: Row, groups: Sequence[Sequence[Place]]) -> Numbers:
        """Probabilities of the roles, one line a group of places that are taken as one thing: (groups, 4)."""
        facts = np.zeros((len(row.words), len(self.facts)), dtype=np.float32)
        for place in row.places:
            facts[place.index, [self.facts[f] for f in place.facts if f in self.facts]] = 1.0
        z = self._contexts(row, facts)
        read = np.maximum(self._linear("mix", np.concatenate([z, facts], axis=1)), 0.0)
        whole = z.max(axis=0)
        seen = np.stack([self._gathered(group, read, whole, row) for group in groups])
        hidden = np.maximum(self._linear("out.0", seen), 0.0)
        return _sigmoid(self._linear("out.3", hidden))

    def _contexts(self, row: Row, facts: Numbers) -> Numbers:
        """Each word with what stands round it, near and far."""
        known = self.arrays["emb.weight"][[self.words.get(w, 1) for w in row.words]]
        where = self.arrays["pos.weight"][list(row.positions)]
        z = self._linear("inp", np.concatenate([known, where, facts], axis=1))
        for number, step in enumerate(self.dilations):
            padded = np.pad(z, ((step, step), (0, 0)))
            shifted = np.concatenate([padded[k * step : k * step + len(z)] for k in range(3)], axis=1)
            both = shifted @ self.kernels[number] + self.arrays[f"convs.{number}.bias"]
            value, gate = np.split(both, 2, axis=1)
            z = z + np.tanh(value) * _sigmoid(gate)
        return z

    def _gathered(self, group: Sequence[Place], read: Numbers, whole: Numbers, row: Row) -> Numbers:
        """All places of one thing together."""
        at = [place.index for place in group]
        mine = read[at]
        title = read[[i for i in at if row.positions[i] == 0]].sum(axis=0)
        size = np.array([min(at) / 300, min(len(at), 8) / 8, 1.0], dtype=np.float32)
        return np.concatenate([mine.max(axis=0), mine.mean(axis=0), title, whole, size])

    def _linear(self, name: str, x: Numbers) -> Numbers:
        found: Numbers = x @ self.arrays[f"{name}.weight"].T + self.arrays[f"{name}.bias"]
        return found


def _sigmoid(x: Numbers) -> Numbers:
    found: Numbers = 0.5 * (1.0 + np.tanh(0.5 * x))
    return found


@dataclass(frozen=True)
class Nets:
    """The networks of both kinds; the mean of each kind counts alike."""

    convolutions: tuple[Net, ...] = ()
    readers: tuple[Reader, ...] = ()

    def scores(self, row: Row, groups: Sequence[Sequence[Place]]) -> Numbers:
        """As ``Net.scores``.

        The transformers, which take most of the time, are asked only where the convolutions find it
        possible that vesicles carry some miRNA: elsewhere there is hardly ever a relation.
        """
        found = _mean(self.convolutions, row, groups)
        mirnas = [n for n, group in enumerate(groups) if group[0].mention.label == "MIRNA"]
        sure = found[mirnas, [*ROLES].index("carried")].max(initial=0.0)
        if not self.readers or sure < POSSIBLE:
            return found
        both: Numbers = (found + _mean(self.readers, row, groups)) / np.float32(2)
        return both


def _mean(nets: Sequence[Net | Reader], row: Row, groups: Sequence[Sequence[Place]]) -> Numbers:
    found: Numbers = np.mean([net.scores(row, groups) for net in nets], axis=0)
    return found


def load(folder: Path, away: str = "") -> Nets:
    """The networks ``net.*.npz`` and ``reader.*.npz`` of a folder.

    ``away`` names those of a fold, as in ``net-fold0.0.npz``. Raises FileNotFoundError when there is no
    ``net`` among them.
    """
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    words = (folder / "words.txt").read_text(encoding="utf-8").splitlines()
    known = {word: number for number, word in enumerate(words)}
    facts = {fact: number for number, fact in enumerate(card["facts"])}
    paths = sorted(folder.glob(f"net{away}.*.npz"))
    if not paths:
        raise FileNotFoundError(f"no network net{away}.*.npz in {folder}")
    convolutions = tuple(Net(_arrays(path), known, facts, tuple(card["dilations"])) for path in paths)
    return Nets(convolutions, reader.load(folder, f"reader{away}", facts))


def _arrays(path: Path) -> dict[str, Numbers]:
    with np.load(path, allow_pickle=False) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


@cache
def shipped() -> Nets:
    """The networks that come with evmir. Raises ModelError where a file is not the one that was released."""
    models = resource("models")
    expected = json.loads((models / MANIFEST).read_text(encoding="utf-8"))["roles"]
    if problems := manifest_problems(models / "roles", expected):
        raise ModelError(
            f"the networks in {models / 'roles'} are not the ones that were released: {'; '.join(problems)}. "
            "Reinstall evmir, or restore the folder with `git checkout -- models`"
        )
    return load(models / "roles")


def told(scene: Scene, nets: Nets) -> Told:
    """What the networks say of a finding, on average."""
    row = sequence_of(scene)
    places = [p for p in row.places if p.mention.label in FILLING]
    if not places or not nets.convolutions:
        return Told({role: {} for role in ROLES}, {role: {} for role in ROLES})
    keys = list(dict.fromkeys(p.key for p in places))
    groups = [[p for p in places if p.key == key] for key in keys]
    singles = [[p] for p in places]
    scores = nets.scores(row, [*groups, *singles])
    entities: dict[str, dict[str, float]] = {role: {} for role in ROLES}
    mentions: dict[str, dict[Mention, float]] = {role: {} for role in ROLES}
    for number, (role, labels) in enumerate(ROLES.items()):
        for group, score in zip(groups, scores, strict=False):
            if group[0].mention.label in labels:
                entities[role][group[0].key] = float(score[number])
        for place, score in zip(places, scores[len(groups) :], strict=True):
            if place.mention.label in labels:
                mentions[role][place.mention] = float(score[number])
    return Told(entities, mentions)
