"""The torch network that is trained and the numpy network that is shipped are the same function."""

from __future__ import annotations

import random
import sys

import numpy as np
import pytest

from extractor.components.network import Network, Packing
from extractor.components.trees import best_heads
from extractor.resources import resource

torch = pytest.importorskip("torch", reason="torch is needed for training only (models/training/README.md)")


@pytest.fixture(autouse=True)
def training_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(resource("models") / "training"))
    for name in ("network", "data", "noise", "train"):
        sys.modules.pop(name, None)


def test_torch_and_numpy_agree() -> None:
    import data
    import network
    import noise

    torch.manual_seed(0)
    rng = random.Random(0)
    model = network.Network(network.Size(words=4, tags=5, labels=6, hidden=20, arc=16, label=8)).eval()
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    labels = ["ROOT", "a", "b", "c", "dep", "punct"]
    encoder = data.Encoder({"cell": 1, "the": 2, "mir-00": 3}, [0, 1, 1, 1], list("ABCDE"), labels)
    words = ["cell", "the", "miR-21", "HUVECs", "of", "xyz-1"]
    sentences = [
        noise.Sentence(
            tuple(rng.choice(words) for _ in range(n)), (True,) * n, ("A",) * n, tuple(range(n)), ("a",) * n
        )
        for n in (9, 7, 7, 3, 1)
    ]
    batch = encoder(sentences)
    with torch.no_grad():
        vectors = model.lexicon(batch.words, batch.ngrams, batch.offsets, batch.affixes)
        states = model(vectors, batch.index, batch.space, batch.lengths)
        lengths = batch.lengths.numpy()
        heads = best_heads(model.arcs(states, batch.mask).numpy(), lengths)
        scores = model.label_scores(states, torch.tensor(heads))
        scores[..., 0] = -1e9
        labels_found, tags = scores.argmax(2).numpy(), model.tag(states).argmax(2).numpy()
    shipped = Network({k: v.numpy() for k, v in model.state_dict().items()}, root=0)
    packing = Packing.of(lengths)
    at = packing.sentence, packing.position
    found = shipped.analyse(vectors.numpy()[batch.index.numpy()[at]], batch.space.numpy()[at], packing)
    for row, analysis in enumerate(found):
        n = lengths[row]
        inner = analysis.heads != np.arange(n)
        assert analysis.heads.tolist() == heads[row, :n].tolist()
        assert analysis.tags.tolist() == tags[row, :n].tolist()
        assert analysis.labels[inner].tolist() == labels_found[row, :n][inner].tolist()
        assert analysis.labels[~inner].tolist() == [0]
