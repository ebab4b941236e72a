"""Train the sentence splitter on the frozen word vectors: ``python train_splitter.py CONFIG MODEL.pt``.

It sees four words to each side. Adds the ``split.*`` arrays to MODEL.pt.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

import torch
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parent))
from data import Encoder, read_treebank, space_classes
from network import Network, Size
from noise import Sentence
from train import located

REACH, HIDDEN = 4, 48
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
    """All documents one after the other in random order: type rows, space classes, sentence starts."""
    rows: list[int] = []
    space: list[int] = []
    starts: list[float] = []
    for doc in rng.sample(docs, len(docs)):
        for s in doc:
            rows += [types[w] for w in s.words]
            starts += [1.0] + [0.0] * (len(s.words) - 1)
            space += space_classes(s.spaces)
    return torch.tensor(rows), torch.tensor(space), torch.tensor(starts)


def f_score(model: Splitter, table: Tensor, data: Stream) -> float:
    with torch.no_grad():
        rows, space, starts = data
        guess = model(table[rows][None], space[None])[0] > 0
    gold = starts[REACH : len(starts) - REACH] > 0
    return 2 * int((guess & gold).sum()) / (int(guess.sum()) + int(gold.sum()))


def main() -> None:
    config_path, model_path = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    config = json.loads(config_path.read_text(encoding="utf-8"))
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    torch.manual_seed(config["seed"])
    rng = random.Random(config["seed"])
    state = torch.load(model_path)
    network = Network(Size(**state["size"]))
    network.load_state_dict(state["weights"])
    train = [d for name in config["train"] for d in read_treebank(located(name, config_path.parent))]
    dev = {n: read_treebank(located(n, config_path.parent)) for n in config["dev"]}
    every = [d for docs in (train, *dev.values()) for d in docs]
    types = {w: i for i, w in enumerate(dict.fromkeys(w for d in every for s in d for w in s.words))}
    encoder = Encoder(state["words"], state["counts"], state["tags"], state["labels"])
    rows = [encoder.lexeme(w) for w in types]
    starts = torch.tensor([0] + [len(r[1]) for r in rows[:-1]]).cumsum(0)
    with torch.no_grad():
        table = network.lexicon(
            torch.tensor([r[0] for r in rows]), torch.cat([r[1] for r in rows]), starts,
            torch.tensor([r[2] for r in rows]),
        )  # fmt: skip
    model = Splitter(table.shape[1])
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    length, group, epochs = 64, 64, 4
    step, steps = 0, 0
    for epoch in range(epochs):
        words, space, gold = stream(train, types, rng)
        begins = list(range(rng.randrange(length), len(words) - length - 2 * REACH, length))
        rng.shuffle(begins)
        steps = epochs * (len(begins) // group)
        for b in range(0, len(begins) - group, group):
            at = torch.tensor(begins[b : b + group])[:, None] + torch.arange(length + 2 * REACH)
            scores = model(nn.functional.dropout(table[words[at]], 0.2), space[at])
            value = nn.functional.binary_cross_entropy_with_logits(scores, gold[at][:, REACH:-REACH])
            for pg in optimizer.param_groups:
                pg["lr"] = 2e-3 * max(0.02, 1 - step / max(steps, 1))
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            step += 1
        print(
            epoch,
            {n: round(100 * f_score(model, table, stream(d, types, rng)), 2) for n, d in dev.items()},
            flush=True,
        )
    state["weights"].update({k: v.detach().clone() for k, v in model.arrays().items()})
    torch.save(state, model_path)


if __name__ == "__main__":
    main()
