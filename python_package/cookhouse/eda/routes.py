"""Endpoints of exploring."""

from __future__ import annotations

from cookhouse.eda.messages import EdaPlan
from cookhouse.http import Call, Routes
from cookhouse.notebooks.messages import AnalysisRequest

routes = Routes()


@routes.add("POST", "eda/cells", role="viewer", answer=EdaPlan, body=AnalysisRequest)
async def plan_cells(call: Call) -> EdaPlan:
    """Say which cells explore, what they need, and in what order they run."""
    return await call.house.eda.plan(call.body)
