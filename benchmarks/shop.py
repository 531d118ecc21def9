"""What the measurements share: a notebook on a shop's rows, the same as a bare script, a recipe."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from cookhouse.client import Client

REPOSITORY = Path(__file__).resolve().parents[1]
NOTEBOOKS = REPOSITORY / ".venv-notebooks" / "bin" / "python"
KERNEL = {"name": "cookhouse-notebooks", "display_name": "notebooks", "language": "python"}
NUMBERS = [f"n{number}" for number in range(12)]
FEATURES = [*NUMBERS, "country", "device"]
CELLS = [
    "import pandas as pd\n"
    "from sklearn.compose import make_column_transformer\n"
    "from sklearn.ensemble import RandomForestClassifier\n"
    "from sklearn.linear_model import LogisticRegression\n"
    "from sklearn.metrics import accuracy_score\n"
    "from sklearn.model_selection import train_test_split\n"
    "from sklearn.pipeline import make_pipeline\n"
    "from sklearn.preprocessing import OneHotEncoder, StandardScaler",
    "df = pd.read_csv('shop.csv')",
    "X = df.drop(columns=['bought'])\ny = df['bought']\n"
    "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
    "columns = make_column_transformer(\n"
    f"    (StandardScaler(), {NUMBERS!r}),\n"
    "    (OneHotEncoder(handle_unknown='ignore'), ['country', 'device']),\n"
    ")\n"
    "model = make_pipeline(columns, ESTIMATOR)\n"
    "model.fit(X_train, y_train)",
    "predicted = model.predict(X_test)\nprint(accuracy_score(y_test, predicted))",
]
LINEAR = "LogisticRegression(max_iter=300)"


def cells(estimator: str = LINEAR) -> list[str]:
    """Return the notebook's cells with an estimator."""
    return [cell.replace("ESTIMATOR", estimator) for cell in CELLS]


def write_rows(path: Path, count: int, seed: int = 7) -> None:
    """Write a CSV of `count` rows: 14 features and the label, the same for the same seed."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join([*FEATURES, "bought"]) + "\n")
        for _ in range(count):
            numbers = [chance.gauss(0, 1) for _ in NUMBERS]
            country, device = chance.choice("ABCDE"), chance.choice(["phone", "desk", "tablet"])
            likely = sum(numbers[:4]) + (country in "AB") - (device == "tablet")
            bought = int(likely + chance.gauss(0, 1) > 0)
            values = [f"{number:.6f}" for number in numbers]
            file.write(",".join([*values, country, device, str(bought)]) + "\n")


def write_notebook(path: Path, sources: list[str]) -> None:
    """Write a notebook of code cells without outputs."""
    written = [
        {"cell_type": "code", "id": f"c{number}", "metadata": {}, "source": source,
         "outputs": [], "execution_count": None}
        for number, source in enumerate(sources)
    ]  # fmt: skip
    document = {
        "nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": KERNEL}, "cells": written,
    }  # fmt: skip
    path.write_text(json.dumps(document), encoding="utf-8")


def recipe(client: Client, folder: Path, rows: int, estimator: str = LINEAR) -> str:
    """Write rows and notebook into `folder` and make the recipe `shop`, proven."""
    write_rows(folder / "shop.csv", rows)
    write_notebook(folder / "shop.ipynb", cells(estimator))
    made = client.create_recipe(folder / "shop.ipynb", name="shop")
    print(f"recipe: {made.proof.verdict}, scoring {made.proof.scoring.verdict}", file=sys.stderr)
    return made.name


@contextlib.contextmanager
def kitchen() -> Iterator[tuple[Client, Path]]:
    """Give a client on a workspace of its own and a folder; both are gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="cookhouse-benchmark-"))
    folder = home / "notebooks"
    folder.mkdir()
    engine = os.environ.get("COOKHOUSE_ENGINE", "managed")
    try:
        with Client(home / "workspace", engine=engine) as client:
            yield client, folder
    finally:
        end(home / "workspace")
        shutil.rmtree(home, ignore_errors=True)


def end(workspace: Path) -> None:
    """End every process that works for a workspace."""
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if process.pid != os.getpid() and any(str(workspace) in word for word in words):
            with contextlib.suppress(psutil.Error):
                process.kill()


def ask(python: Path, script: str, *arguments: Any) -> Any:
    """Run a script in an interpreter and return the JSON of its last line."""
    done = subprocess.run(
        [str(python), "-c", script, *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SystemExit(f"the peer failed: {done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def report(name: str, ours: str, peer: str, figure: str, limit: str, held: bool) -> dict[str, Any]:
    """Print one measurement and return it for the table."""
    print(f"{name}: {ours}; {peer}; {figure} (limit {limit}) {'ok' if held else 'OVER'}")
    return {"name": name, "ours": ours, "peer": peer, "figure": figure, "limit": limit, "ok": held}
