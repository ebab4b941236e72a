"""Train the network of roles, and one for each fold that has not seen it.

    python train.py FOLDER              # torch, no evmir; FOLDER from prepare.py; about 25 minutes
    python train.py FOLDER net-fold0    # only these: to train several side by side

Writes ``net.*.npz`` (trained on all texts that are not held back), ``net-fold0.*.npz`` ... (on all but that
fold: they judge its texts while the regressions are trained), and ``card.json``.
"""

from __future__ import annotations

import json
import math
import random
import sys
from pathlib import Path

import numpy as np
import torch
from learning import step
from torch import nn

ROLES = ("donor", "recipient", "carried", "target")
KINDS = frozenset({"CELL", "TISSUE", "MIRNA", "GENE"})
DILATIONS = (1, 2, 4, 8, 16)
WIDTH, DROP, BATCH, EPOCHS, RATE, DECAY = 96, 0.3, 16, 6, 3e-3, 0.03
WORD_DROP, FACT_DROP = 0.1, 0.2
"""Shares of words and of facts that a training step does not see, so that neither is leant on alone."""
SEEDS, FOLDS = (0, 1), 3
MADE_UP = {"invented": 0.4, "twin": 0.6}
"""What a made-up text counts beside a real one."""


class Net(nn.Module):
    def __init__(self, vectors: np.ndarray, facts: int) -> None:
        super().__init__()
        self.emb = nn.Embedding(*vectors.shape)
        self.emb.weight.data = torch.tensor(vectors) * 2
        self.pos = nn.Embedding(3, 8)
        self.drop = nn.Dropout(DROP)
        self.inp = nn.Linear(vectors.shape[1] + 8 + facts, WIDTH)
        self.convs = nn.ModuleList(nn.Conv1d(WIDTH, 2 * WIDTH, 3, padding=d, dilation=d) for d in DILATIONS)
        self.mix = nn.Linear(WIDTH + facts, WIDTH)
        self.out = nn.Sequential(
            nn.Linear(WIDTH * 4 + 3, 64), nn.ReLU(), nn.Dropout(DROP), nn.Linear(64, len(ROLES))
        )

    def forward(self, b: dict) -> torch.Tensor:
        words, facts, mask = self.emb(b["words"]), b["facts"], b["mask"]
        if self.training:
            words = words * (torch.rand(b["words"].shape) > WORD_DROP).float().unsqueeze(-1)
            facts = facts * (torch.rand(facts.shape) > FACT_DROP).float()
        z = self.inp(self.drop(torch.cat([words, self.pos(b["positions"]), facts], -1)))
        inside = mask.unsqueeze(1)
        z = z.transpose(1, 2) * inside
        for conv in self.convs:
            value, gate = conv(self.drop(z)).chunk(2, 1)
            z = (z + torch.tanh(value) * torch.sigmoid(gate)) * inside
        z = z.transpose(1, 2)
        whole = z.masked_fill(mask.unsqueeze(-1) == 0, -9).max(1).values
        read = torch.relu(self.mix(torch.cat([z, facts], -1)))[b["text_at"], b["at"]]
        size, of = len(b["sizes"]), b["entity_at"]
        spread = of.unsqueeze(1).expand_as(read)
        most = torch.zeros(size, WIDTH).scatter_reduce(0, spread, read, "amax", include_self=True)
        mean = torch.zeros(size, WIDTH).index_add(0, of, read) / b["counts"].unsqueeze(1)
        title = torch.zeros(size, WIDTH).index_add(0, of, read * b["title"].unsqueeze(1))
        return self.out(torch.cat([most, mean, title, whole[b["text_of"]], b["sizes"]], 1))


def prepared(record: dict, known: dict, fact_ids: dict) -> dict:
    """One text as tensors; an entity is every place with one key."""
    by_key: dict[str, list[int]] = {}
    facts = torch.zeros(len(record["words"]), len(fact_ids))
    for index, key, label, stated in record["places"]:
        facts[index, [fact_ids[f] for f in stated]] = 1
        if label in KINDS and key in record["labels"]:
            by_key.setdefault(key, []).append(index)
    labels = [record["labels"][key] for key in by_key]
    return {
        "words": torch.tensor([known.get(w, 1) for w in record["words"]]),
        "positions": torch.tensor(record["positions"]),
        "facts": facts,
        "by_key": by_key,
        "gold": torch.tensor([[float(e.get(r, False)) for r in ROLES] for e in labels]),
        "asked": torch.tensor([[float(r in e) for r in ROLES] for e in labels]),
        "weight": MADE_UP.get(record["part"], 1.0),
    }


def batch(texts: list[dict]) -> dict:
    length, size = max(len(t["words"]) for t in texts), len(texts)
    found: dict = {
        "words": torch.zeros(size, length, dtype=torch.long),
        "positions": torch.zeros(size, length, dtype=torch.long),
        "facts": torch.zeros(size, length, texts[0]["facts"].shape[1]),
        "mask": torch.zeros(size, length),
    }
    text_at, at, entity_at, title, text_of, sizes, counts = [], [], [], [], [], [], []
    for number, text in enumerate(texts):
        n = len(text["words"])
        for name in ("words", "positions", "facts"):
            found[name][number, :n] = text[name]
        found["mask"][number, :n] = 1
        for places in text["by_key"].values():
            text_at += [number] * len(places)
            at += places
            entity_at += [len(sizes)] * len(places)
            title += [float(text["positions"][i] == 0) for i in places]
            text_of.append(number)
            sizes.append([places[0] / 300, min(len(places), 8) / 8, 1.0])
            counts.append(float(len(places)))
    lists = {"text_at": text_at, "at": at, "entity_at": entity_at, "title": title, "text_of": text_of}
    found |= {
        name: torch.tensor(values) for name, values in (lists | {"sizes": sizes, "counts": counts}).items()
    }
    found["gold"] = torch.cat([t["gold"] for t in texts])
    found["asked"] = torch.cat([t["asked"] * t["weight"] for t in texts])
    return found


def trained(texts: list[dict], vectors: np.ndarray, facts: int, seed: int) -> Net:
    torch.manual_seed(seed)
    random.seed(seed)
    net = Net(vectors, facts)
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    steps = EPOCHS * math.ceil(len(texts) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps)
    net.train()
    for _ in range(EPOCHS):
        # texts of like length together: less padding
        order = sorted(texts, key=lambda t: len(t["words"]) + random.random() * 80)
        batches = [order[k : k + BATCH] for k in range(0, len(order), BATCH)]
        random.shuffle(batches)
        for chosen in batches:
            b = batch(chosen)
            optimizer.zero_grad()
            step(net, net(b), b, optimizer, schedule)
    return net


def save(net: Net, path: Path) -> None:
    np.savez_compressed(
        path, **{n: p.detach().numpy().astype(np.float16) for n, p in net.state_dict().items()}
    )


def main() -> None:
    folder = Path(sys.argv[1])
    records = [json.loads(line) for line in (folder / "texts.jsonl").open(encoding="utf-8")]
    known = {w: i for i, w in enumerate((folder / "words.txt").read_text(encoding="utf-8").splitlines())}
    vectors = np.load(folder / "vectors.npy")
    facts = sorted({f for r in records for *_, stated in r["places"] for f in stated})
    fact_ids = {f: i for i, f in enumerate(facts)}
    card = {"facts": facts, "dilations": DILATIONS, "roles": ROLES, "seeds": SEEDS, "epochs": EPOCHS}
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    learn = [(r["fold"], prepared(r, known, fact_ids)) for r in records if r["part"] != "held-back"]
    learn = [(fold, text) for fold, text in learn if text["by_key"]]
    chosen = sys.argv[2:] or ["net", *(f"net-fold{n}" for n in range(FOLDS))]
    if unknown := set(chosen) - {"net", *(f"net-fold{n}" for n in range(FOLDS))}:
        sys.exit(f"no such network: {', '.join(sorted(unknown))}; there are net and net-fold0 ...")
    for name in chosen:
        away = name.removeprefix("net-fold")
        for seed in SEEDS if name == "net" else SEEDS[:1]:
            net = trained([t for f, t in learn if str(f) != away], vectors, len(facts), seed)
            save(net, folder / f"{name}.{seed}.npz")
            print(name, seed, flush=True)


if __name__ == "__main__":
    main()
