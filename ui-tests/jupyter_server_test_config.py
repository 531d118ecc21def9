"""The Jupyter server of the browser tests: no token, loopback only, a folder of its own."""

import os

from jupyterlab.galata import configure_jupyter_server

c = get_config()  # noqa: F821
root = os.environ["COOKHOUSE_TEST_ROOT"]
os.makedirs(root, exist_ok=True)
os.environ["JUPYTERLAB_GALATA_ROOT_DIR"] = root
configure_jupyter_server(c)
c.ServerApp.root_dir = root
# The layout outlives the server, as for a user.
c.LabApp.workspaces_dir = os.path.join(os.path.dirname(root), "layouts")
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = int(os.environ["COOKHOUSE_TEST_PORT"])
c.ServerApp.port_retries = 0
c.ServerApp.allow_root = True
c.ServerApp.open_browser = False
c.LabApp.expose_app_in_browser = True
c.Cookhouse.workspace = os.environ["COOKHOUSE_WORKSPACE"]
