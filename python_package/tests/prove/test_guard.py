"""A proof writes in its own folder and nowhere else below the notebook's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGES = Path(__file__).parents[2]
SCRIPT = """
import sys
from cookhouse_convert.prove.child.guard import guard_folder
guard_folder(sys.argv[1], sys.argv[2])
open(sys.argv[3], "w").close()
"""


def wrote(folder: Path, own: Path, target: Path) -> bool:
    argv = [sys.executable, "-c", SCRIPT, str(folder), str(own), str(target)]
    done = subprocess.run(
        argv, env={"PYTHONPATH": str(PACKAGES)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 or "does not write beside the notebook" in done.stderr
    return target.exists()


def test_nothing_is_written_beside_the_notebook(tmp_path: Path) -> None:
    own = tmp_path / "workspace" / "proof"
    own.mkdir(parents=True)
    assert not wrote(tmp_path, own, tmp_path / "result.csv")
    assert not wrote(tmp_path, own, tmp_path / "workspace" / "cookhouse.db")


def test_the_proofs_own_folder_may_stand_below_that_of_the_notebook(tmp_path: Path) -> None:
    own = tmp_path / "workspace" / "proof"
    own.mkdir(parents=True)
    assert wrote(tmp_path, own, own / "answer.json")


def test_a_link_out_of_the_proofs_folder_is_followed(tmp_path: Path) -> None:
    own = tmp_path / "proof"
    own.mkdir()
    (own / "data.csv").symlink_to(tmp_path / "data.csv")
    assert not wrote(tmp_path, own, own / "data.csv")
