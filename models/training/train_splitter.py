"""Train the sentence splitter on the frozen word vectors: ``python train_splitter.py CONFIG MODEL.pt``.

It sees four words to each side. Adds the ``split.*`` arrays to MODEL.pt.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from extractor.components.network import REACH

sys.path.insert(0, str(Path(__file__).resolve().parent))
from data import Encoder, read_treebank, space_classes
from network import Network, Size
from noise import Sentence
from train import located

HIDDEN, LENGTH, GROUP, EPOCHS, RATE = 48, 64, 64, 6, 3e-3
Stream = tuple[Tensor, Tensor, Tensor]


class Splitter(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.word = nn.Linear(width, (2 * REACH + 1) * HIDDEN, bias=False)
        self.space = nn.Embedding(4, HIDDEN)
        self.bias = nn.Parameter(torch.zeros(HIDDEN))
        self.out = nn.Linear(HIDDEN, 1)

    def forward(self, vectors: Tensor, space: Tensor) -> Tensor:
        """(B, L, width), (B, L) -> (B, L - 2 * REACH) scores of the inner positions."""
        cues = self.word(vectors).reshape(*vectors.shape[:2], 2 * REACH + 1, HIDDEN)
        inner = vectors.shape[1] - 2 * REACH
        hidden = self.bias + self.space(space[:, REACH : REACH + inner])
        for k in range(2 * REACH + 1):
            hidden = hidden + cues[:, k : k + inner, k]
        return self.out(nn.functional.leaky_relu(hidden, 0.1))[..., 0]

    def arrays(self) -> dict[str, Tensor]:
        return {
            "split.word": self.word.weight.T, "split.space": self.space.weight, "split.bias": self.bias,
            "split.out": self.out.weight[0], "split.out_bias": self.out.bias,
        }  # fmt: skip


def stream(docs: list[list[Sentence]], types: dict[str, int], rng: random.Random) -> Stream:
    """All documents in random order, REACH words of padding (row 0) before each and after the last.

    Type rows, space classes, and 1 where a sentence starts, 0 where none does, -1 for padding.
    """
    rows: list[int] = []
    space: list[int] = []
    starts: list[float] = []
    for doc in [*rng.sample(docs, len(docs)), []]:
        rows += [0] * REACH
        space += [0] * REACH
        starts += [-1.0] * REACH
        for s in doc:
            rows += [types[w] for w in s.words]
            starts += [1.0] + [0.0] * (len(s.words) - 1)
            space += space_classes(s.spaces)
    return torch.tensor(rows), torch.tensor(space), torch.tensor(starts)


def f_score(model: Splitter, table: Tensor, data: Stream) -> float:
    with torch.no_grad():
        rows, space, starts = data
        guess = model(table[rows][None], space[None])[0] > 0
    inner = starts[REACH : len(starts) - REACH]
    guess, gold = guess[inner >= 0], inner[inner >= 0] > 0
    return 2 * int((guess & gold).sum()) / (int(guess.sum()) + int(gold.sum()))


def word_table(state: dict[str, Any], words: Iterable[str]) -> tuple[Tensor, dict[str, int]]:
    """The trained vector of each word, and its row; row 0 is zero, for padding."""
    network = Network(Size(**state["size"]))
    network.load_state_dict({k: v for k, v in state["weights"].items() if not k.startswith("split.")})
    encoder = Encoder(state["words"], state["counts"], state["tags"], state["labels"])
    types = {w: i for i, w in enumerate(dict.fromkeys(words), start=1)}
    rows = [encoder.lexeme(w) for w in types]
    starts = torch.tensor([0] + [len(r[1]) for r in rows[:-1]]).cumsum(0)
    affixes = torch.tensor([r[2] for r in rows])
    with torch.no_grad():
        table = network.lexicon(
            torch.tensor([r[0] for r in rows]), torch.cat([r[1] for r in rows]), starts, affixes
        )
    return torch.cat([torch.zeros(1, table.shape[1]), table]), types


def windows(data: Stream, rng: random.Random) -> Iterator[Stream]:
    """GROUP windows of LENGTH words and the REACH words around them, until the stream is used up."""
    begins = list(range(rng.randrange(LENGTH), len(data[0]) - LENGTH - 2 * REACH, LENGTH))
    rng.shuffle(begins)
    for b in range(0, len(begins) - GROUP, GROUP):
        at = torch.tensor(begins[b : b + GROUP])[:, None] + torch.arange(LENGTH + 2 * REACH)
        yield data[0][at], data[1][at], data[2][at][:, REACH:-REACH]


def step(model: Splitter, optimizer: torch.optim.Optimizer, table: Tensor, window: Stream) -> None:
    """One update on a group of windows."""
    rows, space, gold = window
    scores = model(nn.functional.dropout(table[rows], 0.1), space)
    losses = nn.functional.binary_cross_entropy_with_logits(scores, gold.clamp(min=0), reduction="none")
    optimizer.zero_grad()
    losses[gold >= 0].mean().backward()
    optimizer.step()


def main() -> None:
    config_path, model_path = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    config = json.loads(config_path.read_text(encoding="utf-8"))
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    torch.manual_seed(config["seed"])
    rng = random.Random(config["seed"])
    state = torch.load(model_path)
    train = [d for name in config["train"] for d in read_treebank(located(name, config_path.parent))]
    dev = {n: read_treebank(located(n, config_path.parent)) for n in config["dev"]}
    table, types = word_table(state, (w for d in chain(train, *dev.values()) for s in d for w in s.words))
    model = Splitter(table.shape[1])
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    for epoch in range(EPOCHS):
        for settings in optimizer.param_groups:
            settings["lr"] = RATE * 0.5**epoch
        for window in windows(stream(train, types, rng), rng):
            step(model, optimizer, table, window)
        scores = {n: round(100 * f_score(model, table, stream(d, types, rng)), 2) for n, d in dev.items()}
        print(epoch, scores, flush=True)
    state["weights"].update({k: v.detach().clone() for k, v in model.arrays().items()})
    torch.save(state, model_path)


if __name__ == "__main__":
    main()
