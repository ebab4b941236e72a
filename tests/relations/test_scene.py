"""What stands in one list."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor, build_pipeline
from extractor.relations.scene import Scene
from extractor.types import Document


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return build_pipeline()


def listed(extractor: Extractor, text: str) -> dict[str, set[str]]:
    analysis = extractor.analyse(extractor.read(Document("1", text)))
    (finding,) = analysis.findings
    found = Scene(finding, analysis).listed
    return {k.removeprefix("MIRNA:"): {o.removeprefix("MIRNA:") for o in v} for k, v in found.items()}


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Exosomes held miR-21, miR-22, and miR-23.", {"mir-22", "mir-23"}),
        ("Exosomes held miR-21/miR-22 (or miR-23).", {"mir-22", "mir-23"}),
        ("Exosomes held miR-22 and miR-21.", {"mir-22"}),
        ("Exosomes held miR-21 as well as miR-22, and miR-23.", {"mir-22", "mir-23"}),
        ("Exosomes held miR-21 (miR-22).", set()),
        ("Exosomes held miR-21 but not miR-22.", set()),
        ("Exosomes held miR-21. MiR-22 was elsewhere.", set()),
        ("Exosomes held miR-21 (miR-21).", set()),
    ],
)
def test_the_mirnas_of_a_list(extractor: Extractor, text: str, others: set[str]) -> None:
    assert listed(extractor, text)["mir-21"] == others


def test_lists_that_share_a_member_are_not_joined(extractor: Extractor) -> None:
    found = listed(extractor, "Exosomes held miR-21 and miR-22. Cells held miR-22 and miR-23.")
    assert found == {"mir-21": {"mir-22"}, "mir-22": {"mir-21", "mir-23"}, "mir-23": {"mir-22"}}
