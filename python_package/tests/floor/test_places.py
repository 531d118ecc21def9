"""The workspace, interpreters, the engine and its environments."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cookhouse.errors import Invalid, NotFound, Unavailable
from cookhouse.floor import environments
from cookhouse.floor.config import Config
from cookhouse.floor.engine import Engine
from cookhouse.floor.interpreters import Interpreters
from cookhouse.floor.workspace import Workspace
from tests.conftest import NOTEBOOKS, with_limits


class TestWorkspace:
    """The folder of everything."""

    def test_its_folders_are_private(self, tmp_path):
        workspace = Workspace.at(tmp_path / "w")
        for name in ("datasets", "artifacts", "recipes", "jobs", "uploads", "runs", "services"):
            assert getattr(workspace, name).stat().st_mode & 0o077 == 0
        assert workspace.root.stat().st_mode & 0o077 == 0

    def test_a_file_is_no_workspace(self, tmp_path):
        (tmp_path / "w").write_text("")
        with pytest.raises(Invalid, match="is not a folder"):
            Workspace.at(tmp_path / "w")

    @pytest.mark.parametrize(
        ("inside", "hidden", "served"),
        [("w", False, True), (".w/in", False, False), (".w", True, True), ("../w", True, False)],
    )
    def test_it_is_known_whether_the_file_browser_shows_it(self, tmp_path, inside, hidden, served):
        root = tmp_path / "root"
        assert Workspace.at(root / inside).served_by(root, hidden) is served


class TestInterpreters:
    """From a kernel to a Python."""

    def test_a_kernel_of_just_python_is_our_own(self, monkeypatch, tmp_path):
        kernel = tmp_path / "kernels" / "plain"
        kernel.mkdir(parents=True)
        argv = ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": argv, "display_name": "Plain", "language": "python"}
        (kernel / "kernel.json").write_text(json.dumps(spec))
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
        found = Interpreters().of_kernel("plain")
        assert (found.path, found.kernel) == (Path(sys.executable), "plain")
        assert found.version == ".".join(map(str, sys.version_info[:3]))
        assert found.tag == sys.implementation.cache_tag

    @pytest.mark.skipif(not NOTEBOOKS.exists(), reason="make setup makes it")
    def test_a_virtual_environment_stays_one(self):
        found = Interpreters().of_kernel(None, str(NOTEBOOKS))
        assert found.path == NOTEBOOKS

    def test_a_kernel_that_is_not_there(self):
        with pytest.raises(NotFound, match="“nothing” is not installed here"):
            Interpreters().of_kernel("nothing")

    @pytest.mark.parametrize("argv", [["R", "--slave"], ["conda-run", "x"]])
    def test_a_kernel_that_is_no_python(self, monkeypatch, tmp_path, argv):
        kernel = tmp_path / "kernels" / "other"
        kernel.mkdir(parents=True)
        language = "R" if argv[0] == "R" else "python"
        spec = {"argv": argv, "display_name": "Other", "language": language}
        (kernel / "kernel.json").write_text(json.dumps(spec))
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
        with pytest.raises(Invalid, match="“other”"):
            Interpreters().of_kernel("other")

    def test_a_program_that_is_no_python(self, tmp_path):
        with pytest.raises(NotFound):
            Interpreters().at(tmp_path / "python", None)
        with pytest.raises(Unavailable, match="does not run as a Python"):
            Interpreters().at(Path("/bin/true"), None)


class TestEngine:
    """Calls into the other environment."""

    def test_the_failure_of_an_operation_comes_back_as_it_was(self, house):
        with pytest.raises(NotFound, match="no operation “datasets"):
            house.engine.call("datasets.nothing")

    def test_a_process_that_is_warm_answers_at_once(self, house):
        house.engine.warm()
        (worker,) = house.engine.free
        with pytest.raises(NotFound):
            house.engine.call("datasets.nothing")
        assert house.engine.free == [worker]

    def test_many_threads_share_two_processes(self, house):
        def ask():
            with pytest.raises(NotFound):
                house.engine.call("datasets.nothing")

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert 1 <= len(house.engine.free) <= 2

    def test_time_is_bounded(self, house, monkeypatch):
        house.engine.warm()
        house.engine.free[0].process.send_signal(19)
        started = time.monotonic()
        with pytest.raises(Unavailable, match="was stopped"):
            house.engine.call("datasets.nothing", timeout=0.3)
        assert time.monotonic() - started < 5

    def test_a_missing_engine_says_how_to_build_it(self, monkeypatch, tmp_path):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        engine = Engine(Config(engine="managed"))
        assert engine.status().state == "missing"
        with pytest.raises(Unavailable, match="cookhouse engine build"):
            engine.call("datasets.rows")
        assert list(tmp_path.iterdir()) == []

    def test_an_interpreter_that_is_not_there(self, config):
        engine = Engine(with_limits(config, engine="/nothing/python"))
        assert engine.status().state == "failed"
        assert "/nothing/python" in engine.status().message


class TestEnvironments:
    """What uv builds."""

    def test_offline_says_so_and_leaves_nothing(self, monkeypatch, tmp_path):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
        monkeypatch.setenv("UV_OFFLINE", "1")
        with pytest.raises(Unavailable, match="no network"):
            environments.overlay("host", Path(sys.executable), "cpython-311", lambda words: None)
        left = [path.name for path in (tmp_path / "cookhouse" / "overlays").iterdir()]
        assert all(name.endswith(".lock") for name in left)

    def test_it_is_known_by_lock_python_and_platform(self):
        assert environments.key("host", "cpython-311") != environments.key("host", "cpython-312")
        assert environments.key("host", "cpython-311") != environments.key("overlay", "cpython-311")

    @pytest.mark.parametrize("name", ["engine", "overlay", "host"])
    def test_its_lock_has_hashes_and_no_address(self, name):
        text = environments.lock_of(name).read_text()
        assert "://" not in text
        pinned = [line for line in text.splitlines() if "==" in line]
        assert pinned
        assert all(line.rstrip().endswith("\\") for line in pinned)
        assert text.count("--hash=sha256:") >= len(pinned)


def test_what_runs_elsewhere_needs_nothing_but_the_standard_library():
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import cookhouse.floor.jobs.child, cookhouse.floor.engine_worker\n"
        "print([name for name in ('pydantic', 'sqlalchemy', 'psutil', 'tornado')"
        " if name in sys.modules])\n"
    )
    ours = str(Path(environments.__file__).parents[2])
    argv = [sys.executable, "-S", "-c", code, ours]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
