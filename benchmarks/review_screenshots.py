"""The pictures of docs/review.md, from the real application on the demo corpus.

    python benchmarks/review_screenshots.py [--out docs/images]

Needs Chromium and playwright. Two curators decide a little first, so that the pages have something to show.
The committed files have 96 colours: `pngquant 96 --ext .png --force docs/images/*.png`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from review import served

Steps = Callable[[Any], None]
WIDE, NARROW = (1280, 900), (400, 760)


def press(page: Any, *keys: str) -> None:
    """Keys, the last of which leads to another page."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def decide(ada: Any, bob: Any) -> None:
    """Ada accepts and rejects; Bob differs once."""
    press(ada, "n")
    first = ada.url
    for keys in (("a",), ("a",), ("r", "1"), ("a",)):
        press(ada, *keys)
    bob.goto(first)
    press(bob, "r", "4")


def nothing(page: Any) -> None:
    """The page as it comes."""


def correct(page: Any) -> None:
    """Three words of the text are selected, and an identifier is being looked up."""
    page.keyboard.press("4")
    page.keyboard.type("KLF")
    page.wait_for_selector("#found-target [role=option]")


def select(page: Any) -> None:
    """Words of the evidence are selected by keyboard."""
    page.keyboard.press("e")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)


def reject(page: Any) -> None:
    """The reasons stand open."""
    page.keyboard.press("r")


PICTURES: dict[str, tuple[str, str, tuple[int, int], Steps]] = {
    "review-proposal.png": ("/next?words=TLR8", "light", WIDE, nothing),
    "review-proposal-dark.png": ("/next", "dark", WIDE, select),
    "review-lookup.png": ("/next", "light", WIDE, correct),
    "review-narrow.png": ("/next", "light", NARROW, reject),
    "review-dashboard.png": ("/", "light", WIDE, nothing),
    "review-list.png": ("/proposals?words=macrophage", "dark", WIDE, nothing),
    "review-differences.png": ("/differences", "light", WIDE, nothing),
}


def main() -> int:
    """Writes every picture; exit status 1 where there is no browser."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    out: Path = parser.parse_args().out
    chromium = shutil.which("chromium")
    if chromium is None:
        print("no chromium here", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    with served("--demo", "--curator", "ada") as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        ada, bob = (browser.new_context(base_url=url).new_page() for _ in range(2))
        ada.goto("/")
        bob.goto("/curator")
        bob.fill("#name", "bob")
        press(bob, "Enter")
        decide(ada, bob)
        for name, (path, scheme, (width, height), steps) in PICTURES.items():
            size: Any = {"width": width, "height": height}
            page = browser.new_context(base_url=url, color_scheme=scheme, viewport=size).new_page()  # type: ignore[arg-type]
            page.goto(path)
            steps(page)
            page.screenshot(path=out / name)
            print(out / name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
