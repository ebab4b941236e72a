"""Files, folders, standard input; what is no input; ids that come again."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import pytest

from extractor.readers import FORMATS, Problem, read_documents
from extractor.readers.repeats import Repeats
from extractor.types import Document

RECORD = '{"doc_id": "%s", "text": "%s"}\n'


def run(*inputs: str | Path, stdin: io.IOBase | None = None) -> tuple[list[str], list[str]]:
    problems: list[str] = []
    documents = read_documents(inputs, problems=lambda p: problems.append(str(p)), stdin=stdin)  # type: ignore[arg-type]
    return [d.doc_id for d in documents], problems


def test_a_folder_is_read_in_order_with_its_known_files_only(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for name in (
        "b.jsonl",
        "a.JSONL",
        "deep/er/z.jsonl",
        "deep/y.jsonl",
        ".hidden/x.jsonl",
        ".c.jsonl",
        "d.dat",
    ):
        (tmp_path / name).write_text(RECORD % (Path(name).stem, name))
    (tmp_path / "e.jsonl.gz").write_bytes(gzip.compress((RECORD % ("e", "e")).encode()))
    assert run(tmp_path) == (["a", "b", "e", "y", "z"], [])
    assert run(tmp_path / "d.dat") == (["d"], [])  # named by the user, and told by its content


def test_standard_input_is_sniffed() -> None:
    assert run("-", stdin=io.BytesIO(b'{"doc_id": "a", "text": "b"}')) == (["a"], [])
    assert run("-", stdin=io.StringIO("Just a text about β-cells.")) == (["stdin"], [])
    assert run("-", stdin=io.TextIOWrapper(io.BytesIO(b"PMID- 7\nTI  - T\n"))) == (["7"], [])
    assert run("-", stdin=io.BytesIO(gzip.compress(b'[{"pmid": 8, "title": "T"}]'))) == (["8"], [])
    assert run("-", stdin=io.BytesIO(b"pmid\ttitle\n9\tT\n")) == (["9"], [])
    assert run("-", stdin=io.BytesIO(b"")) == ([], ["stdin: an empty file; remove it or fill it"])


def test_every_suffix_has_one_format() -> None:
    suffixes = [suffix for known in FORMATS for suffix in known.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "an empty file; remove it or fill it"),
        (b"\n" * 20_000, "an empty text; remove it or fill it"),
        (b"\x1c", "an empty text; remove it or fill it"),
        (b" \n\t\n", "an empty file; remove it or fill it"),
        (b"\xef\xbb\xbf", "an empty file; remove it or fill it"),
        (b"%PDF-1.7 \x00\x01", "a PDF that cannot be read (damaged or cut short); fetch it again"),
        (b"PK\x03\x04....", "no workbook that can be read (File is not a zip file); save it again as .xlsx"),
        (
            b"<!DOCTYPE html><html>",
            "record x has no title, abstract or text; add one or remove it",
        ),
        ("Plain".encode("utf-16"), "UTF-16 text; save it as UTF-8"),
        (b"caf\xe9 cells", "byte 3 (0xe9) is not UTF-8; save the text as UTF-8"),
        (bytes(range(1, 100)), "binary data, no text; convert it to text first"),
        (gzip.compress(gzip.compress(b"text")), "packed with gzip twice; unpack it"),
    ],
)
def test_what_is_no_text_is_one_problem(read, content: bytes, message: str) -> None:  # type: ignore[no-untyped-def]
    assert read("x.txt", content) == ([], [f"x.txt: {message}"])


def test_paths_that_cannot_be_read_cost_a_line_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("good.jsonl").write_text(RECORD % ("a", "b"))
    assert run("nowhere.jsonl", "empty", "a\0b", "new\nline", "good.jsonl") == (
        ["a"],
        [
            "nowhere.jsonl: no such file or folder; check the path",
            "empty: no file of a known format in this folder; name the file itself if it has one",
            "a?b: no possible file name; correct it",
            "new?line: no such file or folder; check the path",
        ],
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_without_permission(tmp_path: Path) -> None:
    for name in ("closed.jsonl", "open.jsonl", "folder/x.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(RECORD % (name, "b"))
    (tmp_path / "closed.jsonl").chmod(0)
    (tmp_path / "folder").chmod(0)
    try:
        ids, problems = run(tmp_path)
    finally:
        (tmp_path / "folder").chmod(0o700)
    assert ids == ["open.jsonl"]
    assert [p.rpartition("/")[2] for p in problems] == [
        "closed.jsonl: may not be read; change its permissions",
        "folder: may not be read; change its permissions",
    ]


def test_an_error_while_opening_is_told_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("extractor.readers.inputs.opened", refuse)
    assert run("x.jsonl") == ([], ["x.jsonl: may not be read; change its permissions"])


class Breaking(io.RawIOBase):
    """Gives one record, then fails as a bad disk does."""

    def __init__(self) -> None:
        self.data = [(RECORD % ("a", "b")).encode() + b'{"doc_id": "half']

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self.data:
            raise OSError(5, "Input/output error")
        data = self.data.pop()
        buffer[: len(data)] = data
        return len(data)


def test_a_stream_that_breaks_keeps_what_came_before() -> None:
    ids, problems = run("-", stdin=Breaking())
    assert ids == ["a"]
    assert problems == ["stdin:byte 45: cannot be read further (Input/output error)"]


@pytest.mark.parametrize("kept", [20, 1000, 4000])
def test_truncated_gzip_keeps_whole_records(read, kept: int) -> None:  # type: ignore[no-untyped-def]
    lines = "".join(RECORD % (n, f"text {n * 7919 % 10007}") for n in range(3000))
    documents, problems = read("x.jsonl.gz", gzip.compress(lines.encode())[:kept])
    assert [d.doc_id for d in documents] == [str(n) for n in range(len(documents))]
    assert (len(documents) > 50) == (kept > 20)
    assert len(problems) == 1
    assert problems[0].endswith("the gzip data ends too early; fetch the file again")


def test_damaged_gzip_is_one_problem(read) -> None:  # type: ignore[no-untyped-def]
    data = bytearray(gzip.compress((RECORD % ("a", "b")).encode() * 50))
    data[15:30] = b"\xff" * 15
    documents, problems = read("x.jsonl.gz", bytes(data))
    assert problems == ["x.jsonl.gz:byte 0: the gzip data is damaged; fetch the file again"]
    assert documents == []


def test_gzip_of_several_members_is_read_to_its_end(read) -> None:  # type: ignore[no-untyped-def]
    data = b"".join(gzip.compress((RECORD % (n, n)).encode()) for n in range(3))
    documents, problems = read("x.jsonl.gz", data)
    assert ([d.doc_id for d in documents], problems) == (["0", "1", "2"], [])


def test_repeated_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_text(RECORD % (1, "x") + RECORD % (2, "x") + RECORD % (1, "y"))
    Path("b.jsonl").write_text(RECORD % (2, "x") + RECORD % (3, "x"))
    assert run("a.jsonl", "b.jsonl") == (
        ["1", "2", "1", "3"],
        [
            "a.jsonl:id 1: duplicate id with another text, both read; correct one id",
            "b.jsonl:id 2: duplicate, left out; remove one of the two",
        ],
    )


def test_repeats_forget_the_oldest_ids() -> None:
    problems: list[Problem] = []
    repeats = Repeats(problems.append, remembered=2)
    documents = [Document(doc_id, "x") for doc_id in "abca"]
    assert len(list(repeats.without("f", documents))) == 4
    assert problems == []


def test_a_problem_is_one_line() -> None:
    assert (
        str(Problem("a\nb", "line 1", "bad\x1b[31m\tthing; mend it")) == "a?b:line 1: bad?[31m?thing; mend it"
    )
    assert str(Problem("a", "", "bad; mend it")) == "a: bad; mend it"
    str(Problem("\udcff", "", "bad; mend it")).encode()


def test_problems_may_be_ignored(tmp_path: Path) -> None:
    assert list(read_documents([tmp_path / "nothing.jsonl"])) == []
