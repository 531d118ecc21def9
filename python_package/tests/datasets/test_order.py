"""Rows have an order: from one commit, from three, after compaction; and a batch counts once."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def append(side: Any, place: Path, batch: str, values: list[int], name: str = "d") -> Any:
    """Append values of one column."""
    return side("append", workspace=str(place), name=name, batch=batch, columns={"a": values})


def test_the_same_rows_in_the_same_order_however_they_came(
    engine_side: Any, tmp_path: Path
) -> None:
    values = [(number * 7_919) % 100_003 for number in range(30_000)]
    append(engine_side, tmp_path, "all", values, "one")
    for number in range(3):
        part = values[number * 10_000 : (number + 1) * 10_000]
        append(engine_side, tmp_path, str(number), part, "three")
    one = engine_side("read", workspace=str(tmp_path), name="one")
    three = engine_side("read", workspace=str(tmp_path), name="three")
    assert one == three == {"_row": list(range(30_000)), "a": values}
    before = engine_side("files", workspace=str(tmp_path), name="three")
    assert len(before["named"]) == 3
    assert engine_side("compact", workspace=str(tmp_path), name="three") == 1
    assert engine_side("read", workspace=str(tmp_path), name="three") == one
    # What was before the compaction can still be read, and what comes after has its place.
    old = engine_side("read", workspace=str(tmp_path), name="three", version=2)
    assert old["a"] == values[:20_000]
    append(engine_side, tmp_path, "4", [5], "three")
    later = engine_side("read", workspace=str(tmp_path), name="three")
    assert (later["_row"][-1], later["a"][-1]) == (30_000, 5)


def test_many_small_batches_are_joined(engine_side: Any, tmp_path: Path) -> None:
    for number in range(101):
        append(engine_side, tmp_path, str(number), [number])
    found = engine_side("read", workspace=str(tmp_path), name="d")
    assert found == {"_row": list(range(101)), "a": list(range(101))}
    pages = engine_side("page", workspace=str(tmp_path), name="d", offset=50, limit=2)
    assert (pages["rows"], pages["total"], pages["files"]) == ([[50], [51]], 101, 2)


def test_a_batch_said_twice_is_one_batch(engine_side: Any, tmp_path: Path) -> None:
    first = append(engine_side, tmp_path, "b", [1, 2])
    again = append(engine_side, tmp_path, "b", [1, 2])
    other = append(engine_side, tmp_path, "c", [3])
    late = append(engine_side, tmp_path, "b", [9, 9, 9])
    assert (first["already"], again["already"], late["already"]) == (False, True, True)
    assert late["version"] == first["version"]
    assert other["version"] == 2
    assert engine_side("read", workspace=str(tmp_path), name="d")["a"] == [1, 2, 3]


def test_a_batch_of_no_rows_is_a_batch(engine_side: Any, tmp_path: Path) -> None:
    append(engine_side, tmp_path, "a", [1])
    done = append(engine_side, tmp_path, "b", [])
    assert (done["rows"], done["version"]) == (0, 2), done
    assert append(engine_side, tmp_path, "b", [])["already"]
    assert engine_side("read", workspace=str(tmp_path), name="d")["a"] == [1]


def test_without_create_a_missing_dataset_stays_missing(engine_side: Any, tmp_path: Path) -> None:
    done = engine_side(
        "append", workspace=str(tmp_path), name="d", batch="b", columns={"a": [1]}, create=False
    )
    assert done["failure"] == "not-found"
    assert not (tmp_path / "datasets" / "d").exists()


def test_values_cross_the_border_without_loss(engine_side: Any, tmp_path: Path) -> None:
    engine_side("append_odd_values", workspace=str(tmp_path), name="d")
    page = engine_side("page", workspace=str(tmp_path), name="d", offset=0, limit=10)
    assert page["rows"] == [
        ["9007199254740993", None, "2024-01-02T03:04:05.000006", "2024-01-02T03:04:05Z",
         "2024-01-02", "AAE=", "1.10", {"k": [1]}, ["9007199254740993", None], "Infinity"],
        [1, 0.5, None, None, None, None, None, None, None, 0.0],
    ]  # fmt: skip
    names = [column["name"] for column in page["columns"]]
    assert names == ["big", "nan", "naive", "aware", "day", "raw", "exact", "map", "list", "inf"]


def test_pages_sort_filter_and_pick_columns(engine_side: Any, tmp_path: Path) -> None:
    engine_side(
        "append", workspace=str(tmp_path), name="d", batch="b",
        columns={"name": ["Ann", "bob", "anna", None], "age": [3, None, 1, 2],
                 "s": [{"x": n} for n in range(4)]},
    )  # fmt: skip

    def page(**query: Any) -> Any:
        query = {"offset": 0, "limit": 10, **query}
        return engine_side("page", workspace=str(tmp_path), name="d", **query)

    assert page(sort="age", columns="age")["rows"] == [[1], [2], [3], [None]]
    assert page(sort="-age", columns="age")["rows"] == [[3], [2], [1], [None]]
    assert page(filter="ANN", columns="s.x,name")["rows"] == [[0, "Ann"], [2, "anna"]]
    assert page(filter="ann", limit=1)["total"] == 2
    assert page(sort="s.x", offset=3, columns="name")["rows"] == [[None]]
    assert page(offset=99)["rows"] == []
    assert page(columns="none")["message"] == "The dataset “d” has no column “none”."
    assert page(sort="none")["failure"] == "not-found"
