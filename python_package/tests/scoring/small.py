"""A recipe whose runtime doubles `amount`, in place of a trained one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cookhouse.models.resolved import ResolvedRun

# It has the command line of the runtime, and refuses a row without an amount.
RUNTIME = """
import json, os, sys, time
from pathlib import Path

given = dict(zip(sys.argv[2::2], sys.argv[3::2]))
request = json.loads(Path(given["--request"]).read_text())
sys.path.append(request["overlay"])
import pyarrow as pa
import pyarrow.parquet as pq

settings = json.loads((Path(given["--model"]) / "model.json").read_text())
events = Path(given["--output"]).with_name("events.jsonl").open("a")

def say(**event):
    events.write(json.dumps(event) + "\\\\n")
    events.flush()

if settings.get("error"):
    say(type="error", what=settings["error"], cell="c7", line=2)
    sys.exit(1)
time.sleep(settings.get("seconds", 0))
table = pq.read_table(given["--input"])
assert "_row" in table.column_names
amounts = table.column("amount").to_pylist()
said = [None if a is not None else "amount is missing" for a in amounts]
made = pa.table({
    "prediction": pa.array([None if a is None else a > 2 for a in amounts], pa.bool_()),
    "probability": pa.array([None if a is None else 0.25 for a in amounts], pa.float64()),
    "reason": pa.array(said, pa.string()),
})
with pa.OSFile(given["--output"] + ".part", "wb") as sink:
    with pa.ipc.new_file(sink, made.schema) as writer:
        writer.write_table(made)
os.rename(given["--output"] + ".part", given["--output"])
say(type="progress", step="Scored all", fraction=1.0)
""".replace("\\\\", "\\")
COLUMNS: list[dict[str, Any]] = [
    {"name": "amount", "dtype": "int64", "label": False, "nullable": False},
    {"name": "bought", "dtype": "bool", "label": True, "nullable": False},
]


class Models:
    """The door of the models' room with one run of the small recipe."""

    def __init__(self, folder: Path, python: Path, overlay: Path) -> None:
        self.recipe = folder / "small"
        (self.recipe / "_runtime").mkdir(parents=True)
        (self.recipe / "_runtime" / "__main__.py").write_text(RUNTIME, encoding="utf-8")
        self.model = folder / "model"
        self.model.mkdir()
        self.python, self.overlay = python, overlay
        self.settings("{}")

    def settings(self, text: str) -> None:
        """Give the model's document, which makes the runtime slow or fail."""
        (self.model / "model.json").write_text(text, encoding="utf-8")

    def resolve(self, model: str, run: str | None, accept: bool) -> ResolvedRun:
        """Return the run."""
        return ResolvedRun(
            model=model, run=run or "r1", number=1, recipe="small", recipe_version=1,
            recipe_folder=self.recipe, model_folder=self.model, interpreter=self.python,
            overlay=self.overlay, verdict="exact", scoring="safe", accepted=False,
            task="classification", classes=[False, True], input_columns=COLUMNS,
        )  # fmt: skip
