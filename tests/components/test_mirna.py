"""miRNA names: every printing, lists, what is no miRNA, and properties over generated names."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.components.mirna import arm, find_mirnas, mirna_key, without_arm
from extractor.rules.loader import read_rows


def found(text: str) -> list[tuple[str, str]]:
    mentions = find_mirnas(text)
    assert all(text[m.start : m.end] == m.text and m.label == "MIRNA" for m in mentions)
    assert list(mentions) == sorted(mentions, key=lambda m: (m.start, m.end))
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    return [(m.text, m.name) for m in mentions]


ONE = [
    ("miR-21", "miR-21"),
    ("miR-21-5p", "miR-21-5p"),
    ("miR-29b-1-5p", "miR-29b-1-5p"),
    ("let-7f-1-3p", "let-7f-1-3p"),
    ("hsa-miR-137", "miR-137"),
    ("has-miR-182", "miR-182"),
    ("mmu-miR-155-5p", "miR-155-5p"),
    ("Hsa-miR-21", "miR-21"),
    ("hasmiR106a", "miR-106a"),
    ("Hsalet7g", "let-7g"),
    ("MIR21", "miR-21"),
    ("mir-17", "miR-17"),
    ("MIR125B-1", "miR-125b-1"),
    ("MIR135A1", "miR-135a-1"),
    ("MIRLET7A1", "let-7a-1"),
    ("miR-196a2", "miR-196a-2"),
    ("microRNA-214", "miR-214"),
    ("microRNA 214", "miR-214"),
    ("MicroR-16", "miR-16"),
    ("microR-374a", "miR-374a"),
    ("micRNA-214", "miR-214"),
    ("micorRNA-214-3p", "miR-214-3p"),
    ("Micro RNA-125b", "miR-125b"),
    ("miRNA-155", "miR-155"),
    ("miRNA 155", "miR-155"),
    ("miR 155", "miR-155"),
    ("miR-17~92 cluster", "miR-17~92 cluster"),
    ("miR-17-92a cluster", "miR-17~92a cluster"),
    ("miR-17-92", "miR-17~92 cluster"),
    ("miR-17/92", "miR-17~92 cluster"),
    ("miR-106b~25", "miR-106b~25 cluster"),
    ("miR-183∼96∼182", "miR-183~96~182 cluster"),
    ("miR-143/145 cluster", "miR-143~145 cluster"),
    ("miR-200b-a-429", "miR-200b~200a~429 cluster"),
    ("miR-302 cluster", "miR-302 cluster"),
    ("oncomiR-1", "miR-17~92 cluster"),
    ("miR-200 family", "miR-200 family"),
    ("miR-200s", "miR-200 family"),
    ("microRNA-200-family", "miR-200 family"),
    ("miR-8 family", "miR-8 family"),
    ("let-7 miRNA family", "let-7 family"),
    ("let-7i-5p", "let-7i-5p"),
    ("miR-let-7d", "let-7d"),
    ("miRlet7e", "let-7e"),
    ("miR-9*", "miR-9*"),
    ("miR-574-5p*", "miR-574-5p"),
    ("miR−21", "miR-21"),
    ("miR‑25‑3p", "miR-25-3p"),
    ("miR- 21", "miR-21"),
    ("miR -21", "miR-21"),
    ("MiR21", "miR-21"),
    ("miR200c", "miR-200c"),
    ("miR2911", "miR-2911"),
    ("miR3813p", "miR-381-3p"),
    ("miR5845p", "miR-584-5p"),
    ("miR200b3p", "miR-200b-3p"),
    ("miR-193a_3p", "miR-193a-3p"),
    ("miR-146b-5P", "miR-146b-5p"),
    ("miR-34-b", "miR-34b"),
    ("microRNA (miR)-29c-3p", "miR-29c-3p"),
    ("mirR-21", "miR-21"),
    ("mircoRNA-221", "miR-221"),
    ("miR-BART1-3p", "miR-BART1-3p"),
    ("ebv-miR-BART7", "miR-BART7"),
    ("EBV-miR-BART7", "miR-BART7"),
    ("kshv-miR-K12-3", "miR-K12-3"),
    ("miR168a", "miR-168a"),
    ("miR-548aa", "miR-548aa"),
    ("miR-1302-10", "miR-1302-10"),
]


@pytest.mark.parametrize(("printed", "name"), ONE)
def test_one_name_is_one_mention_covering_all_of_it(printed: str, name: str) -> None:
    assert found(f"We saw {printed} here.") == [(printed, name)]
    assert found(printed) == [(printed, name)]


LISTS = [
    ("miR-21 and -29a", ["miR-21=miR-21", "-29a=miR-29a"]),
    ("miR-199a/b-3p", ["miR-199a=miR-199a-3p", "b-3p=miR-199b-3p"]),
    ("miR-30a/b/c-5p", ["miR-30a=miR-30a-5p", "b=miR-30b-5p", "c-5p=miR-30c-5p"]),
    ("miR-221/222-3p", ["miR-221=miR-221-3p", "222-3p=miR-222-3p"]),
    ("miRs-21, -278e, and -143", ["miRs-21=miR-21", "-278e=miR-278e", "-143=miR-143"]),
    (
        "miR-127, −197, −222 and − 223",
        ["miR-127=miR-127", "−197=miR-197", "−222=miR-222", "− 223=miR-223"],
    ),
    ("let-7a/b/c", ["let-7a=let-7a", "b=let-7b", "c=let-7c"]),
    ("let-7a, -7b and -21", ["let-7a=let-7a", "-7b=let-7b", "-21=miR-21"]),
    ("microRNA-21 (miR-21)", ["microRNA-21=miR-21", "miR-21=miR-21"]),
    ("miR-210/92a", ["miR-210=miR-210", "92a=miR-92a"]),
    ("miR-613/206/1-1-3p/Jagged-1", ["miR-613=miR-613", "206=miR-206", "1-1-3p=miR-1-1-3p"]),
    ("miR-29a, 29b and 29c", ["miR-29a=miR-29a", "29b=miR-29b", "29c=miR-29c"]),
    ("miR-302a, 302b and 302d", ["miR-302a=miR-302a", "302b=miR-302b", "302d=miR-302d"]),
    ("miR-200a, b, c and 141", ["miR-200a=miR-200a", "b=miR-200b", "c=miR-200c", "141=miR-141"]),
    ("miR-21 and 221 were high", ["miR-21=miR-21", "221=miR-221"]),
    ("miRs-17, 20 and 92", ["miRs-17=miR-17", "20=miR-20", "92=miR-92"]),
    ("microRNAs 124a and 223", ["microRNAs 124a=miR-124a", "223=miR-223"]),
    ("miRNAs (29a/b, 27a)", ["29a=miR-29a", "b=miR-29b", "27a=miR-27a"]),
    ("miR-2-5p, -362-3p*, -9", ["miR-2-5p=miR-2-5p", "-362-3p*=miR-362-3p", "-9=miR-9"]),
    ("miR-409-3p and -5p", ["miR-409-3p=miR-409-3p", "-5p=miR-409-5p"]),
    ("miR-96-5p/-182-5p", ["miR-96-5p=miR-96-5p", "-182-5p=miR-182-5p"]),
    ("miR-126&126*", ["miR-126=miR-126", "126*=miR-126*"]),
    ("miR-9/9*", ["miR-9=miR-9", "9*=miR-9*"]),
    ("MIR34B/C", ["MIR34B=miR-34b", "C=miR-34c"]),
    ("miR-142-3p/miR-506-3p", ["miR-142-3p=miR-142-3p", "miR-506-3p=miR-506-3p"]),
    ("mir-302a-d", ["mir-302a=miR-302a", "-d=miR-302d"]),
]


@pytest.mark.parametrize(("printed", "expected"), LISTS)
def test_each_member_of_a_list_is_its_own_mention(printed: str, expected: list[str]) -> None:
    assert [f"{text}={name}" for text, name in found(f"Levels of {printed}, by PCR.")] == expected


GLUED = [
    ("miR-1-mediated", "miR-1"),
    ("miR-21-loaded", "miR-21"),
    ("miR-21-IL6R pathway", "miR-21"),
    ("miR-21-/- mice", "miR-21"),
    ("anti-miR-125b", "miR-125b"),
    ("antagomiR-100", "miR-100"),
    ("pre-miR-21", "miR-21"),
    ("EV-miR-21", "miR-21"),
    ("exosome-miR-143", "miR-143"),
    ("MEs-miR-146a", "miR-146a"),
    ("ExmiR-21", "miR-21"),
    ("miR210-EPC-EXs", "miR-210"),
    ("miR-143BPs", "miR-143"),
    ("miR-21/PTEN axis", "miR-21"),
    ("HIF1α/miR-5100/QKI", "miR-5100"),
    ("miR-34a/c-Myc", "miR-34a"),
    ("miR-21/14-3-3 pair", "miR-21"),
    ("miR-29-3′-UTR", "miR-29"),
    ("miR125amediated", "miR-125a"),
    ("miR-2110were", "miR-2110"),
    ("miR-146aC>G", "miR-146a"),
    ("miR-149C/T", "miR-149"),
    ("miR-34a-5p mimics", "miR-34a-5p"),
    ("let-7 miRNAs", "let-7"),
    ("mir-15a, i.e. one", "miR-15a"),
    # numbers that count or measure something else
    ("miR-21 and 3 other miRNAs", "miR-21"),
    ("miR-21 and 50 nM of it", "miR-21"),
    ("miR-155 (n = 21)", "miR-155"),
    ("miR-21, 2 and 4 days after", "miR-21"),
    ("miR-21 (10, 50 and 100 nM)", "miR-21"),
    ("miR-21, 7d after", "miR-21"),
    ("miR-21 and -2.5 fold", "miR-21"),
    ("miRs-21, 24 and 48 h later", "miR-21"),
    ("miR-146a and a gene", "miR-146a"),
]


@pytest.mark.parametrize(("text", "name"), GLUED)
def test_exactly_one_name_in_glue_and_beside_numbers(text: str, name: str) -> None:
    assert [n for _, n in found(f"The {text}")] == [name]


NOTHING = """miRNA; miRNAs; miRs; miR-based; let 7 days; LET 7 mg; LET-7 Gy; Mir Ali; MIR100HG; MIR22HG
MIR9-3HG; Mir17hg; pre-mRNA; Lin-28; LIN28B; lin-41; let-60; siR-21; piR-21; miRNA 3.0 array
miRNAs 24 h later; miRNAs (13 up, 4 down); miRNAs (11,15,27); beclin-1; nutlin-3; MIR 10 um
Table 21; MIC RNA-21"""


@pytest.mark.parametrize("text", NOTHING.replace("\n", "; ").split("; "))
def test_no_mirna(text: str) -> None:
    assert found(f"With {text} as such.") == []


@pytest.mark.parametrize("row", read_rows("mirna_names.tsv", ("id", "name", "example", "counterexample")))
def test_every_byname_fires_on_its_example_only(row: dict[str, str]) -> None:
    assert row["name"] in [name for _, name in found(row["example"])]
    assert row["name"] not in [name for _, name in found(row["counterexample"])]


@pytest.mark.parametrize("row", read_rows("mirna_counts.tsv", ("id", "words", "example", "counterexample")))
def test_every_count_word_row_stops_a_list(row: dict[str, str]) -> None:
    assert len(found(row["example"])) < len(found(row["counterexample"]))


def test_keys_compare_names_however_printed() -> None:
    same = ("miR-21-5p", "hsa-miR−21-5p", "MIR21-5P", "microRNA-21-5p", "mmu-mir-21-5p")
    assert {mirna_key(n) for n in same} == {"mir-21-5p"}
    assert mirna_key("miR-17-92a cluster") == mirna_key("MiR-17~92") == "mir-17~92 cluster"
    assert mirna_key("miR-200s") == "mir-200 family" != mirna_key("miR-200")
    assert mirna_key("miR-21*") != mirna_key("miR-21")
    assert mirna_key("Something Else") == "something else"


def test_arms() -> None:
    assert [arm(n) for n in ("miR-29b-1-5p", "let-7i-3p", "miR-9*", "miR-21", "miR-142-3")] == [
        "5p",
        "3p",
        "",
        "",
        "",
    ]
    assert [without_arm(n) for n in ("miR-29b-1-5p", "miR-9*", "miR-21")] == ["miR-29b-1", "miR-9", "miR-21"]


NUMBERS = st.integers(1, 9999).map(str)
LETTERS = st.sampled_from(["", *"abcdefijk"])
NAMES = st.builds(
    lambda n, c, p, a: f"miR-{n}{c}{p}{a}",
    NUMBERS.filter(lambda n: n != "548"),
    LETTERS,
    st.sampled_from(["", "-1", "-2"]),
    st.sampled_from(["", "-5p", "-3p"]),
)
HEADS = st.sampled_from(["miR-", "hsa-miR-", "microRNA-", "miRNA-", "MiR-", "mir-", "miR−", "mmu-miR-"])


@given(NAMES, HEADS)
def test_generated_names_parse_back(name: str, head: str) -> None:
    printed = head + name.removeprefix("miR-")
    assert found(f"({printed})") == [(printed, name)]
    assert mirna_key(printed) == mirna_key(name) == name.lower()


@given(st.lists(NAMES, min_size=2, max_size=6), st.sampled_from([", ", " and ", ", and ", ", −"]))
def test_generated_lists_with_shared_head_parse_back(names: list[str], glue: str) -> None:
    tails = [n.removeprefix("miR-") for n in names]
    glue = glue if glue.endswith("−") else glue + "-"
    assert [n for _, n in found("miR-" + glue.join(tails) + ".")] == names


@given(st.lists(NAMES, min_size=1, max_size=6), st.sampled_from([", ", "/", "; ", " and "]))
def test_generated_lists_with_full_names_parse_back(names: list[str], glue: str) -> None:
    assert [n for _, n in found(glue.join(names) + ".")] == names


@given(st.text(alphabet="miRrnNAoclet7 -−~/&,;()*0123456789abp5sHGxµ.\n\u0130é", max_size=60))
def test_never_raises_and_offsets_hold_on_noise(text: str) -> None:
    found(text)


def test_scai_specific_mirnas_score(shared: Path) -> None:
    from lxml import etree

    wanted = hit = 0
    for sentence in (
        etree.parse(str(shared / "data" / "scai" / "miRNA-Train-Corpus.xml")).getroot().iter("sentence")
    ):
        starts = {m.start for m in find_mirnas(sentence.get("text"))}
        gold = [e for e in sentence.iter("entity") if e.get("type") == "Specific_miRNAs"]
        wanted += len(gold)
        hit += sum(int(e.get("charOffset").split("-")[0]) in starts for e in gold)
    assert wanted == 529
    assert hit / wanted >= 0.98


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("miR-21 and 155 in cells", ["miR-21", "miR-155"]),
        ("miR 16 and 21 in cells", ["miR-16", "miR-21"]),
        ("miR-21, 155 and 221.", ["miR-21", "miR-155", "miR-221"]),
        ("miR-21 and 155 target PTEN", ["miR-21", "miR-155"]),
        ("miR-34a,b,c", ["miR-34a", "miR-34b", "miR-34c"]),
        ("miR-21 and 3 other miRNAs", ["miR-21"]),
        ("miR-21 and 155 patients", ["miR-21"]),
        ("miR-21 and 24 h later", ["miR-21"]),
        ("miR-21 and 3 in all", ["miR-21"]),
        ("miR-21, 155 patients", ["miR-21"]),
        ("miR-34a,c-Myc", ["miR-34a"]),
        ("miR-124k/d cells", ["miR-124"]),
    ],
)
def test_a_list_without_its_word_and_what_only_looks_like_one(text: str, names: list[str]) -> None:
    assert [n for _, n in found(text)] == names
