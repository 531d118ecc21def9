"""Hyperparameters are checked in the user's words before anything runs."""

from __future__ import annotations

from typing import Any

import pytest

from cookhouse.errors import Invalid
from cookhouse.models.hyperparameters import checked
from cookhouse.notebooks.messages import Hyperparameter


def parameter(name: str, kind: str, default: Any, **more: Any) -> Hyperparameter:
    return Hyperparameter.model_validate(
        {"name": name, "type": kind, "default": default, "cell": "c", "line": 1, **more}
    )


KNOWN = [
    parameter("C", "number", 1.0, minimum=0, exclusive_minimum=True),
    parameter("depth", "integer", 3, minimum=1, maximum=10, nullable=True),
    parameter("penalty", "string", "l2", choices=["l1", "l2"]),
    parameter("warm", "boolean", False),
    parameter("test_size", "number", 0.25, minimum=0, maximum=1, exclusive_minimum=True,
              exclusive_maximum=True),
]  # fmt: skip


def test_the_others_keep_their_defaults() -> None:
    assert checked({"C": 2, "depth": None}, KNOWN) == {
        "C": 2, "depth": None, "penalty": "l2", "warm": False, "test_size": 0.25,
    }  # fmt: skip


def test_a_whole_number_may_come_as_a_float() -> None:
    value = checked({"depth": 4.0}, KNOWN)["depth"]
    assert value == 4
    assert isinstance(value, int)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"C": 0}, "“C” must be above 0, and 0 is not."),
        ({"depth": 11}, "“depth” must be at least 1 and at most 10, and 11 is not."),
        ({"depth": 2.5}, "“depth” must be a whole number, and 2.5 is not."),
        ({"depth": True}, "“depth” must be a whole number, and True is not."),
        ({"penalty": "l3"}, "“penalty” must be one of 'l1', 'l2', and 'l3' is not."),
        ({"penalty": 2}, "“penalty” must be a text, and 2 is not."),
        ({"warm": 1}, "“warm” must be true or false, and 1 is not."),
        ({"test_size": 1}, "“test_size” must be above 0 and below 1, and 1 is not."),
        ({"C": None}, "“C” must be a number, and nothing is not."),
        ({"C": "big"}, "“C” must be a number, and 'big' is not."),
        ({"C": float("inf")}, "“C” must be a number, and inf is not."),
        ({"dept": 3}, "“dept” is not a hyperparameter of this recipe: did you mean “depth”?"),
    ],
)
def test_what_does_not_fit_is_said_plainly(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked(given, KNOWN)
    assert refusal.value.message == sentence
    assert refusal.value.detail["hyperparameter"] == next(iter(given))


def test_a_recipe_without_any_says_so() -> None:
    with pytest.raises(Invalid, match="this recipe has none"):
        checked({"C": 1}, [])
