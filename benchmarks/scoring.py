"""Scoring a million rows, against a bare script that reads, predicts and writes the same."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from shop import FEATURES, NOTEBOOKS, NUMBERS, ask, kitchen, recipe, report

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 1_000_000
LIMIT = 1.5
# The model is fitted first and not counted; then what is counted is a process of its own would do:
# imports, Parquet in, both predictions, Parquet out with row, prediction, probability, reason.
PEER = """
import json, sys, time
begun = time.perf_counter()
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
imported = time.perf_counter() - begun
folder, overlay = sys.argv[1:3]
df = pd.read_csv(folder + "/shop.csv")
X_train, _, y_train, _ = train_test_split(df.drop(columns=["bought"]), df["bought"], random_state=0)
columns = make_column_transformer(
    (StandardScaler(), NUMBERS),
    (OneHotEncoder(handle_unknown="ignore"), ["country", "device"]),
)
model = make_pipeline(columns, LogisticRegression(max_iter=300)).fit(X_train, y_train)
sys.path.append(overlay)
begun = time.perf_counter()
rows = pd.read_parquet(folder + "/rows.parquet")
read = time.perf_counter()
made = pd.DataFrame({
    "row": range(len(rows)), "prediction": model.predict(rows),
    "probability": model.predict_proba(rows)[:, 1], "reason": None,
})
predicted = time.perf_counter()
made.to_parquet(folder + "/made.parquet", compression="zstd")
done = time.perf_counter()
print(json.dumps({
    "imports": imported, "read": read - begun, "predict": predicted - read,
    "write": done - predicted, "sum": float(made["probability"].sum()),
}))
""".replace("NUMBERS", repr(NUMBERS))
TAKE = """
import json, sys
import pyarrow.csv, pyarrow.parquet as pq
table = pyarrow.csv.read_csv(sys.argv[1])
pq.write_table(table, sys.argv[2], compression="zstd")
print(json.dumps(table.num_rows))
"""


def measure() -> list[dict[str, Any]]:
    """Measure and print."""
    with kitchen() as (client, folder):
        name = recipe(client, folder, 5_000)
        model = client.train(name).model
        parquet = folder / "rows.parquet"
        _write_rows(client, folder, parquet)
        client.ingest("visits", [parquet])
        begun = time.perf_counter()
        scored = client.score(model, "visits", "results")
        ours = time.perf_counter() - begun
        assert scored.batch is not None
        assert scored.batch.rows == ROWS
        interpreters = client.house.interpreters
        overlay = interpreters.overlay(interpreters.at(NOTEBOOKS, None))
        peer = ask(NOTEBOOKS, PEER, folder, overlay)
    bare = peer["imports"] + peer["read"] + peer["predict"] + peer["write"]
    parts = ", ".join(
        f"{part} {peer[part]:.1f}" for part in ("imports", "read", "predict", "write")
    )
    return [report(f"scoring {ROWS:,} rows", f"{ours:.1f} s", f"bare script {bare:.1f} s ({parts})",
                   f"{ours / bare:.2f} x", f"{LIMIT} x", ours <= LIMIT * bare)]  # fmt: skip


def _write_rows(client: Any, folder: Path, parquet: Path) -> None:
    """Write a million rows as Parquet: 50,000 different ones, again and again."""
    from shop import write_rows

    write_rows(folder / "some.csv", min(ROWS, 50_000), seed=11)
    head, *lines = (folder / "some.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    with (folder / "rows.csv").open("w", encoding="utf-8") as file:
        file.write(head)
        for start in range(0, ROWS, len(lines)):
            file.writelines(lines[: ROWS - start])
    ask(client.house.engine.required(), TAKE, folder / "rows.csv", parquet)
    assert set(FEATURES) < set(head.strip().split(","))


if __name__ == "__main__":
    measure()
