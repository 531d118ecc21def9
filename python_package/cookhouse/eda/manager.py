"""Exploring: which cells of a notebook explore, what they need, and why the others are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cookhouse.eda.messages import EdaPlan
from cookhouse.eda.planning import plan
from cookhouse.notebooks.messages import AnalysisRequest

if TYPE_CHECKING:
    from cookhouse.house import House


class Eda:
    """Plans what "Run EDA cells" runs; nothing is run here, the notebook's own kernel does it."""

    def __init__(self, house: House) -> None:
        self.notebooks = house.notebooks

    async def plan(self, request: AnalysisRequest) -> EdaPlan:
        """Say for each code cell whether it is run, and why. Raises what the analysis raises."""
        return plan(request, await self.notebooks.analyse(request))
