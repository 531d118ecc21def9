"""Files in: what is read as documented, and what is refused with file, row and column."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

LUMA = Path("/work/shared/data/luma_web_events.parquet")


def put(folder: Path, name: str, content: str | bytes) -> str:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return str(path)


def add(side: Any, folder: Path, *files: str, dataset: str = "d") -> Any:
    """Ingest files as one batch of a dataset in a workspace below `folder`."""
    place = str(folder / "workspace")
    return side(
        "ingest", workspace=place, dataset=dataset, batch=uuid.uuid4().hex, files=list(files)
    )


def columns(side: Any, folder: Path, dataset: str = "d") -> Any:
    """Return the columns of a dataset."""
    return side("read", workspace=str(folder / "workspace"), name=dataset)


READ: list[tuple[str, str | bytes, dict[str, list[Any]]]] = [
    ("plain.csv", "a,b\n1,x\n2,\n", {"a": [1, 2], "b": ["x", None]}),
    ("bom.csv", b"\xef\xbb\xbfa,b\n1,2\n", {"a": [1], "b": [2]}),
    ("windows.csv", "a,b\r\n1,2\r\n", {"a": [1], "b": [2]}),
    ("semicolons.csv", 'a;b\n1,5;"x;y"\n', {"a": ["1,5"], "b": ["x;y"]}),
    ("tabs.tsv", "a\tb\n1\t2\n", {"a": [1], "b": [2]}),
    ("zeros.csv", "zip,na\n007,NA\n123,x\n", {"zip": ["007", "123"], "na": ["NA", "x"]}),
    ("cards.csv", "n\n12345678901234567890\n1\n", {"n": ["12345678901234567890", "1"]}),
    ("mixed.csv", "a\n" + "1\n" * 30_000 + "x\n", {"a": ["1"] * 30_000 + ["x"]}),
    ("late.csv", "a\n" + "1\n" * 30_000 + "1.5\n", {"a": [1.0] * 30_000 + [1.5]}),
    ("gap.csv", "a\n1\n\n3\n", {"a": [1, None, 3]}),
    ("quotes.csv", 'a,b\n1,"x\ny"\n', {"a": [1], "b": ["x\ny"]}),
    ("index.csv", ",a\n0,5\n", {"Unnamed: 0": [0], "a": [5]}),
    ("truth.csv", "a,b\ntrue,yes\nFalse,no\n", {"a": [True, False], "b": ["yes", "no"]}),
    ("comment.csv", "# a,b\n1,2\n#3,4\n", {"# a": ["1", "#3"], "b": [2, 4]}),
    ("rows.jsonl", '{"a": 1}\n{"b": "x"}\n', {"a": [1, None], "b": [None, "x"]}),
    ("array.json", '[{"a": 1}, {"a": 2.5}]', {"a": [1.0, 2.5]}),
    ("nested.json", '[{"s": {"x": [1, 2]}}]', {"s": [{"x": [1, 2]}]}),
    ("numbered.jsonl", '{"a": 1, "a_1": 2}\n', {"a": [1], "a_1": [2]}),
    ("text.jsonl", '{"zip": "007"}\n', {"zip": ["007"]}),
]


@pytest.mark.parametrize(("name", "content", "expected"), READ, ids=[case[0] for case in READ])
def test_files_are_read_as_they_are(
    engine_side: Any, tmp_path: Path, name: str, content: str | bytes, expected: Any
) -> None:
    done = add(engine_side, tmp_path, put(tmp_path, name, content))
    assert done["rows"] == len(next(iter(expected.values()))), done
    found = columns(engine_side, tmp_path)
    assert found.pop("_row") == list(range(done["rows"]))
    assert found == expected


REFUSED: list[tuple[str, str | bytes, str]] = [
    ("short.csv", "a,b,c\n1,2,3\n4,5\n", "short.csv, row 3: 2 values where the header has 3"),
    ("long.csv", "a,b\n1,2\n3,4,5\n", "long.csv, row 3: 3 values where the header has 2"),
    (
        "latin.csv",
        "a,b\n1,café\n".encode("latin-1"),
        "latin.csv, row 2, column 2: the file is not in UTF-8",
    ),
    ("wide.csv", "a,b\n".encode("utf-16"), "wide.csv is in UTF-16"),
    ("twice.csv", "a,b,a\n1,2,3\n", "row 1: the column “a” stands twice, at 1 and 3"),
    ("cases.csv", "a,A\n1,2\n", "the columns “a” and “A” differ in case only"),
    ("ours.csv", "_row,a\n1,2\n", "“_row” is taken"),
    ("empty.csv", "", "empty.csv is empty"),
    ("header.csv", "a,b\n", "header.csv: there are no rows"),
    ("quote.csv", 'a,b\n1,"x\n', "quote.csv, row 2: a quote is opened and never closed"),
    ("many.csv", ",".join(f"c{n}" for n in range(100_000)) + "\n", "100,000 columns"),
    ("broken.jsonl", '{"a": 1}\n{"a": 2\n', "broken.jsonl"),
    ("numbers.json", "[1, 2]", "row 1: every row has to be an object"),
    ("twins.jsonl", '{"a": 1, "A": 2}\n', "the fields “a” and “A” differ in case only"),
    ("kinds.jsonl", '{"a": 1}\n{"a": "x"}\n', "kinds.jsonl, row 2: “a” holds values of different"),
    ("latin.jsonl", '{"a": "é"}\n'.encode("latin-1"), "latin.jsonl"),
    ("what.xlsx", "x", "what.xlsx: Cookhouse reads CSV, JSON"),
    ("no.parquet", "no parquet at all", "no.parquet: this is not a whole Parquet file"),
]


@pytest.mark.parametrize(("name", "content", "words"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_is_named_and_leaves_nothing(
    engine_side: Any, tmp_path: Path, name: str, content: str | bytes, words: str
) -> None:
    done = add(engine_side, tmp_path, put(tmp_path, name, content))
    assert done.get("failure") == "invalid", done
    assert words in done["message"]
    left = engine_side("files", workspace=str(tmp_path / "workspace"), name="d")
    assert left == {"disk": [], "named": [], "making": [], "pending": []}


LATER: list[tuple[str, str, str]] = [
    ("kind.csv", "a,b\nx,1\n", "kind.csv, row 2: “x” in “a” is no whole number"),
    ("less.csv", "a\n1\n", "the field “b” of the dataset is missing"),
    ("more.csv", "a,b,c\n1,2,3\n", "the dataset has no field “c”"),
    ("kind.jsonl", '{"a": 1.5, "b": "x"}\n', "row 1: 1.5 in “a” is float64 and does not fit int64"),
]


@pytest.mark.parametrize(("name", "content", "words"), LATER, ids=[case[0] for case in LATER])
def test_a_batch_that_does_not_fit_is_refused_whole(
    engine_side: Any, tmp_path: Path, name: str, content: str, words: str
) -> None:
    add(engine_side, tmp_path, put(tmp_path, "first.csv", "a,b\n1,x\n"))
    good = put(tmp_path, "good.csv", "a,b\n" + "2,y\n" * 100_000)
    done = add(engine_side, tmp_path, good, put(tmp_path, name, content))
    assert words in done.get("message", ""), done
    assert columns(engine_side, tmp_path) == {"_row": [0], "a": [1], "b": ["x"]}
    left = engine_side("files", workspace=str(tmp_path / "workspace"), name="d")
    assert left["disk"] == left["named"]
    assert left["pending"] == []


def test_text_stays_text_in_later_batches(engine_side: Any, tmp_path: Path) -> None:
    add(engine_side, tmp_path, put(tmp_path, "first.csv", "zip\nA1\n"))
    add(engine_side, tmp_path, put(tmp_path, "second.csv", "zip\n007\n"))
    add(engine_side, tmp_path, put(tmp_path, "third.jsonl", '{"zip": "2024-01-01"}\n'))
    assert columns(engine_side, tmp_path)["zip"] == ["A1", "007", "2024-01-01"]


def test_files_of_one_batch_agree_on_their_types(engine_side: Any, tmp_path: Path) -> None:
    first = put(tmp_path, "1.jsonl", '{"a": 1, "s": {"x": 1}}\n')
    second = put(tmp_path, "2.jsonl", '{"a": 2.5, "s": {"y": "z"}}\n')
    assert add(engine_side, tmp_path, first, second)["version"] == 1
    assert columns(engine_side, tmp_path) == {
        "_row": [0, 1],
        "a": [1.0, 2.5],
        "s": [{"x": 1, "y": None}, {"x": None, "y": "z"}],
    }


@pytest.mark.skipif(not LUMA.exists(), reason="the real web events are not on this machine")
def test_real_nested_events_come_in_as_one_batch(engine_side: Any, tmp_path: Path) -> None:
    done = add(engine_side, tmp_path, str(LUMA))
    assert (done["rows"], done["version"]) == (23_055, 1)
    cut = put(tmp_path, "cut.parquet", LUMA.read_bytes()[:800_000])
    refused = add(engine_side, tmp_path, cut)
    assert "cut.parquet: this is not a whole Parquet file" in refused["message"]
    hole = bytearray(LUMA.read_bytes())
    hole[1_000:200_000] = bytes(199_000)
    refused = add(engine_side, tmp_path, put(tmp_path, "hole.parquet", bytes(hole)))
    assert "hole.parquet, after row 0: the Parquet file is damaged" in refused["message"]


def test_a_line_of_a_gigabyte_is_refused_in_little_memory(
    another_side: Any, tmp_path: Path
) -> None:
    path = tmp_path / "line.jsonl"
    with path.open("wb") as file:
        file.write(b'{"a": "')
        # A hole on disk: zero bytes are as good as letters for the length of a line.
        file.seek(1_000_000_000)
        file.write(b'"}\n')
    place = str(tmp_path / "workspace")
    found = another_side()("memory_of_ingest", workspace=place, dataset="d", path=str(path))
    assert "line.jsonl: one line or object is over 16 MiB" in found["message"]
    assert found["grown"] < 400 * 1024 * 1024
