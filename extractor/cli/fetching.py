"""``evmir fetch`` and ``evmir mirror``: their options and help; what they do is in ``fetch_work``."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.ending import Refused, ending
from extractor.cli.options import Quiet


class Service(str, enum.Enum):
    """Who is asked."""

    pubmed = "pubmed"
    europepmc = "europepmc"


Query = Annotated[
    str, typer.Argument(metavar="QUERY", help="A query as PubMed takes it.", show_default=False)
]
Topic = Annotated[bool, typer.Option("--topic", help="In place of QUERY: miRNA and extracellular vesicles.")]
Ids = Annotated[
    Path | None,
    typer.Option(
        "--ids", "--pmids", metavar="FILE", help="PMIDs, PMCIDs, DOIs in any mix; - for standard input."
    ),
]
Manifest = Annotated[
    Path | None, typer.Option(metavar="TSV", help="A table with a column pmid, doi, pmcid or id.")
]
Cites = Annotated[list[str] | None, typer.Option(metavar="PMID", help="What cites it.")]
Similar = Annotated[
    list[str] | None, typer.Option(metavar="PMID", help="What is like it, the nearest first.")
]
Since = Annotated[
    str,
    typer.Option(
        metavar="DATE", help="Published then or later: 2024, 2024-05, 2024-05-17.", show_default=False
    ),
]
Until = Annotated[str, typer.Option(metavar="DATE", help="Published then or earlier.", show_default=False)]
FullText = Annotated[bool, typer.Option("--full-text", help="The whole article where it is open.")]
Papers = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="OUT", help="A .jsonl, an .xml, or a folder for XML.")
]
Which = Annotated[Service, typer.Option("--source", help="Whom to ask QUERY.")]
Most = Annotated[int | None, typer.Option("--max", min=1, metavar="N", help="Of each search, the newest.")]
New = Annotated[bool, typer.Option("--new", help="Only what the same search did not give the last time.")]
StoreFolder = Annotated[
    Path | None,
    typer.Option(
        "--store", metavar="DIR", help="Keeps what is fetched.", show_default="$EVMIR_STORE, or yours"
    ),
]
Offline = Annotated[bool, typer.Option("--offline", help="Use the store alone.")]
Refresh = Annotated[bool, typer.Option("--refresh", help="Fetch again what is in the store.")]


def fetch(
    query: Query = "",
    topic: Topic = False,
    ids: Ids = None,
    manifest: Manifest = None,
    cites: Cites = None,
    similar: Similar = None,
    since: Since = "",
    until: Until = "",
    full_text: FullText = False,
    output: Papers = None,
    source: Which = Service.pubmed,
    most: Most = None,
    new: New = False,
    store: StoreFolder = None,
    offline: Offline = False,
    refresh: Refresh = False,
    quiet: Quiet = False,
) -> None:
    """Get abstracts and open full texts, each once, by query, identifiers, citations or likeness.

    Everything goes into a local store, so the same again asks only for what is new or was revised, and
    what was stopped or killed goes on where it was. Without -o: a list at a terminal, JSON Lines into a pipe.
    Dates limit searches, not --ids. NCBI wants to know who asks: set EVMIR_EMAIL, and NCBI_API_KEY
    for 10 requests a second in place of 3 (docs/fetching.md).
    Exit status: 0 done, 1 done but something is missing, each named, 2 nothing could be done.

    \b
    evmir fetch 'exosomes[ti] AND miR-21[tiab]' --since 2024 -o found.jsonl
    evmir fetch --topic --since 2025 --new | evmir extract - -o new.tsv
    evmir fetch --manifest corpus/manifest.tsv --full-text -o articles/
    echo 24735924 PMC3624465 10.1038/cr.2014.121 | evmir fetch --pmids - -o three.jsonl
    evmir fetch --cites 24735924 --max 50
    """
    with ending():
        if topic and query:
            raise Refused("--topic is a query itself; leave out one of the two")
        if not (topic or query.strip() or ids or manifest or cites or similar):
            raise Refused(
                "nothing is asked for; name a QUERY, --topic, --ids, --manifest, --cites or --similar"
            )
        if source is Service.europepmc and (topic or ids or manifest or cites or similar):
            raise Refused("--source europepmc takes a QUERY only; leave out the other option or the source")
        from extractor.cli.fetch_work import Wish, run_fetch
        from extractor.sources import TOPIC

        wish = Wish(
            query=TOPIC if topic else query.strip(),
            ids=ids,
            manifest=manifest,
            cites=cites or (),
            similar=similar or (),
            service=source.value,
            since=since,
            until=until,
            most=most,
            full_text=full_text,
            offline=offline,
            refresh=refresh,
            only_new=new,
            quiet=quiet,
        )
        raise typer.Exit(run_fetch(wish, output, store))


def mirror(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The store.", show_default=False)],
    most: Annotated[
        int | None, typer.Option("--max", min=1, metavar="N", help="Files to apply, then stop.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Keep all of PubMed in a store: the yearly baseline, then the daily updates, revisions and deletions.

    Every file is checked against its MD5 and applied whole, in order; what was stopped or killed goes on
    where it was, and the next run takes what is new. The whole of PubMed needs some 60 GB and a day.
    Exit status: 0 up to date, 1 stopped at a file that cannot be had, 2 nothing could be done.

    \b
    evmir mirror pubmed/
    evmir mirror pubmed/ --max 2
    evmir fetch --pmids list.txt --store pubmed/ --offline -o abstracts.jsonl
    """
    with ending():
        from extractor.cli.fetch_work import run_mirror

        raise typer.Exit(run_mirror(folder, most, quiet))
