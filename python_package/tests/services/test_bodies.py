"""Bodies of `/invocations`: all forms say the same, and each mistake is named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cookhouse.services.host.bodies import Table, fit, parse
from cookhouse.services.host.problems import Problem

ROWS = {"a": [1, 2], "b": ["x", None]}


@pytest.mark.parametrize(
    "body",
    [
        {"dataframe_records": [{"a": 1, "b": "x"}, {"a": 2, "b": None}]},
        {"dataframe_records": [{"a": 1, "b": "x"}, {"a": 2}]},
        {"dataframe_split": {"columns": ["a", "b"], "data": [[1, "x"], [2, None]]}},
        {
            "dataframe_split": {
                "index": [7, 8],
                "columns": ["a", "b"],
                "data": [[1, "x"], [2, None]],
            }
        },
        {"inputs": {"a": [1, 2], "b": ["x", None]}},
        {"inputs": {"a": [[1], [2]], "b": [["x"], [None]]}},
        {"instances": [{"a": 1, "b": "x"}, {"a": 2, "b": None}]},
        {"dataframe_records": [{"a": 1, "b": "x"}, {"a": 2, "b": None}], "params": {}},
    ],
)
def test_every_form_gives_the_same_table(body: dict[str, Any]) -> None:
    assert parse(json.dumps(body).encode()) == Table(ROWS, 2)


@pytest.mark.parametrize("form", ["inputs", "instances"])
def test_rows_without_names_are_numbered(form: str) -> None:
    assert parse(json.dumps({form: [[1, 2], [3, 4]]}).encode()) == Table(
        {"0": [1, 3], "1": [2, 4]}, 2
    )


def test_no_rows_are_no_mistake() -> None:
    assert parse(b'{"dataframe_records": []}').count == 0
    assert fit(Table({}, 0), ["a"], ["a"], {"a"}) == Table({}, 0)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"{", "not JSON"),
        (b"", "not JSON"),
        (b'{"dataframe_records": [{"a": NaN}]}', "not JSON"),
        (b'{"dataframe_records": [{"a": "\\ud800"}]}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"rows": []}', "none of the forms"),
        (b'{"inputs": [], "instances": []}', "several of the forms"),
        (b'{"instances": [[1]], "params": {"x": 1}}', "params"),
        (b'{"dataframe_records": {"a": 1}}', "not a list of rows"),
        (b'{"dataframe_records": [1]}', "Row 0"),
        (b'{"dataframe_records": [{"a": {"b": 1}}]}', "“a” of row 0"),
        (b'{"dataframe_split": []}', "“columns” and “data”"),
        (b'{"dataframe_split": {"columns": ["a", "a"], "data": []}}', "different names"),
        (b'{"dataframe_split": {"columns": ["a"], "data": [[1, 2]]}}', "1 values"),
        (b'{"inputs": {"a": 1}}', "“a” of “inputs”"),
        (b'{"inputs": {"a": [1], "b": [1, 2]}}', "different lengths"),
        (b'{"instances": [[1], [1, 2]]}', "Row 1"),
    ],
)
def test_each_mistake_is_named(raw: bytes, words: str) -> None:
    with pytest.raises(Problem, match=words) as caught:
        parse(raw)
    assert caught.value.status == 400


def test_columns_are_put_in_the_models_order_and_further_ones_left_out() -> None:
    table = Table({"label": [1], "b": ["x"], "more": [0], "a": [2]}, 1)
    found = fit(table, ["a", "b"], ["a", "b"], {"a", "b", "label"})
    assert list(found.columns) == ["a", "b"]


def test_a_column_that_no_feature_rests_on_may_be_missing() -> None:
    assert fit(Table({"a": [1]}, 1), ["a", "b"], ["a"], {"a", "b"}) == Table({"a": [1]}, 1)


def test_missing_and_unknown_columns_are_named() -> None:
    with pytest.raises(Problem, match=r"lack “a”.*have “A”, which .* not know.*reads “a”, “b”"):
        fit(Table({"A": [1], "b": [2]}, 1), ["a", "b"], ["a"], {"a", "b"})
