"""Trained weights -> the pipeline that ships: ``python assemble.py MODEL.pt LEMMATIZER_SOURCE OUT``.

The tokenizer is scispaCy's, with miRNA names kept whole. The rule lemmatizer and the tag-to-POS rules
come from LEMMATIZER_SOURCE, a pipeline that holds those of en_core_web_sm (MIT).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import spacy
import torch
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from extractor.components.biaffine import Trained
from extractor.model import load_model

# Chunks that the treebanks (and this field) hold for one word, and scispaCy's tokenizer splits
WHOLE = (
    r"(?:(?:pre|pri|anti)-)?(?:[a-z]{3}-)?(?:mi-?rs?|micro-?rnas?|mirnas?|let|lin)-?[0-9]+[a-z]?(?:-[0-9]+)?"
    r"(?:-[35]p)?\*?(?:-[a-z]+)?",  # hsa-miR-21-5p, let-7a-mediated
    r"(?:cd[0-9]+|(?:ca|mg|zn|fe|mn)[0-9])\+",  # CD4+, Ca2+
    r"°c",
    r"\+/-",
    r"[\w/.-]*\w\(-?[0-9]+(?:[;,-][0-9]+)*\)",  # 10(-8), t(8;21), LMP1(1-231)
)
# A full stop that scispaCy's tokenizer leaves on the last word: NF-kappaB. G2/M.
FULL_STOP = r"(?<=[a-z0-9/-][A-Z])\.$"
META = {
    "name": "core_bio_md",
    "version": "1.0.0",
    "description": "Tagger, dependency parser, sentence boundaries and lemmatizer for biomedical English.",
    "author": "the evmir authors",
    "license": "CC BY 3.0 (GENIA and CRAFT treebanks); lemmatizer tables MIT; see MODEL_CARD.md",
    "sources": [
        {"name": "GENIA treebank 1.0", "license": "CC BY 3.0", "author": "GENIA project"},
        {"name": "CRAFT corpus", "license": "CC BY 3.0", "author": "CRAFT project, University of Colorado"},
        {"name": "lemmatizer tables and tag map of en_core_web_sm", "license": "MIT", "author": "Explosion"},
        {"name": "tokenizer rules of scispaCy", "license": "Apache-2.0", "author": "Allen Institute for AI"},
    ],
}


def bio_tokenizer(nlp: Language) -> Tokenizer:
    """scispaCy's tokenizer with the rules above."""
    tokenizer = combined_rule_tokenizer(nlp)
    tokenizer.token_match = re.compile(f"(?i)^(?:{'|'.join(WHOLE)})$").match  # flags are not saved
    suffixes = tokenizer.suffix_search.__self__.pattern
    tokenizer.suffix_search = re.compile(f"{suffixes}|{FULL_STOP}").search
    return tokenizer


def assemble(state: dict[str, Any], source: Language) -> Language:
    """The pipeline, ready for ``to_disk``."""
    nlp = spacy.blank("en")
    nlp.tokenizer = bio_tokenizer(nlp)
    weights = {k: v.numpy() for k, v in state["weights"].items()}
    parser = nlp.add_pipe("evmir_biaffine", name="parser")
    parser.fill(Trained(state["words"], state["tags"], state["labels"], weights))
    nlp.add_pipe("attribute_ruler", source=source)
    nlp.add_pipe("lemmatizer", source=source)
    nlp.meta.update(META)
    return nlp


def main() -> None:
    state = torch.load(sys.argv[1])
    named = None if sys.argv[2] == "embedded" else sys.argv[2]
    nlp = assemble(state, load_model(named))
    folder = Path(sys.argv[3])
    nlp.to_disk(folder)
    # 2 MB of words that the source happened to know: nothing needs them when loading
    (folder / "vocab" / "strings.json").write_text("[]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
