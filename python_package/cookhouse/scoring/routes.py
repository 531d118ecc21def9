"""Endpoints of scoring."""

from __future__ import annotations

from cookhouse.http import Call, Routes
from cookhouse.scoring.messages import CreateScoring, Scoring, ScoringPage, ScoringQuery

routes = Routes()


@routes.add("GET", "scoring", role="viewer", answer=ScoringPage, query=ScoringQuery)
def list_scorings(call: Call) -> ScoringPage:
    """List scorings, newest first."""
    return call.house.scoring.list(call.query)


@routes.add("POST", "scoring", role="author", answer=Scoring, body=CreateScoring, status=202,
            location="scoring/{id}")  # fmt: skip
def create_scoring(call: Call) -> Scoring:
    """Score a dataset's rows into one new batch of another."""
    key = call.headers.get("idempotency-key")
    return call.house.scoring.create(call.body, call.user, key)


@routes.add("GET", "scoring/{id}", role="viewer", answer=Scoring)
def show_scoring(call: Call) -> Scoring:
    """Show one scoring."""
    return call.house.scoring.show(call.path["id"])
