"""What is said of a scoring before it starts."""

from __future__ import annotations

from typing import Any

import pytest

from cookhouse.datasets.messages import SchemaField
from cookhouse.errors import Invalid
from cookhouse.scoring import checks


def field(path: str, type_name: str = "int64", **more: Any) -> SchemaField:
    return SchemaField(name=path.rsplit(".", 1)[-1], path=path, type=type_name, **more)


def column(name: str, dtype: str = "int64", label: bool = False) -> dict[str, Any]:
    return {"name": name, "dtype": dtype, "label": label}


def test_all_missing_columns_are_named_and_the_label_is_none_of_them() -> None:
    wanted = [column("a"), column("b"), column("c"), column("y", label=True)]
    with pytest.raises(Invalid, match="“visits” lacks the columns “b”, “c”, which the recipe “r”"):
        checks.check_input("visits", [field("a")], wanted, "r")


def test_nested_columns_count_under_their_dotted_names() -> None:
    struct = field("web", "struct", fields=[field("web.views")])
    assert checks.check_input("d", [struct], [column("web.views")], "r") == ["web.views"]


@pytest.mark.parametrize(
    ("dtype", "type_name", "fits"),
    [
        ("int64", "string", True),
        ("float64", "int32", True),
        ("int64", "timestamp[us]", False),
        ("float64", "list<double>", False),
        ("datetime64[ns]", "string", True),
        ("datetime64[ns]", "date", True),
        ("datetime64[ns]", "int64", False),
        ("str", "int64", True),
        ("str", "binary", False),
        ("bool", "bool", True),
        ("bool", "date", False),
        ("category", "struct<>", True),
        ("object", "map<string, string>", True),
    ],
)
def test_types_that_no_value_could_have_are_refused(dtype: str, type_name: str, fits: bool) -> None:
    def check() -> list[str]:
        return checks.check_input("d", [field("a", type_name)], [column("a", dtype)], "r")

    if fits:
        assert check() == ["a"]
    else:
        with pytest.raises(Invalid, match=f"“a” of “d” is of type {type_name[:4]}"):
            check()


def test_identity_fields_are_named_by_their_last_part() -> None:
    fields = [
        field("id", "string", identity=True),
        field("web", "struct", fields=[field("web.visitor", "string", identity=True)]),
        field("amount"),
    ]
    assert checks.identity_of(fields) == [
        {"path": "id", "name": "id", "type": "string"},
        {"path": "web.visitor", "name": "visitor", "type": "string"},
    ]


def test_identity_fields_of_one_name_keep_their_whole_path() -> None:
    fields = [
        field("a", "struct", fields=[field("a.id", identity=True)]),
        field("b", "struct", fields=[field("b.id", identity=True)]),
        field("reason", "string", identity=True),
    ]
    names = [entry["name"] for entry in checks.identity_of(fields)]
    assert names[:2] == ["a_id", "b_id"]


def test_without_identity_the_row_number_stands_in() -> None:
    assert checks.identity_of([field("a")]) == [{"path": "_row", "name": "row", "type": "int64"}]


@pytest.mark.parametrize(
    ("task", "classes", "expected"),
    [
        ("regression", [], "float64"),
        ("classification", [0, 1], "int64"),
        ("classification", [False, True], "bool"),
        ("classification", ["no", "yes"], "string"),
        ("classification", [0, "yes"], None),
        ("other", [], None),
    ],
)
def test_the_type_of_predictions(task: str, classes: list[Any], expected: str | None) -> None:
    assert checks.prediction_type(task, classes) == expected


def test_an_output_of_another_schema_is_refused() -> None:
    wanted = checks.output_fields(checks.identity_of([field("a")]), "int64", True)
    assert list(wanted) == ["row", "prediction", "probability", "reason"]
    checks.check_output("out", [], wanted)
    good = [field("row"), field("prediction"), field("probability", "float64")]
    checks.check_output("out", [*good, field("reason", "string")], wanted)
    with pytest.raises(Invalid, match="“out” has the columns “row”"):
        checks.check_output("out", good, wanted)
    with pytest.raises(Invalid, match="“reason” of “out” is of type int64"):
        checks.check_output("out", [*good, field("reason")], wanted)
