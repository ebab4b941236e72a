"""Train the network on treebanks (and silver trees): ``python train.py CONFIG.json OUT_FOLDER``.

The config names files relative to its own folder or to $EVMIR_TRAIN_DATA; see README.md. Every
random choice comes from its seed. Writes OUT_FOLDER/model.pt after each evaluation.
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent))
from data import Batch, Encoder, batches, read_treebank, vocabulary
from network import Network, Size
from noise import Names, Sentence, noised, read_names, telegraphic


def loss(network: Network, batch: Batch) -> Tensor:
    """Cross entropy of heads, labels and tags, a mean over the batch's tokens."""
    states = run(network, batch)
    weights = (batch.weights[:, None] * batch.mask).reshape(-1)
    arcs = network.arcs(states, batch.mask)
    total = _entropy(arcs, batch.heads)
    total = total + _entropy(network.label_scores(states, batch.heads), batch.labels)
    total = total + 0.5 * _entropy(network.tag(states), batch.tags)
    return (total * weights).sum() / weights.sum()


def _entropy(scores: Tensor, gold: Tensor) -> Tensor:
    return functional.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), reduction="none")


def run(network: Network, batch: Batch) -> Tensor:
    """States (B, L, D) of a batch."""
    vectors = network.lexicon(batch.words, batch.ngrams, batch.offsets, batch.affixes)
    return network(vectors, batch.index, batch.space, batch.lengths)


@torch.no_grad()
def evaluate(network: Network, encoder: Encoder, sentences: list[Sentence]) -> dict[str, float]:
    """UAS, LAS without punctuation and tag accuracy, on gold tokens and sentences, greedy heads."""
    network.eval()
    punct = encoder.labels["punct"]
    hits: Counter[str] = Counter()
    for group in batches(sentences, 4000, random.Random(0)):
        batch = encoder(group)
        states = run(network, batch)
        heads = network.arcs(states, batch.mask).argmax(2)
        labels = network.label_scores(states, heads).argmax(2)
        tags = network.tag(states).argmax(2)
        scored = batch.mask & (batch.labels != punct)
        right = (heads == batch.heads) & scored
        hits["n"] += int(scored.sum())
        hits["uas"] += int(right.sum())
        hits["las"] += int((right & (labels == batch.labels)).sum())
        hits["tokens"] += int(batch.mask.sum())
        hits["tag"] += int(((tags == batch.tags) & batch.mask).sum())
    network.train()
    share = {k: hits[k] / hits["n"] for k in ("uas", "las")} | {"tag": hits["tag"] / hits["tokens"]}
    return {k: round(100 * v, 2) for k, v in share.items()}


def learning_rate(step: int, steps: int, peak: float) -> float:
    """Linear warm-up over 200 steps, then a cosine down to 2 % of the peak."""
    if step < 200:
        return peak * (step + 1) / 200
    return peak * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))


def stream(
    sentences: list[Sentence], config: dict[str, Any], names: Names, rng: random.Random
) -> Iterator[list[Sentence]]:
    """Endless batches; every epoch draws its own noise and its own share of the silver trees."""
    while True:
        epoch = [s for s in sentences if s.weight >= 1 or rng.random() < config.get("silver_share", 1.0)]
        yield from batches([_noisy(s, config, names, rng) for s in epoch], config["batch_tokens"], rng)


def _noisy(sentence: Sentence, config: dict[str, Any], names: Names, rng: random.Random) -> Sentence:
    if rng.random() < config["noise_share"]:
        sentence = noised(sentence, names, rng, config["noise_rate"])
    if rng.random() < config.get("telegraphic_share", 0.0):
        sentence = telegraphic(sentence, rng)
    return sentence


def located(name: str, folder: Path) -> Path:
    """A data file: absolute, beside the config, or below $EVMIR_TRAIN_DATA."""
    roots = [folder, Path(os.environ.get("EVMIR_TRAIN_DATA", folder / "../../../shared/train"))]
    for root in roots:
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"{name} is in none of {[str(r) for r in roots]}; set EVMIR_TRAIN_DATA")


def flat(path: Path, longest: int = 10_000) -> list[Sentence]:
    return [s for doc in read_treebank(path) for s in doc if len(s.words) <= longest]


def gather(config: dict[str, Any], folder: Path) -> list[Sentence]:
    """All training sentences: treebanks with weight 1, silver with the config's weight."""
    found = [s for name in config["train"] for s in flat(located(name, folder), 150)]
    for name in config.get("silver", []):
        for s in flat(located(name, folder), 100):
            found.append(Sentence(s.words, s.spaces, s.tags, s.heads, s.labels, config["silver_weight"]))
    return found


class Average:
    """A moving average of the weights over about 500 steps: it is what is scored and kept."""

    def __init__(self, network: Network) -> None:
        self.network, self.steps = network, 0
        self.values = [p.detach().clone() for p in network.parameters()]

    def update(self) -> None:
        decay = min(0.998, (1 + self.steps) / (10 + self.steps))
        self.steps += 1
        torch._foreach_lerp_(self.values, [p.detach() for p in self.network.parameters()], 1 - decay)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """The network with averaged weights; afterwards it goes on with its own."""
        kept = [p.detach().clone() for p in self.network.parameters()]
        _assign(self.network, self.values)
        yield
        _assign(self.network, kept)


def build(config: dict[str, Any], names: Names, sentences: list[Sentence]) -> tuple[Network, Encoder]:
    """A fresh network with the vocabulary, tags and labels of the training sentences."""
    known = [
        Sentence((name,) * config["least_count"], (True,), ("NN",), (0,), ("ROOT",))
        for group in (names.thing, names.plural, names.adjective)
        for name in group
    ]
    words, counts = vocabulary([*sentences, *known], config["least_count"])
    gold = [s for s in sentences if s.weight >= 1]
    tags = sorted({t for s in gold for t in s.tags})
    label_counts = Counter(x for s in gold for x in s.labels)
    labels = sorted(x for x, n in label_counts.items() if n >= 20)
    size = Size(words=len(words) + 1, tags=len(tags), labels=len(labels), **config.get("size", {}))
    return Network(size), Encoder(words, counts, tags, labels)


def train(config: dict[str, Any], folder: Path, out: Path) -> None:
    """Run a config to its end."""
    rng = random.Random(config["seed"])
    torch.manual_seed(config["seed"])
    names, sentences = read_names(folder / "names.tsv"), gather(config, folder)
    network, encoder = build(config, names, sentences)
    if "start" in config:
        adopt(network, encoder.words, torch.load(out.parent / config["start"] / "model.pt"))
    print(f"{len(sentences)} sentences, {len(encoder.words)} words", flush=True)
    dev = {name: flat(located(name, folder)) for name in config["dev"]}
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, betas=(0.9, 0.95), eps=1e-8)
    average, began, last = Average(network), time.time(), config.get("stop", config["steps"])
    for step, group in enumerate(stream(sentences, config, names, rng), start=1):
        for settings in optimizer.param_groups:
            settings["lr"] = learning_rate(step - 1, config["steps"], config["rate"])
        value = loss(network, encoder(group, rng))
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        average.update()
        if step % config["every"] == 0 or step == last:
            with average.in_place():
                scores = {name: evaluate(network, encoder, docs) for name, docs in dev.items()}
                save(network, encoder, out / "model.pt")
            seconds = round(time.time() - began)
            print(step, f"{seconds} s, loss {float(value.detach()):.3f}", json.dumps(scores), flush=True)
        if step == last:
            return


def save(network: Network, encoder: Encoder, path: Path) -> None:
    """Weights, sizes and vocabulary as one torch file."""
    state = {
        "weights": {k: v.clone() for k, v in network.state_dict().items()},
        "size": network.size.to_dict(),
        "words": dict(encoder.words),
        "counts": encoder.counts,
        "tags": list(encoder.tags),
        "labels": list(encoder.labels),
    }
    torch.save(state, path)


def _assign(network: Network, values: list[Tensor]) -> None:
    with torch.no_grad():
        for parameter, value in zip(network.parameters(), values, strict=True):
            parameter.copy_(value)


def adopt(network: Network, words: Mapping[str, int], start: dict[str, Any]) -> None:
    """Begin with the weights of an earlier run; a new word begins as the unknown word."""
    old = start["weights"]
    rows = torch.tensor([0] + [start["words"].get(w, 0) for w in sorted(words, key=lambda w: words[w])])
    network.load_state_dict(old | {"lexicon.word.weight": old["lexicon.word.weight"][rows]})


def main() -> None:
    path, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    out.mkdir(parents=True, exist_ok=True)
    train(json.loads(path.read_text(encoding="utf-8")), path.parent, out)


if __name__ == "__main__":
    main()
