"""What is known about a source: its flags, its other identifiers, and the notes about an input."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.readers import read_documents
from extractor.readers.flags import flags_of
from extractor.readers.records import other_ids


@pytest.mark.parametrize(
    ("said", "flags"),
    [
        (["Journal Article", "Review"], ()),
        (["Retracted Publication"], ("retracted",)),
        (["RetractionIn", "ErratumIn"], ("retracted", "corrected")),
        (["PartialRetractionIn"], ("retracted",)),
        (["ExpressionOfConcernIn"], ("expression of concern",)),
        (["RetractionOf"], ()),  # it retracts another one
        (["Retraction of Publication"], ("retraction notice",)),
        (["Preprint", "CorrectedandRepublishedIn"], ("corrected", "preprint")),
        (["retraction-forward"], ("retracted",)),
    ],
)
def test_types_and_links(said: list[str], flags: tuple[str, ...]) -> None:
    assert flags_of("Exosomes", said=said) == flags


@pytest.mark.parametrize(
    ("title", "retracted"),
    [
        ("RETRACTED: Exosomes carry miR-21.", True),
        ("Retracted Article: Exosomes carry miR-21.", True),
        ("[Retracted] Exosomes carry miR-21.", True),
        ("Retracted papers on exosomes: a count.", False),
        ("Exosomes carry miR-21 (retracted: 2020).", False),
    ],
)
def test_titles_that_say_it(title: str, retracted: bool) -> None:
    assert flags_of(title) == (("retracted",) if retracted else ())


@pytest.mark.parametrize(
    ("languages", "foreign"),
    [([], 0), (["eng"], 0), (["en-GB"], 0), (["chi", "eng"], 0), (["chi"], 1), (["de"], 1), (["fr-CA"], 1)],
)
def test_languages(languages: list[str], foreign: int) -> None:
    assert flags_of(languages=languages) == ("non-English",) * foreign


def test_flags_that_are_given_come_once_and_in_order() -> None:
    given = ["seen by Ana", "no abstract", "retracted", " ", "disputed"]
    expected = ("retracted", "no abstract", "disputed", "seen by Ana")
    assert flags_of("RETRACTED: x", given=given, abstract=False) == expected


@pytest.mark.parametrize(
    ("doi", "pmcid", "curies"),
    [
        ("10.1000/AB-c.1", "PMC0012", ("doi:10.1000/ab-c.1", "pmcid:PMC12")),
        ("doi: 10.1000/x", "pmc12", ("doi:10.1000/x", "pmcid:PMC12")),
        ("http://dx.doi.org/10.1000/x(1)", "12", ("doi:10.1000/x(1)", "pmcid:PMC12")),
        ("10.1/x", "PMCx", ()),
        ("", "", ()),
    ],
)
def test_other_identifiers(doi: str, pmcid: str, curies: tuple[str, ...]) -> None:
    assert other_ids(doi, pmcid) == curies


def test_flags_and_identifiers_of_json_and_tables(read) -> None:  # type: ignore[no-untyped-def]
    line = (
        '{"pmid": 1, "title": "T", "abstract": "A", "flags": ["disputed", "retracted"], "doi": "10.1000/X"}'
    )
    (document,), problems = read("x.jsonl", line)
    assert (document.flags, document.other_ids, problems) == (
        ("retracted", "disputed"),
        ("doi:10.1000/x",),
        [],
    )
    (document,), problems = read(
        "x.csv", "PMID,PMCID,Text,Language,Publication Type\n1,PMC2,t,ger,A; Preprint\n"
    )
    assert document.flags == ("preprint", "non-English")
    assert (document.other_ids, document.languages) == (("pmcid:PMC2",), ("ger",))
    assert document.publication_types == ("A", "Preprint")
    assert read("y.jsonl", '{"text": "a", "flags": [1]}') == (
        [],
        ["y.jsonl:line 1: 'flags' holds what is no string; write it as a list of strings"],
    )


def test_notes_name_what_says_less_than_it_seems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [f'{{"pmid": {n}, "title": "T"}}' for n in range(1, 8)]
    lines.append('{"pmid": 8, "title": "T", "abstract": "A", "languages": ["ger"]}')
    Path("a.jsonl").write_text("\n".join(lines))
    Path("b.jsonl").write_text('{"pmid": 9, "text": "A"}')
    notes: list[str] = []
    problems: list[object] = []
    documents = read_documents(
        ["a.jsonl", "b.jsonl"], problems=problems.append, notes=lambda n: notes.append(str(n))
    )
    assert [d.flags for d in documents] == [("no abstract",)] * 7 + [("non-English",), ()]
    assert (notes, problems) == (
        [
            "a.jsonl: 7 records without an abstract, read by title alone (1, 2, 3, 4, 5 and 2 more)",
            "a.jsonl: 1 record not in English, read for what stands there in English (8)",
        ],
        [],
    )
