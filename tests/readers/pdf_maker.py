"""A PDF of words at given places, written by hand: nothing else is needed to test a reader of them."""

from __future__ import annotations

Word = tuple[float, float, str]
"""Left and bottom in points from the lower left corner, and the text; what is between ^ and ^ is raised."""


def make_pdf(*pages: list[Word]) -> bytes:
    """US letter pages in Helvetica."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, words in enumerate(pages):
        content = "BT\n" + "\n".join(map(_shown, words)) + "\nET"
        about = "/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R {about} /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    return _file(objects)


def _shown(word: Word) -> str:
    left, bottom, text = word
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    parts = (f"/F1 {(10, 6)[n % 2]} Tf {(0, 4)[n % 2]} Ts ({p}) Tj" for n, p in enumerate(escaped.split("^")))
    return f"1 0 0 1 {left} {bottom} Tm " + " ".join(parts)


def _file(objects: list[str]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")
