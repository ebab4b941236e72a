"""miRNAs that vesicles are said to lack, in every wording that we know; and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.pipeline import Extractor
from extractor.relations.denial import lacks
from extractor.relations.masking import mask
from extractor.relations.surface import Rule, load_rules

Told = Callable[[str], set[tuple[str, ...]]]
RULES = load_rules("absent.yaml")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_the_example_is_read_and_the_counterexample_is_not(rule: Rule, extractor: Extractor) -> None:
    def reads(text: str) -> bool:
        sentence = mask(text, 0, len(text), extractor.mentions(text)[0])
        return rule.pattern.search(sentence.text) is not None

    assert reads(rule.example)
    assert not reads(rule.counterexample)


def test_rules_have_their_own_names_and_known_kinds() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES) > 15
    for rule in RULES:
        sides = {"ABSENT": {"m", "v"}, "UNNEEDED": {"m", "n"}, "UNREACHED": {"m", "c"}}
        assert all({left, right} <= sides[kind] for kind, left, right in rule.facts)


@pytest.mark.parametrize(
    "text",
    [
        "No miR-135b was detected in HCT116 exosomes.",
        "No miR-135b could be found in exosomes of HCT116 cells.",
        "Negligible miR-135b was found in HCT116 exosomes.",
        "We found no miR-135b in exosomes from HCT116 cells.",
        "We could not detect miR-135b in HCT116 exosomes.",
        "We did not find miR-135b in exosomes from HCT116 cells.",
        "MiR-135b was undetectable in HCT116 exosomes.",
        "MiR-135b was barely detectable in HCT116 exosomes.",
        "MiR-135b was virtually absent from HCT116 exosomes.",
        "MiR-135b (Ct > 35) was below the detection limit in exosomes of HCT116 cells.",
        "In exosomes of HCT116 cells, miR-135b was below the limit of detection.",
        "MiR-135b could not be amplified from HCT116 exosomes.",
        "MiR-135b was excluded from exosomes of HCT116 cells.",
        "MiR-135b levels in HCT116 exosomes were close to background.",
        "MiR-135b levels in HCT116 exosomes were negligible.",
        "HCT116 exosomes contained hardly any miR-135b.",
        "HCT116 exosomes contained almost no miR-135b.",
        "HCT116 exosomes contained little miR-135b.",
        "HCT116 exosomes had no detectable miR-135b.",
        "Exosomes from HCT116 cells contained no appreciable miR-135b.",
        "HCT116 cells exported hardly any miR-135b in exosomes.",
        "MiR-135b failed to enter exosomes of HCT116 cells.",
        "MiR-135b did not enter exosomes of HCT116 cells.",
        "MiR-135b was present in HCT116 cells but absent from their exosomes.",
        "MiR-135b was abundant in HCT116 cells and never in exosomes.",
        "HCT116 cells had high miR-135b, but their exosomes did not.",
        "MiR-135b was retained in HCT116 cells rather than exported in exosomes.",
        "MiR-135b was found neither in the exosomes nor in the medium of HCT116 cells.",
        "Neither in exosomes of HCT116 cells nor in their medium was miR-135b found.",
        "Neither miR-135b nor miR-27b was altered in exosomes of HCT116 cells.",
        "MiR-135b and miR-27b rose in HCT116 cells; neither of the two was altered in HCT116 exosomes.",
        "Unlike miR-135b, the other miRNAs were enriched in exosomes of HCT116 cells.",
        "Apart from miR-135b, all the miRNAs were enriched in exosomes of HCT116 cells.",
        "MiR-135b and miR-92b rose in HCT116 cells, but only miR-92b was exported in exosomes.",
        "HCT116 cells had miR-135b and miR-92b; however, only miR-92b was recovered from the EV fraction.",
        "MiR-135b, which is methylated in tumours, was silenced in HCT116 but not detected in vesicles.",
        "Some miRNAs, like miR-135b, were high in HCT116 cells but were retained and absent from exosomes.",
    ],
)
def test_it_is_not_in_the_vesicles(told: Told, text: str) -> None:
    found = {(sign, mirna.lower()) for sign, _, mirna, *_ in told(text)}
    assert ("no", "mir-135b") in found
    assert ("yes", "mir-135b") not in found


def test_never_sets_apart_like_not(told: Told) -> None:
    found = told("MiR-21 was found in exosomes of A549 cells but never in exosomes of HeLa cells.")
    assert {donor for sign, donor, *_ in found if sign == "yes"} == {"A549 cells"}


@pytest.mark.parametrize(
    "text",
    [
        "MiR-135b is retained in HCT116 cells, whereas miR-21 is exported in exosomes.",
        "MiR-135b remained confined to the cells and miR-21 was released in exosomes of HCT116 cells.",
    ],
)
def test_what_stays_in_its_cell_is_not_tied_to_vesicles(told: Told, text: str) -> None:
    assert "miR-135b" not in {mirna for sign, _, mirna, *_ in told(text) if sign == "yes"}


@pytest.mark.parametrize(
    ("text", "donor"),
    [
        ("We found no miR-21 in A549 cells but high levels of miR-21 in exosomes of CAFs.", "CAFs"),
        ("Exosomes of A549 cells lacked PTEN but contained miR-21.", "A549 cells"),
        ("Exosomes of A549 cells had no debris and carried miR-21.", "A549 cells"),
        ("Little is known of exosomal miR-21 from A549 cells.", "A549 cells"),
        ("A few exosomes of A549 cells contained miR-21.", "A549 cells"),
        ("MiR-21 was barely detectable in A549 cells but abundant in their exosomes.", "A549 cells"),
        ("MiR-21 was found not only in A549 cells but also in their exosomes.", "A549 cells"),
        ("MiR-21 was retained in exosomes of A549 cells after freezing.", "A549 cells"),
        ("MiR-21 was secreted in exosomes by A549 cells rather than retained.", "A549 cells"),
        ("No miR-21 was found in serum, whereas exosomes of A549 cells contained miR-21.", "A549 cells"),
        ("MiR-21 was absent from exosomes of fibroblasts but enriched in exosomes of CAFs.", "CAFs"),
        ("MiR-21 was found in CAF exosomes but not in NF exosomes.", "CAF"),
        ("MiR-21 was not found in fibroblasts, and plentiful in exosomes of A549 cells.", "A549 cells"),
        ("MiR-21, which is not seen in HUVECs, was enriched in exosomes of A549 cells.", "A549 cells"),
        ("Apart from miR-126, miR-21 was also enriched in exosomes of A549 cells.", "A549 cells"),
    ],
)
def test_what_only_looks_like_a_denial(told: Told, text: str, donor: str) -> None:
    found = {(sign, giver, mirna.lower()) for sign, giver, mirna, *_ in told(text)}
    assert ("yes", donor, "mir-21") in found


@pytest.mark.parametrize(
    "text",
    [
        # it rises in the cells that the vesicles reach
        "Exosomes of A549 cells raised miR-21 in HUVECs. The exosomes themselves did not contain miR-21.",
        "Exosomes of A549 cells protect HUVECs via miR-21. However, miR-21 was undetectable in the exosomes.",
        "We studied miR-21 in exosomes of A549 cells. MiR-21 could not be detected in these exosomes.",
        "MiR-21 targets PTEN as A549 exosomes reach HUVECs. MiR-21 was not transmitted.",
    ],
)
def test_a_denial_outweighs_hints(told: Told, text: str) -> None:
    assert not [mirna for sign, _, mirna, *_ in told(text) if sign == "yes"]


@pytest.mark.parametrize(
    "text",
    [
        "A549 exosomes carried miR-21 to HUVECs. MiR-21 was not detected in exosomes of HeLa cells.",
        "CAF exosomes raised miR-21 in HUVECs. MiR-21 was not found in exosomes of GW4869-treated CAFs.",
        "CAF exosomes raised miR-21 in HUVECs. MiR-21 was not found in exosomes of normal fibroblasts.",
    ],
)
def test_a_denial_for_others_leaves_hints(told: Told, text: str) -> None:
    assert [mirna for sign, _, mirna, *_ in told(text) if sign == "yes"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("No miR-21 binding site was found in exosomes.", set()),
        ("We could not detect changes of miR-21 in exosomes.", set()),
        ("MiR-21 was undetectable in exosomes until the cells were irradiated.", set()),
        ("No miR-21 was found in T cells treated with exosomes.", set()),
        ("Exosomal miR-21 was undetectable in controls but high in patients.", set()),
        ("In exosomes, miR-21 was undetectable in controls.", set()),
        ("MiR-21 and miR-22 rose, but not only miR-22 was exported in exosomes.", set()),
        ("In biopsies miR-21 was prominent, but it was not found in exosomes.", {"miR-21"}),
        ("Neither miR-21 nor miR-22 was found in exosomes.", {"miR-21", "miR-22"}),
        ("We detected no miR-21, miR-22 or miR-23 in exosomes.", {"miR-21", "miR-22", "miR-23"}),
    ],
)
def test_which_names_a_sentence_denies(text: str, names: set[str], extractor: Extractor) -> None:
    sentence = mask(text, 0, len(text), extractor.mentions(text)[0])
    assert {lack.mirna.text for lack in lacks(sentence)} == names


@pytest.mark.parametrize(
    "text",
    [
        "MiR-21 and miR-155 were found in exosomes of A549 cells, but only miR-155 was raised in HUVECs.",
        "Exosomes of A549 cells had miR-21 and miR-155. Of these, only miR-155 was increased in HUVECs.",
        "A549 exosomes carried miR-21 and miR-155. Among these miRNAs, only miR-155 was detected in HUVECs.",
    ],
)
def test_only_one_of_a_list_reaches_the_cells(told: Told, text: str) -> None:
    reached = {(sign, mirna.lower()) for sign, _, mirna, cell, _ in told(text) if cell == "HUVECs"}
    assert ("yes", "mir-21") not in reached and ("no", "mir-155") not in reached
    assert ("no", "mir-21") in reached


@pytest.mark.parametrize(
    "text",
    [
        "MiR-21 and miR-155 of A549 exosomes reached HUVECs, but not only miR-155 was raised in HUVECs.",
        "A549 exosomes carried miR-21 and miR-155 to HUVECs. Of these, miR-155 was also raised in HUVECs.",
    ],
)
def test_another_one_of_a_list_that_reaches_them_too(told: Told, text: str) -> None:
    assert ("no", "mir-21") not in {(sign, mirna.lower()) for sign, _, mirna, *_ in told(text)}
