"""The review in a real browser: by keyboard alone, by two curators, and under attack."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extractor.curation.proposals import REASONS, propose
from extractor.curation.queue import Queue
from extractor.types import Document


def shown(page: Any) -> str:
    return str(page.inner_text("#paper-title"))


def press(page: Any, *keys: str) -> None:
    """Keys, the last of which leads to another page."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def test_ten_proposals_by_keyboard_alone(page: Any, served: Any) -> None:
    press(page, "n")
    verdicts = [
        ("a",),
        ("r", "1"),
        ("s",),
        ("r", "3"),
        ("a",),
        ("r", "7"),
        ("a",),
        ("r", "5"),
        ("a",),
        ("r", "2"),
    ]
    seen = []
    for keys in verdicts:
        seen.append(shown(page))
        press(page, *keys)
    assert seen == [f"p{n}" for n in range(1, 11)]
    reasons = {number: REASONS[int(keys[1]) - 1] for number, keys in enumerate(verdicts) if keys[0] == "r"}
    kinds = {"a": "accept", "r": "reject", "s": "skip"}
    assert [(d.verdict, d.reason) for d in served.queue.decisions()] == [
        (kinds[keys[0]], reasons.get(number)) for number, keys in enumerate(verdicts)
    ]
    assert "9 of 12 decided" in page.inner_text("main")
    assert sum(map(len, verdicts)) == 15  # keystrokes for ten decisions


def test_undo_by_key_and_next_without_deciding(page: Any, served: Any) -> None:
    press(page, "n")
    press(page, "a")
    press(page, "u")
    assert shown(page) == "p1"
    assert "Undone" in page.inner_text(".flash")
    press(page, "n")
    assert shown(page) == "p2"
    assert [d.verdict for d in served.queue.decisions()] == ["accept", "undo"]


def draft(served: Any, number: int = 0) -> dict[str, Any]:
    key = served.queue.proposals()[number].proposal_id
    edits, _ = served.queue.draft(key, "ada")
    return dict(edits)


def test_a_slot_is_corrected_by_selecting_text_with_the_keyboard(
    page: Any, served: Any, eventually: Callable[[Callable[[], object]], bool]
) -> None:
    press(page, "n")
    page.keyboard.press("e")
    for key in ("ArrowRight", "Shift+ArrowRight"):  # from 'In' to 'endothelial cells'
        page.keyboard.press(key)
    page.keyboard.press("1")
    page.wait_for_selector("text=Accept as edited")
    text = served.queue.document("p1").text
    start = text.index("endothelial")
    expected = {
        "text": "endothelial cells",
        "start": start,
        "end": start + 17,
        "name": "endothelial cell",
        "curie": "CL:0000115",
    }
    assert draft(served) == {"donor": expected}
    press(page, "a")
    assert served.queue.decisions()[0].edits == {"donor": expected}


def test_offsets_are_code_points_whatever_stands_before(
    page: Any, served: Any, queue: Queue, made: Any, eventually: Any
) -> None:
    text = "🧬 𝛽-cells 🐭\nMacrophages shed exosomes with miR-77. In endothelial cells PTEN, 🐁 KLF4 too."
    odd = propose(made.record("odd", text, "miR-77"))
    queue.add([odd], [Document("odd", text)])
    page.goto(f"/proposal?id={odd.proposal_id}")
    page.evaluate(
        """() => {
        const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
        let node; while ((node = walker.nextNode()) && !node.data.includes("KLF4"));
        const at = node.data.indexOf("KLF4"); getSelection().setBaseAndExtent(node, at - 1, node, at + 5);
        }"""
    )
    page.keyboard.press("4")
    page.wait_for_selector("text=Accept as edited")
    target = queue.draft(odd.proposal_id, "ada")[0]["target"]
    assert (target["text"], text[target["start"] : target["end"]], target["curie"]) == (
        "KLF4",
        "KLF4",
        "hgnc:6348",
    )


def test_selecting_with_the_mouse_and_the_button(page: Any, served: Any) -> None:
    press(page, "n")
    page.dblclick("#text .target")
    page.click("form[data-role=phenotype] [data-use]")
    page.wait_for_selector("text=Accept as edited")
    assert draft(served)["phenotype"]["text"] == "PTEN"


def test_an_identifier_is_looked_up_as_one_types(page: Any, served: Any) -> None:
    press(page, "n")
    page.keyboard.press("4")
    page.keyboard.type("KLF")
    page.wait_for_selector("#found-target [role=option]")
    options = page.locator("#found-target [role=option]").all_inner_texts()
    wanted = next(number for number, option in enumerate(options) if option.startswith("KLF4 "))
    for _ in range(wanted):
        page.keyboard.press("ArrowDown")
    assert page.get_attribute("#lookup-target", "aria-activedescendant") == f"found-target-{wanted}"
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Accept as edited")
    assert (draft(served)["target"]["curie"], draft(served)["target"]["text"]) == ("hgnc:6348", "PTEN")


def test_the_effect_and_the_note_by_keyboard_and_both_are_kept_at_once(
    page: Any, served: Any, eventually: Any
) -> None:
    press(page, "n")
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("text=Accept as edited")
    page.keyboard.press("m")
    page.keyboard.type("arsnu 1: keys are text here")
    key = served.queue.proposals()[0].proposal_id
    whole = ({"effect": "increases"}, "arsnu 1: keys are text here")
    assert eventually(lambda: served.queue.draft(key, "ada") == whole)
    page.reload()
    assert page.input_value("#note") == "arsnu 1: keys are text here"
    press(page, "a")
    assert [(d.edits, d.note) for d in served.queue.decisions()] == [whole]


def test_single_keys_can_be_turned_off(page: Any, served: Any) -> None:
    press(page, "n")
    page.keyboard.press("?")
    page.uncheck("#single-keys")
    page.keyboard.press("Escape")
    page.wait_for_selector("#keys", state="hidden")
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert served.queue.decisions() == ()
    page.click("#accept")
    page.wait_for_url("**done=1*")


def test_a_name_is_given_by_keyboard(page: Any, served: Any) -> None:
    page.goto("/curator")
    assert page.evaluate("getSelection().toString()") == "ada"  # what is typed takes its place
    page.keyboard.type("Łucja")
    press(page, "Enter")
    press(page, "n")
    press(page, "a")
    assert [d.curator for d in served.queue.decisions()] == ["Łucja"]


def test_two_blind_curators_differ_and_settle(page: Any, visit: Callable[..., Any], served: Any) -> None:
    served.queue.set_blind(True)
    bob = visit("bob")
    for curator, choices in ((page, ("a", "a", "a")), (bob, ("a", "r", "a"))):
        press(curator, "n")
        for choice in choices:
            press(curator, *((choice, "4") if choice == "r" else (choice,)))
    page.goto("/differences")
    seen = page.inner_text("main")
    assert "ada and bob" in seen
    assert "bob: reject (not stated)" in " ".join(seen.split())
    with page.expect_navigation():  # keys pressed before the page is there would be lost
        page.click("text=Settle")
    press(page, "r", "4")
    assert "nothing to settle" in page.inner_text("main")
    final = served.queue.decisions()[-1]
    assert (final.final, final.reason, len(served.queue.decisions())) == (True, "not stated", 7)


def test_everything_is_reached_by_tab_has_a_name_and_shows_its_focus(page: Any) -> None:
    press(page, "n")
    found = []
    focused = """() => { const e = document.activeElement;
        const name = e.getAttribute("aria-label") || e.labels?.[0]?.innerText || e.innerText || "";
        return [e.id || e.name || e.tagName, name, getComputedStyle(e).outlineStyle]; }"""
    for _ in range(45):
        page.keyboard.press("Tab")
        found.append(page.evaluate(focused))
    found = [item for item in found if item[0] != "BODY"]
    assert [item for item in found if not item[1].strip() or item[2] == "none"] == []
    reached = {item[0] for item in found}
    wanted = {
        "search",
        "text",
        "lookup-donor",
        "lookup-target",
        "clear",
        "effect",
        "accept",
        "SUMMARY",
        "skip",
    }
    assert wanted | {"note", "next", "undo"} <= reached


def test_text_has_contrast(page: Any) -> None:
    """At least 4.5 to 1 (WCAG 2.1, 1.4.3) for every colour of text on every ground that it stands on."""
    pairs = [("ink", ground) for ground in ("page", "card", "evidence")]
    pairs += [("ink", r) for r in ("donor", "mirna", "recipient", "target", "phenotype", "vesicle")]
    pairs += [(ink, "card") for ink in ("dim", "accent", "good", "bad", "warn")]
    pairs += [("dim", "page"), ("accent", "page"), ("good", "page"), ("on-accent", "accent")]
    style = "getComputedStyle(document.documentElement).getPropertyValue('--{}')"
    poor = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colours = {name: page.evaluate(style.format(name)).strip() for pair in pairs for name in pair}
        poor += [(scheme, *p) for p in pairs if contrast(colours[p[0]], colours[p[1]]) < 4.5]
    assert poor == []


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_no_page_is_wider_than_its_window(page: Any) -> None:
    wide = []
    for path in ("/next", "/", "/proposals", "/differences", "/curator"):
        page.goto(path)
        for width in (360, 800, 1400):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((path, width))
    assert wide == []
