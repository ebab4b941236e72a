"""The frame of a page that stands alone: style inside, light and dark, nothing to load, no script."""

from __future__ import annotations

from html import escape
from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #c9d1d9; --soft: #57606a;
  --mark: #fff3c4; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --line: #30363d;
  --soft: #9da7b1; --mark: #4d3f10; --link: #79b8ff; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
thead th { border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); }
tbody tr:last-child td { border-bottom: 2px solid var(--ink); }
a { color: var(--link); }
mark { background: var(--mark); color: inherit; padding: 0 .1em; }
blockquote { margin: .3rem 0 .8rem; padding-left: .8rem; border-left: 3px solid var(--line); }
.soft { color: var(--soft); }
article { border-bottom: 1px solid var(--line); padding: .6rem 0; }
h3 { margin: .2rem 0; font-size: 1.05rem; }
"""


def page(title: str, body: str) -> bytes:
    """A whole page around ``body``, which must be escaped already."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode("utf-8", "replace")
