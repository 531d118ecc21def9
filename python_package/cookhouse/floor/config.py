"""The settings that the house reads, whoever made it: server, command line or supervisor."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace

from cookhouse.floor.messages import Role

MIB = 1024 * 1024


@dataclass(frozen=True)
class Config:
    """Settings of one house.

    `engine` is `managed` (Cookhouse builds the environment of the heavy libraries itself), `this`
    (the interpreter Cookhouse runs in, for those who installed the extra) or the path of an
    interpreter. `job_log_limit` and `job_memory_limit` are in bytes, `job_seconds` is the wall
    clock of one job; a job kind may set less or more. 0 = no limit.
    """

    engine: str = "managed"
    roles: dict[str, str] = field(default_factory=dict)
    default_role: Role = "admin"
    allow_private_addresses: bool = False
    job_seconds: float = 24 * 3600.0
    job_memory_limit: int = 0
    job_log_limit: int = 256 * MIB
    supervisor_idle: float = 60.0

    def with_environment(self) -> Config:
        """Let the environment's `COOKHOUSE_ENGINE` win over the setting."""
        engine = os.environ.get("COOKHOUSE_ENGINE")
        return replace(self, engine=engine) if engine else self

    def to_json(self) -> str:
        """Write the settings for another process of the same user; they hold no secrets."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Config:
        """Read what `to_json` wrote."""
        return cls(**json.loads(text))
