"""Arguments and options that several commands share, and the words that some take."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer


class Extra(str, enum.Enum):
    """What ``extract`` can give beside transfers."""

    regulation = "regulation"


class Part(str, enum.Enum):
    """Which documents of a development set are scored."""

    all = "all"
    read = "read"
    held_back = "held-back"


class Label(str, enum.Enum):
    """What a name can be looked up as."""

    mirna = "MIRNA"
    gene = "GENE"
    cell = "CELL"
    tissue = "TISSUE"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Files or folders (.jsonl, .csv, .xlsx, .xml, .nxml, .nbib, .ris, .pdf, .html, .txt ..., "
        "each also .gz), or - for standard input.",
        show_default=False,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="OUT", help="File to write; its suffix tells the format."),
]
Threshold = Annotated[float, typer.Option(min=0.0, max=1.0, metavar="X", help="Leave out what is below.")]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME_OR_PATH",
        help="Another spaCy pipeline with a tagger and a parser, e.g. en_core_sci_md.",
        show_default="the one that ships with evmir",
    ),
]
Jobs = Annotated[int, typer.Option("-j", "--jobs", min=1, metavar="N", help="Processes to work in.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No progress bar; problems are still told.")]
