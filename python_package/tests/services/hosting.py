"""A small recipe with a model, and a house whose services can be published from it."""

from __future__ import annotations

import contextlib
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from cookhouse.errors import NotFound
from cookhouse.house import House
from cookhouse.models.resolved import ResolvedRun

# It has the runtime's Python form and doubles a number, so that every answer can be told.
RUNTIME = """
import json, time
from pathlib import Path

class TrainedModel:
    @classmethod
    def load(cls, recipe, model, overlay):
        made = cls()
        made.settings = json.loads((Path(model) / "model.json").read_text())
        if made.settings.get("broken"):
            raise RuntimeError("the model folder is not whole")
        return made

    input_schema = [
        {"name": "amount", "dtype": "int64", "label": False, "required": True},
        {"name": "colour", "dtype": "str", "label": False, "required": True},
        {"name": "target", "dtype": "int64", "label": True, "required": False},
    ]
    input_example = [{"amount": 3, "colour": "red"}]

    def predict(self, frame):
        import pandas
        time.sleep(self.settings.get("seconds", 0))
        if "poison" in frame["colour"].tolist():
            raise ValueError("the colour poison is not known")
        factor = self.settings["factor"]
        known = [isinstance(value, int) for value in frame["amount"].tolist()]
        values = [value * factor if good else None for value, good in zip(frame["amount"], known)]
        return pandas.DataFrame({
            "prediction": pandas.Series(values, dtype=object),
            "reason": [None if good else "“amount” is no number" for good in known],
        })
"""


def make_recipe(folder: Path) -> Path:
    """Write a recipe's package that carries the small runtime."""
    recipe = folder / "small_recipe"
    (recipe / "_runtime").mkdir(parents=True)
    (recipe / "_runtime" / "__init__.py").write_text(RUNTIME, encoding="utf-8")
    return recipe


class Models:
    """The door of the models' room with runs of the small recipe: `run-<factor>`."""

    def __init__(self, folder: Path, python: Path) -> None:
        self.folder = folder
        self.python = python
        self.recipe = make_recipe(folder)
        self.recipe_name = "small"
        self.settings: dict[str, Any] = {}

    def resolve(self, model: str, run: str | None, accept: bool) -> ResolvedRun:
        """Return a run; its model multiplies by the number in its name."""
        run = run or "run-2"
        if not run.startswith("run-"):
            raise NotFound(f"The model “{model}” has no run “{run}”.")
        where = self.folder / f"{run}-{len(self.settings)}"
        where.mkdir(exist_ok=True)
        document = {"factor": int(run.removeprefix("run-")), **self.settings}
        (where / "model.json").write_text(json.dumps(document), encoding="utf-8")
        return ResolvedRun(
            model=model, run=run, number=1, recipe=self.recipe_name, recipe_version=1,
            recipe_folder=self.recipe, model_folder=where, interpreter=self.python, overlay=None,
            verdict="exact", scoring="safe", accepted=False, task="regression",
            input_columns=[
                {"name": "amount", "dtype": "int64", "label": False, "nullable": False},
                {"name": "colour", "dtype": "str", "label": False, "nullable": True},
                {"name": "target", "dtype": "int64", "label": True, "nullable": False},
            ],
            example={"amount": 3, "colour": "red"},
        )  # fmt: skip


@contextlib.contextmanager
def ticking(house: House) -> Iterator[None]:
    """Stand in for the supervisor: tick often in a thread, and end all hosts afterwards."""
    ended = threading.Event()

    def run() -> None:
        while not ended.is_set():
            house.services.watch(house)
            ended.wait(0.05)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        end_hosts(house)


def end_hosts(house: House) -> None:
    """Kill every host of a house."""
    from cookhouse.services import store

    with house.database.read() as session:
        pids = [row.pid for row in store.hosts(session) if row.pid]
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            psutil.Process(pid).kill()


def host_pid(house: House, name: str) -> int:
    """Return the pid of the host that answers for a service."""
    from cookhouse.services import store

    with house.database.read() as session:
        service = store.by_name(session, name)
        assert service is not None
        return store.whole(session, service).hosts[service.current].pid


def post(address: str, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    """Send JSON; return status and answer, refusals too."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(
        address, data=raw, headers={"Content-Type": "application/json", **headers}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, json.loads(response.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def until(what: Any, seconds: float = 90.0) -> Any:
    """Wait until a function gives something true, and return it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come about in time")
