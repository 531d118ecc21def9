"""The body of the job that builds the engine's environment."""

from __future__ import annotations

from typing import Any

from cookhouse.floor import environments
from cookhouse.floor.jobs.context import JobContext


def build(context: JobContext) -> dict[str, Any]:
    """Build the environment; the job's step is what is being done, its log is what uv says."""

    def say(words: str) -> None:
        context.log(words)
        context.progress(words[:200])

    return {"path": str(environments.build("engine", say))}
