"""The command line, in a process of its own: exit codes, JSON, and what it imports."""

import json
import subprocess
import sys
from pathlib import Path

from tests.convert.corpus import FOLDER

HEAVY = ["jupyter_server", "pandas", "numpy", "sklearn", "tornado", "sqlalchemy", "IPython"]


def _run(*arguments: str, code: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "cookhouse_convert"]
    return subprocess.run(
        [*command, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
        check=False,
    )


def test_exit_codes() -> None:
    assert _run("check", str(FOLDER / "diabetes.py")).returncode == 0
    assert _run("check", str(FOLDER / "no_model.py")).returncode == 1
    absent = _run("check", "absent.ipynb")
    assert absent.returncode == 2
    assert "absent.ipynb" in absent.stderr
    assert _run("cook").returncode == 2


def test_text_says_verdict_findings_and_stages() -> None:
    text = _run("check", str(FOLDER / "unseeded.py")).stdout
    assert "unseeded-randomness" in text
    assert "Add `random_state=42`." in text
    assert "statements kept" in text


def test_json_has_the_promised_shape() -> None:
    done = _run("check", str(FOLDER / "several_models.py"), "--json", "--model", "lr")
    document = json.loads(done.stdout)
    assert {"cell", "line", "end_line", "stage", "kept", "reason"} <= set(document["statements"][0])
    assert {"variable", "estimator", "cell", "line", "proposed"} <= set(document["models"][0])
    assert {"name", "type", "default", "minimum", "maximum", "choices", "cell", "line"} <= set(
        document["hyperparameters"][0]
    )
    assert [one["variable"] for one in document["models"] if one["proposed"]] == ["lr"]
    for finding in document["findings"]:
        assert {"code", "severity", "cell", "line", "what", "why", "fix"} <= set(finding)


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, runpy; sys.argv = ['x', *sys.argv[1:]]\n"
        "from cookhouse_convert.__main__ import main\n"
        "main(sys.argv[1:])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = _run("check", str(FOLDER / "magics.py"), code=code)
    assert done.stderr.strip() == "[]"
