"""The referee in small: what is kept runs alone and gives the notebook's own metric."""

import json
import subprocess
from pathlib import Path

import pytest

from cookhouse_convert import analyse
from tests.convert.corpus import FOLDER, cells

PYTHON = Path(__file__).parents[3] / ".venv-notebooks" / "bin" / "python"
RUNNER = """
import json, sys, warnings
warnings.filterwarnings("ignore")
import matplotlib; matplotlib.use("Agg")
for name, programs in json.load(sys.stdin).items():
    seen = []
    for program in programs:
        space = {"__name__": "__main__"}
        values = []
        for source in program:
            try:
                values.append(eval(compile(source.strip(), name, "eval"), space))
            except SyntaxError:
                exec(compile(source, name, "exec"), space)
        figures = {k: float(v) for k, v in space.items()
                   if not k.startswith("_") and isinstance(v, float)}
        figures["last"] = float(values[-1]) if values and isinstance(values[-1], float) else None
        seen.append(figures)
    print(json.dumps([name, seen]))
"""
LIBRARY = [
    "breast_cancer", "diabetes", "loop_models", "cross_val_only", "if_branches", "kfold_by_hand",
    "make_pipeline", "manual_metric", "own_estimator", "semicolons", "star_import", "voting",
]  # fmt: skip


@pytest.mark.skipif(not PYTHON.exists(), reason="needs the notebooks' environment")
def test_kept_statements_run_alone_and_agree() -> None:
    programs = {}
    for name in LIBRARY:
        statements = analyse(cells(name)).statements
        whole = [one.source for one in statements if not one.source.lstrip().startswith("%")]
        programs[name] = [whole, [one.source for one in statements if one.kept]]
    done = subprocess.run(
        [str(PYTHON), "-c", RUNNER], input=json.dumps(programs), text=True,
        capture_output=True, timeout=240, cwd=FOLDER, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    seen = dict(json.loads(line) for line in done.stdout.splitlines() if line.startswith("["))
    assert sorted(seen) == sorted(LIBRARY)
    for name, (whole, kept) in seen.items():
        shared = {key for key in kept if key != "last"}
        assert {key: whole[key] for key in shared} == {key: kept[key] for key in shared}, name
