"""What the extension costs the server: memory, and no heavy library in its process."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.reliability.conftest import Server

HEAVY = {
    "alembic", "deltalake", "distributed", "duckdb", "mlflow", "numpy", "optuna", "pandas",
    "polars", "pyarrow", "scipy", "sklearn", "skops", "sqlglot",
}  # fmt: skip
READS = ("status", "jobs", "datasets", "recipes", "models", "scoring", "services", "openapi.json")
WALK = """
import json, sys
from jupyter_server.serverapp import ServerApp
server = ServerApp.instance()
server.initialize([
    "--ServerApp.jpserver_extensions={'cookhouse': True}", "--ServerApp.allow_root=True",
    "--ServerApp.port=0", "--Cookhouse.workspace=" + sys.argv[1], "--ServerApp.root_dir=" + sys.argv[2],
])
house = server.web_app.settings["cookhouse_house"]
house.reconcile()
print(json.dumps(sorted(sys.modules)))
house.close()
"""  # noqa: E501


def test_no_heavy_library_is_in_the_server(workspace, root_dir):
    argv = [sys.executable, "-c", WALK, str(workspace), str(root_dir)]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    loaded = json.loads(done.stdout.strip().splitlines()[-1])
    assert "cookhouse.house" in loaded
    assert {name.split(".")[0] for name in loaded} & HEAVY == set()
    ours = [name for name in loaded if name.startswith("cookhouse.")]
    assert [name for name in ours if ".operations" in name] == []


@pytest.fixture
def bare(workspace, root_dir, config):
    """Return a server without the extension."""
    server = Server(workspace, root_dir, config)
    place = next(i for i, word in enumerate(server.argv) if "jpserver_extensions" in word)
    server.argv[place] = "--ServerApp.jpserver_extensions={'cookhouse': False}"
    server.argv = [word for word in server.argv if "Cookhouse" not in word]
    server.start()
    yield server
    server.kill()


def test_memory_over_a_bare_server(server, bare):
    for path in READS:
        assert server.get(path).status_code == 200
        bare.get(path)
    over = server.memory() - bare.memory()
    print(f"server {server.memory():.0f} MiB, bare {bare.memory():.0f} MiB, over {over:.0f} MiB")
    assert over <= 40
