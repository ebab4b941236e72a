"""The digest: grouped by kind and paper, escaped, with sentences and links."""

from __future__ import annotations

from typing import Any

from lxml import html
from table_helpers import record

from extractor.curation.digest import html_digest, markdown_digest, statement
from extractor.curation.proposals import Proposal, Status, propose
from extractor.curation.update import Summary

NEW = "monocytes | miR-7 | EC | KLF4"
OTHER = "CAF | miR-21 | EC | PTEN"


def made(status: Status, statement: str, doc_id: str = "100", **more: Any) -> Proposal:
    return propose(record(statement, "decreases", doc_id, **more), status, why=f"why {status}")


def summary(*proposals: Proposal, **more: Any) -> Summary:
    return Summary(documents=3, found={"new row": 2}, new=proposals, **more)


def test_a_statement_in_one_line() -> None:
    assert statement(record(NEW, "decreases")) == "monocytes → miR-7 → EC: KLF4 ↓"
    assert statement(record("CAF | miR-7 | – | –", negated=True)) == "denied: CAF → miR-7 → –"


def test_kinds_have_their_sections_and_papers_their_link() -> None:
    found = summary(made("conflict", NEW), made("new row", OTHER, "200"), made("new row", NEW, "PMC3"))
    tree = html.fromstring(html_digest("ev", found))
    assert [h.text_content() for h in tree.xpath("//h2")] == ["New rows (2)", "Conflicts with the table (1)"]
    assert [h.text_content() for h in tree.xpath("//h3")] == [
        "CAF → miR-21 → EC: PTEN ↓",
        "monocytes → miR-7 → EC: KLF4 ↓",
        "monocytes → miR-7 → EC: KLF4 ↓",
    ]
    assert tree.xpath("//article//a/@href") == [
        "https://pubmed.ncbi.nlm.nih.gov/200/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC3/",
        "https://pubmed.ncbi.nlm.nih.gov/100/",
    ]
    assert "why new row; confidence 0.80" in tree.text_content()
    assert tree.xpath("//script | //link | //img") == []


def test_findings_on_the_same_sentences_share_them() -> None:
    text = "monocytes and miR-7 and EC and KLF4."
    both = [record(NEW, "decreases"), record("monocytes | miR-7 | – | KLF4", "decreases")]
    for one in both:
        one["evidence"] = [{"start": 0, "end": len(text), "text": text, "rules": []}]
    tree = html.fromstring(html_digest("ev", summary(*(propose(r, "new row") for r in both))))
    (quote,) = tree.xpath("//blockquote")
    assert quote.text_content() == text
    assert [m.text for m in quote.xpath("./mark")] == ["monocytes", "miR-7", "EC", "KLF4"]
    assert len(tree.xpath("//h3")) == 2
    assert len(tree.xpath("//article/p[@class='soft']")) == 1


def test_the_three_most_telling_sentences_in_their_order() -> None:
    one = record(NEW, "decreases")
    body = one["evidence"][0]
    others = [{"start": 100 * n, "end": 100 * n + 5, "text": f"line{n}", "rules": []} for n in (1, 2, 3)]
    one["evidence"] = [*others, body]
    tree = html.fromstring(html_digest("ev", summary(propose(one, "new row"))))
    assert [q.text_content() for q in tree.xpath("//blockquote")] == ["line1", "line2", body["text"]]


def test_what_a_text_holds_is_shown_and_not_run() -> None:
    evil = '<script>alert(1)</script>"&'
    one = record(NEW, "decreases", evil)
    one["donor"]["text"] = evil
    one["evidence"][0]["text"] = text = f"<b>{evil} miR-7 {evil}</b>"
    page = html.fromstring(html_digest(evil, summary(propose(one, "new row", why=evil))))
    assert page.xpath("//script") == []
    assert page.xpath("//blockquote")[0].text_content() == text
    assert page.xpath("//blockquote//b") == []
    mail = markdown_digest(evil, summary(propose(one, "new row", why=evil))).decode()
    assert "<script" not in mail.replace("\\<script", "")


def test_markdown_says_the_same() -> None:
    found = summary(made("new row", OTHER, "200"), retracted={"9": ("1", "2")}, screened_before=4)
    assert markdown_digest("ev", found).decode().splitlines() == [
        "# ev",
        "",
        "3 papers read, 4 screened before. Found: 2 new row. New in the queue: 1.",
        "",
        "9 was retracted; of the table rest on it: 1, 2",
        "",
        "## New rows (1)",
        "",
        "**CAF → miR-21 → EC: PTEN ↓**  ",
        "why new row; confidence 0.80",
        "",
        "> CAF and miR-21 and EC and PTEN.",
        "",
        "[PMID 200](https://pubmed.ncbi.nlm.nih.gov/200/)",
    ]


def test_a_run_without_news_says_so() -> None:
    assert "Nothing new." in html_digest("ev", Summary()).decode()
    assert markdown_digest("ev", Summary()).decode().endswith("Nothing new.\n")
