"""Notebook in, verdict out: what is proven, what may be scored, what is refused and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from recipes import CORPUS, made, needs_python

pytestmark = needs_python


@pytest.mark.parametrize(
    ("name", "verdict", "metric"),
    [
        ("cancer", "exact", "accuracy"),
        ("diabetes", "exact", "mean_squared_error"),
        ("churn", "exact", "accuracy"),
        ("pipe", "exact", "roc_auc"),
        ("filters", "exact", "accuracy"),
        ("titanic", "exact", "accuracy"),
        ("merge", "exact", "accuracy"),
        ("ownest", "exact", "accuracy"),
        ("groupmean", "exact", "accuracy"),
        ("cuts", "exact", "accuracy"),
        ("encoders", "exact", "accuracy"),
        ("timesplit2", "exact", "accuracy"),
        ("query", "exact", "accuracy"),
        ("threshold", "exact", "accuracy"),
        ("numpyidx", "exact", "accuracy"),
        ("inplace", "exact", "accuracy"),
        ("grid", "exact", "accuracy"),
        ("unseeded2", "pinned", "accuracy"),
    ],
)
def test_agrees_and_scores_safely(
    name: str, verdict: str, metric: str, overlay: Path, tmp_path: Path
) -> None:
    proof = made(CORPUS / f"{name}.ipynb", overlay, tmp_path).proof
    assert (proof["verdict"], proof["scoring"]["verdict"]) == (verdict, "safe"), proof
    assert proof["metric"]["name"] == metric
    assert proof["metric"]["notebook"] == proof["metric"]["recipe"]
    assert "one at a time" in proof["scoring"]["ways"]
    assert "without the label" in proof["scoring"]["ways"]


@pytest.mark.parametrize("name", ["rank", "shift", "leak", "rowpos", "randcol", "kfold"])
def test_refuses_what_would_score_wrong(name: str, overlay: Path, tmp_path: Path) -> None:
    proof = made(CORPUS / f"{name}.ipynb", overlay, tmp_path).proof
    assert proof["verdict"] == "exact"
    assert proof["scoring"]["verdict"] == "refused"
    assert proof["scoring"]["reason"]
    assert proof["scoring"]["cell"]


@pytest.mark.parametrize(("name", "said"), [("exit", "ends itself"), ("error", "KeyError: 'nope'")])
def test_names_what_stops_the_notebook(name: str, said: str, overlay: Path, tmp_path: Path) -> None:
    proof = made(CORPUS / f"{name}.ipynb", overlay, tmp_path).proof
    assert proof["verdict"] == "unverified"
    assert said in proof["differences"][0]["what"]
    assert proof["differences"][0]["cell"]


def test_time_limit_ends_the_runs(overlay: Path, tmp_path: Path) -> None:
    text = (CORPUS / "cancer.ipynb").read_text(encoding="utf-8")
    slow = tmp_path / "slow.ipynb"
    slow.write_text(text.replace('"X = df.drop', '"while True: pass\\nX = df.drop', 1))
    assert slow.read_text() != text
    proof = made(slow, overlay, tmp_path / "work", time_limit=8).proof
    assert proof["verdict"] == "unverified"
    assert "time limit" in proof["differences"][0]["what"]


def test_nothing_is_written_beside_the_notebook(overlay: Path, tmp_path: Path) -> None:
    beside = tmp_path / "mine"
    beside.mkdir()
    for name in ("titanic.ipynb", "train.csv", "test.csv"):
        (beside / name).write_bytes((CORPUS / name).read_bytes())
    before = {path.name: path.read_bytes() for path in beside.iterdir()}
    made(beside / "titanic.ipynb", overlay, tmp_path / "work")
    assert {path.name: path.read_bytes() for path in beside.iterdir()} == before
