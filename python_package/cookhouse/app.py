"""Cookhouse in the Jupyter server: settings, routes, events. The house itself has no Tornado."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from pydantic import RootModel
from traitlets import Bool, Dict, Enum, Float, Int, Unicode

from cookhouse import __version__, contract
from cookhouse.datasets.kernels import client_environment
from cookhouse.errors import Failure
from cookhouse.floor.config import Config
from cookhouse.floor.events import SCHEMA, SCHEMA_ID
from cookhouse.floor.roles import ORDER
from cookhouse.floor.workspace import default_root
from cookhouse.house import House
from cookhouse.http import Call, Routes, handlers
from cookhouse.services import invocations

EVENT_SECONDS = 0.5
Document = RootModel[dict[str, Any]]
about = Routes()


@about.add("GET", "openapi.json", role="viewer", answer=Document)
def openapi(call: Call) -> Document:
    """Describe all endpoints as OpenAPI."""
    return Document(contract.openapi(__version__))


def tables() -> list[Routes]:
    """Return the route tables of the server: the rooms' and the description of them."""
    return [*contract.tables(), about]


class Cookhouse(ExtensionApp):
    """The server extension."""

    name = "cookhouse"
    extension_url = "/lab"
    load_other_extensions = True

    workspace = Unicode(
        "", config=True,
        help="Folder of datasets, recipes, models and jobs. Empty: beside Jupyter's own data.",
    )  # fmt: skip
    engine = Unicode(
        "managed", config=True,
        help="Environment of the heavy libraries: “managed” (Cookhouse builds it), “this” (the "
        "one Cookhouse runs in) or the path of an interpreter.",
    )  # fmt: skip
    roles = Dict(
        key_trait=Unicode(), value_trait=Enum(ORDER), config=True,
        help="User name → role: viewer, author, operator or admin.",
    )  # fmt: skip
    default_role = Enum(
        ORDER, default_value="admin", config=True, help="The role of everybody who is not named."
    )
    allow_private_addresses = Bool(
        False, config=True, help="Let registries and data sources stand in the private network."
    )
    job_seconds = Float(
        24 * 3600.0, min=0, config=True, help="Wall clock of one job in seconds; 0: no limit."
    )
    job_memory_limit = Int(
        0, min=0, config=True, help="Memory of one job with all it starts in bytes; 0: no limit."
    )
    job_log_limit = Int(
        256 * 1024 * 1024, min=0, config=True, help="Size of one job's log in bytes; 0: no limit."
    )

    def initialize_settings(self) -> None:
        """Open the house. Without it the server starts all the same, and the log says why."""
        root = Path(self.workspace) if self.workspace else default_root()
        server: Any = self.serverapp
        contents = server.contents_manager
        root_dir = Path(getattr(contents, "root_dir", "") or server.root_dir)
        self.house = House(root, self.settings_of_house(), root_dir)
        self.settings["cookhouse_house"] = self.house
        # Kernels inherit the server's environment: so they find datasets with nothing typed.
        os.environ.update(client_environment(self.house))
        if self.house.workspace.served_by(root_dir, bool(contents.allow_hidden)):
            words = (
                f"The workspace {self.house.workspace.root} lies in the folder that the file "
                "browser serves: move it, or whoever may browse files may read and change it."
            )
            self.house.warnings.append(words)
            self.log.warning(words)
        server.event_logger.register_event_schema(SCHEMA)

    def settings_of_house(self) -> Config:
        """Return the settings as the house takes them."""
        return Config(
            engine=self.engine,
            roles=dict(self.roles),
            default_role=self.default_role,
            allow_private_addresses=self.allow_private_addresses,
            job_seconds=self.job_seconds,
            job_memory_limit=self.job_memory_limit,
            job_log_limit=self.job_log_limit,
        )

    def initialize_handlers(self) -> None:
        """Add all routes."""
        # The server puts its own base address before these.
        self.handlers.extend(invocations.handlers(self.house, "/"))
        self.handlers.extend(handlers(self.house, "/", tables()))

    async def _start_jupyter_server_extension(self, serverapp: Any) -> None:
        await asyncio.to_thread(self.house.reconcile)
        self.telling = asyncio.create_task(self._tell_changes())

    async def _tell_changes(self) -> None:
        """Tell browsers of changed rooms, at most twice a second each."""
        server: Any = self.serverapp
        known = await asyncio.to_thread(self.house.changes.counters)
        while True:
            await asyncio.sleep(EVENT_SECONDS)
            try:
                found = await asyncio.to_thread(self.house.changes.counters)
            except Failure as failure:
                self.log.warning("Changes cannot be told: %s", failure.message)
                continue
            for room, counter in found.items():
                if known.get(room) != counter:
                    data = {"room": room, "counter": counter}
                    server.event_logger.emit(schema_id=SCHEMA_ID, data=data)
            known = found

    async def stop_extension(self) -> None:
        """End what belongs to this server; the supervisor and its jobs go on."""
        if (telling := getattr(self, "telling", None)) is not None:
            telling.cancel()
        if (house := getattr(self, "house", None)) is not None:
            await asyncio.to_thread(house.close)


main = launch_new_instance = Cookhouse.launch_instance
