"""The messages about a notebook have every field of the analysis, under the same name."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cookhouse.notebooks import messages
from cookhouse_convert import analysis

PAIRS = [
    (analysis.Statement, messages.Statement),
    (analysis.Edit, messages.Edit),
    (analysis.Finding, messages.Finding),
    (analysis.Hyperparameter, messages.Hyperparameter),
    (analysis.Model, messages.FittedModel),
    (analysis.Binding, messages.Binding),
    (analysis.Analysis, messages.Analysis),
]


@pytest.mark.parametrize(("shape", "message"), PAIRS)
def test_shape_and_message_have_the_same_fields(shape: Any, message: Any) -> None:
    fields = {field.name for field in dataclasses.fields(shape)}
    assert fields == set(message.model_fields)
