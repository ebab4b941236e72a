"""The models that accept proposals: the arithmetic, their data, and what they decide on."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import pytest

from extractor.pipeline import Extractor, build_pipeline
from extractor.relations import confidence
from extractor.relations.assembly import Filler
from extractor.relations.confidence import Whole
from extractor.relations.judging import Judge, Proposal
from extractor.relations.logistic import Models, shipped
from extractor.relations.records import judge_of
from extractor.relations.regulation_records import read_statements
from extractor.relations.scene import many, some
from extractor.types import Document, Section

TITLE = "Exosomal miR-21 of fibroblasts feeds tumours."
TEXT = (
    f"{TITLE}\nFibroblasts release exosomes with miR-21. The exosomes deliver miR-21 to breast cancer cells. "
    "There miR-21 targets PTEN. It was measured by qPCR."
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return build_pipeline()


@pytest.fixture
def judge(extractor: Extractor) -> Judge:
    sections = (Section("title", 0, len(TITLE)), Section("abstract", len(TITLE) + 1, len(TEXT)))
    analysis = extractor.analyse(extractor.read(Document("1", TEXT, sections)))
    (finding,) = analysis.findings
    return judge_of(finding, analysis, read_statements(analysis, 0.0))


TOY = Models({"toy": {"threshold": 0.6, "weights": {"bias": -1.0, "seen": 2.0, "odd": -3.0}}})


def test_a_probability_counted_by_hand() -> None:
    assert TOY.probability("toy", {"seen": 1.0, "odd": 0.5}) == pytest.approx(1 / (1 + exp(0.5)))
    assert TOY.probability("toy", {"unknown": 9.0}) == pytest.approx(1 / (1 + exp(1.0)))


def test_a_probability_far_out_is_no_overflow() -> None:
    assert TOY.probability("toy", {"seen": 1e6}) == 1.0
    assert TOY.probability("toy", {"odd": 1e6}) == 0.0


def taken(judge: Judge, models: Models, *seen: float) -> tuple[list[float], list[float]]:
    """The probabilities of proposals with these features, and of those that are accepted."""
    given = judge.donors("MIRNA:mir-21")[0].filler
    proposals = [Proposal(Filler(given.entities, given.support, 1.0), {"seen": s}) for s in seen]
    found = replace_models(judge, models).accepted("toy", proposals)
    return [round(p.filler.probability, 2) for p in proposals], [round(f.probability, 2) for f in found]


def replace_models(judge: Judge, models: Models) -> Judge:
    return Judge(judge.scene, replace(models, nets=judge.models.nets), judge.ties)


def test_what_reaches_the_threshold_is_taken_the_surest_first(judge: Judge) -> None:
    # 1 / (1 + exp(-0.2)) = 0.55 stays below 0.6; 0.73 and 0.88 pass
    assert taken(judge, TOY, 0.6, 1.0, 1.5) == ([0.55, 0.73, 0.88], [0.88, 0.73])


def test_more_than_one_must_be_surer(judge: Judge) -> None:
    stricter = Models({"toy": {**TOY.dense["toy"], "further": 0.8}})
    assert taken(judge, stricter, 0.6, 1.0, 1.5)[1] == [0.88]
    assert taken(judge, stricter, 1.0)[1] == [0.73]
    assert taken(judge, stricter, 1.5, 1.5)[1] == [0.88, 0.88]


def test_a_cell_that_no_rule_speaks_of_is_proposed_and_shows_where_it_stands(extractor: Extractor) -> None:
    text = "Fibroblasts release exosomes with miR-21. T cells were counted."
    analysis = extractor.analyse(extractor.read(Document("1", text)))
    (finding,) = analysis.findings
    judge = judge_of(finding, analysis, ())
    proposed = {p.filler.entities[0].forms[0]: p for p in judge.recipients("MIRNA:mir-21", ())}
    assert proposed.keys() == {"Fibroblasts", "T cells"}
    support = proposed["T cells"].filler.support
    assert (dict(support.sentences), support.features, support.mentions[0].text) == (
        {1: ["net.recipient"]},
        {},
        "T cells",
    )
    assert proposed["T cells"].features["supported"] == 0.0


def test_recipients_know_whether_their_mirna_stands_alone_or_in_lists(extractor: Extractor) -> None:
    text = (
        "Exosomes of fibroblasts hold miR-21, miR-22, miR-23a and miR-24. Exosomal miR-21 reached T cells. "
        "There miR-21 and miR-22 were raised."
    )
    analysis = extractor.analyse(extractor.read(Document("1", text)))
    (finding,) = analysis.findings
    judge = judge_of(finding, analysis, ())
    assert judge.scene.mirnas_in == {0: 4, 1: 1, 2: 2}
    spoken = {
        key: tuple(
            judge.recipients(f"MIRNA:mir-{key}", ())[0].features[name]
            for name in ("alone", "listed", "sentences of miRNA", "miRNAs")
        )
        for key in ("21", "22", "24")
    }
    assert spoken == {"21": (1, 0, 0.6, 0.5), "22": (0, 0, 0.4, 0.5), "24": (0, 1, 0.2, 0.5)}


@pytest.mark.parametrize(
    ("others", "proposed"),
    [
        ("astrocytes", set()),
        ("neurons", {"Microglia"}),  # of the same donor: the uptake may hold for both
    ],
)
def test_who_took_up_the_vesicles_of_another_donor_is_no_recipient(
    extractor: Extractor, others: str, proposed: set[str]
) -> None:
    text = (
        f"Exosomes of neurons contain miR-124, whereas exosomes of {others} contain miR-873. "
        "Microglia took up the exosomes of neurons."
    )
    analysis = extractor.analyse(extractor.read(Document("1", text)))
    (finding,) = analysis.findings
    judge = judge_of(finding, analysis, ())
    key = "MIRNA:mir-873"
    named = {f.forms[0] for p in judge.recipients(key, judge.accepted_donors(key)) for f in p.filler.entities}
    assert named & {"Microglia"} == proposed


def test_counts_become_shares() -> None:
    assert [some(1, 4), some(9, 4), many(0, 3), many(1, 3), many(4, 2), many(99, 2)] == [0.25, 1, 0, 0, 1, 1]


def test_a_scene_knows_title_conclusion_and_places(judge: Judge) -> None:
    scene = judge.scene
    # the fifth sentence names nothing, so the finding ends with the fourth
    assert (scene.title, scene.conclusion, scene.vesicles) == ({0}, {2, 3}, {0, 1, 2})
    mirna = judge.entities.by_key["MIRNA:mir-21"]
    assert scene.sentences(mirna.mentions) == {0, 1, 2, 3}
    assert scene.words(3).strip() == "There miR-21 targets PTEN."


def test_the_cast_of_a_plain_story(judge: Judge) -> None:
    cast = judge.cast("MIRNA:mir-21")
    names = [[f.entities[0].forms[0] for f in role] for role in (cast.donors, cast.recipients, cast.targets)]
    assert names == [["Fibroblasts"], ["breast cancer cells"], ["PTEN"]]


def test_features_are_shares_and_the_models_weigh_each_of_them(judge: Judge) -> None:
    """No feature without a weight, no weight for a feature that nobody measures."""
    key = "MIRNA:mir-21"
    cast = judge.cast(key)
    donors = [*cast.donors]
    measured = {
        "donor": judge.donors(key)[0].features,
        "recipient": judge.recipients(key, donors)[0].features,
        "target": judge.targets(key, donors, cast.recipients)[0].features,
        "carriage": judge.carriage(key, cast),
        "relation": confidence.features(Whole(0.9, cast.best), cast.donors[0], None, cast.targets[0]),
    }
    models = shipped().dense
    assert models.keys() == measured.keys()
    for name, values in measured.items():
        assert models[name]["weights"].keys() == {"bias", *values}
        assert all(0 <= v <= 1 for v in values.values()), name
        assert 0 <= models[name]["threshold"] < 1


def test_a_miRNA_behind_a_circular_rna_is_not_carried(extractor: Extractor) -> None:
    text = "Exosomal circRNA-7 of lung cancer cells calms macrophages via the miR-20a-5p/JAK1 axis."
    assert extractor.extract(Document("1", text)) == ()


@pytest.mark.parametrize(
    ("cells", "proposed"),
    [
        ("Donor cells", False),
        ("Donor T cells", True),
        ("Donor mesenchymal stem cells", True),
        ("Recipient cells", True),
    ],
)
def test_what_is_named_as_the_giver_alone_takes_nothing(
    extractor: Extractor, cells: str, proposed: bool
) -> None:
    text = f"Fibroblasts release exosomes with miR-21. {cells} took up the exosomes."
    analysis = extractor.analyse(extractor.read(Document("1", text)))
    judge = judge_of(analysis.findings[0], analysis, ())
    named = {f for p in judge.recipients("MIRNA:mir-21", ()) for e in p.filler.entities for f in e.forms}
    assert (cells in named) == proposed
