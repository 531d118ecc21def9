"""Scoring a dataset into exactly one batch of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cookhouse.datasets.messages import AnnotateSchema, FieldNote, RowsQuery
from cookhouse.errors import Invalid, NotFound
from cookhouse.floor.messages import ListQuery
from cookhouse.house import House
from cookhouse.scoring.messages import CreateScoring, Scoring, ScoringQuery
from tests.conftest import wait_for
from tests.scoring.small import Models


def score(house: House, output: str = "results", key: str | None = None) -> Scoring:
    body = CreateScoring(model="m", input="visits", output=output)
    made = house.scoring.create(body, "ann", key)
    wait_for(house, made.job)
    shown: Scoring = house.scoring.show(made.id)
    return shown


def rows(house: House, name: str) -> list[dict[str, Any]]:
    page = house.datasets.rows(name, RowsQuery(limit=1000))
    names = [column.name for column in page.columns]
    return [dict(zip(names, row, strict=True)) for row in page.rows]


def test_a_scoring_adds_one_batch_with_a_row_for_each_row(scorable: House) -> None:
    done = score(scorable)
    assert (done.state, done.reason) == ("succeeded", None)
    assert done.batch is not None
    assert (done.batch.dataset, done.batch.rows, done.rows) == ("results", 20, 20)
    assert [entry.model_dump() for entry in done.refused] == [
        {"reason": "amount is missing", "rows": 4}
    ]
    assert done.input_version == scorable.datasets.show("visits").version
    found = rows(scorable, "results")
    assert list(found[0]) == ["row", "prediction", "probability", "reason"]
    assert [row["row"] for row in found] == list(range(20))
    assert found[3] == {"row": 3, "prediction": True, "probability": 0.25, "reason": None}
    assert found[4] == {
        "row": 4, "prediction": None, "probability": None, "reason": "amount is missing"
    }  # fmt: skip
    batches = scorable.datasets.batches("results", ListQuery()).items
    assert [(b.id, b.rows, b.source, b.who, b.job) for b in batches] == [
        (done.batch.id, 20, f"scoring/{done.id}", "ann", done.job)
    ]


def test_the_ledger_knows_what_was_used(scorable: House) -> None:
    done = score(scorable)
    edges = {(e.verb, e.object) for e in scorable.ledger.about(f"scoring/{done.id}")}
    assert {("uses", "models/m@r1"), ("reads", f"datasets/visits@{done.input_version}")} <= edges


def test_identity_fields_stand_in_place_of_the_row(scorable: House) -> None:
    notes = AnnotateSchema(notes=[FieldNote(path="visitor", identity=True)])
    scorable.datasets.annotate("visits", notes, None)
    assert score(scorable).state == "succeeded"
    found = rows(scorable, "results")
    assert list(found[0]) == ["visitor", "prediction", "probability", "reason"]
    assert [row["visitor"] for row in found] == [f"v{n}" for n in range(20)]


def test_scoring_again_adds_a_second_batch(scorable: House) -> None:
    first, second = score(scorable), score(scorable)
    assert first.batch is not None
    assert second.batch is not None
    assert first.batch.id != second.batch.id
    assert len(rows(scorable, "results")) == 40
    page = scorable.scoring.list(ScoringQuery(dataset="results"))
    assert [item.id for item in page.items] == [second.id, first.id]
    assert scorable.scoring.list(ScoringQuery(model="other")).total == 0


def test_the_same_request_twice_is_one_scoring(scorable: House) -> None:
    first, second = score(scorable, key="press"), score(scorable, key="press")
    assert first.id == second.id
    assert len(rows(scorable, "results")) == 20


def test_a_failure_names_the_cause_and_leaves_nothing(scorable: House, models: Models) -> None:
    models.settings('{"error": "KeyError: \'spring\'"}')
    done = score(scorable, key="press")
    assert done.state == "failed"
    assert done.reason == "The recipe cannot score these rows: KeyError: 'spring'."
    assert done.batch is None
    with pytest.raises(NotFound):
        scorable.datasets.show("results")
    models.settings("{}")
    again = score(scorable, key="press")
    assert (again.id, again.state) == (done.id, "succeeded")
    assert len(rows(scorable, "results")) == 20


def test_what_can_be_known_before_is_said_before(
    scorable: House, ingest: Callable[[str, str], None]
) -> None:
    ingest("narrow", "visitor,note\nv1,x\n")

    def create(source: str, output: str) -> None:
        scorable.scoring.create(CreateScoring(model="m", input=source, output=output), "ann")

    with pytest.raises(Invalid, match="“narrow” lacks the column “amount”"):
        create("narrow", "results")
    with pytest.raises(NotFound, match="no dataset “gone”"):
        create("gone", "results")
    with pytest.raises(Invalid, match="“narrow” has the columns “visitor”, “note”"):
        create("visits", "narrow")
    with pytest.raises(Invalid, match="both “visits”"):
        create("visits", "visits")
    with pytest.raises(NotFound, match="no scoring “gone”"):
        scorable.scoring.show("gone")
    assert scorable.scoring.list(ScoringQuery()).total == 0
