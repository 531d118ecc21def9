"""The proof itself is tested: a recipe broken on purpose must never come out proven or safe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from recipes import CORPUS, broken, made, needs_python

import cookhouse_convert.create as creating

pytestmark = needs_python

KEPT = "df['income'] = df['income'].fillna(df['income'].median())"
RECALL = 'return recalled(event.value)\n        if event is not None and event.kind == "read"'
AGAIN = RECALL.replace("return recalled(event.value)", "return self._again(operation, None)")
RESTORE = "receiver.__dict__.update(learned.__dict__)\n"
REFIT = "operation.run()\n"
REACHED = "outcome.features = features\n"
SWAPPED = (
    "features = features[[*features.columns[1::-1], *features.columns[2:]]].set_axis("
    "features.columns, axis=1)\n        outcome.features = features\n"
)


def _made_broken(
    monkeypatch: pytest.MonkeyPatch, change: Any, overlay: Path, work: Path
) -> dict[str, Any]:
    write = creating.write_package

    def written(folder: Path, *args: Any) -> None:
        write(folder, *args)
        change(folder)

    monkeypatch.setattr(creating, "write_package", written)
    return made(CORPUS / "churn.ipynb", overlay, work).proof


def test_a_deleted_statement_is_found(
    monkeypatch: pytest.MonkeyPatch, overlay: Path, tmp_path: Path
) -> None:
    change = broken(KEPT, "pass", "notebook.py")
    proof = _made_broken(monkeypatch, change, overlay, tmp_path)
    assert proof["verdict"] == "differs"
    assert proof["differences"][0]["column"] == "income"
    assert proof["scoring"]["verdict"] != "safe"


@pytest.mark.parametrize(
    ("old", "new"),
    [(RECALL, AGAIN), (RESTORE, REFIT), (REACHED, SWAPPED)],
    ids=["memory recomputed", "refitted on served rows", "columns swapped"],
)
def test_an_unsafe_runtime_is_found(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch, overlay: Path, tmp_path: Path
) -> None:
    change = broken(old, new, "_runtime/replay.py")
    proof = _made_broken(monkeypatch, change, overlay, tmp_path)
    assert proof["scoring"]["verdict"] == "refused", proof
