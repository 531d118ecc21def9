"""Endpoints about the open notebook."""

from __future__ import annotations

from cookhouse.http import Call, Routes
from cookhouse.notebooks.messages import Analysis, AnalysisRequest

routes = Routes()


@routes.add("POST", "notebooks/analysis", role="viewer", answer=Analysis, body=AnalysisRequest)
async def analyse(call: Call) -> Analysis:
    """Say what every statement of the notebook is for and whether a recipe can be made of it."""
    return await call.house.notebooks.analyse(call.body)
