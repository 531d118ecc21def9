"""The workspace: one folder that holds everything of ours, for the eyes of its owner only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cookhouse.errors import Invalid, Unavailable

PRIVATE = 0o700


def default_root() -> Path:
    """Return the workspace of a user who named none: beside Jupyter's own data."""
    from jupyter_core.paths import jupyter_data_dir

    return Path(os.environ.get("COOKHOUSE_WORKSPACE") or Path(jupyter_data_dir()) / "cookhouse")


@dataclass(frozen=True)
class Workspace:
    """Paths of a workspace; each folder is made, private, when it is first asked for."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Workspace:
        """Open the workspace at `root` and make its folder.

        Raises `Invalid` where a file stands there, `Unavailable` where it cannot be written.
        """
        root = Path(root).expanduser().absolute()
        workspace = cls(root)
        try:
            workspace._made(root)
        except (FileExistsError, NotADirectoryError):
            raise Invalid(f"The workspace “{root}” is not a folder: name another one.") from None
        except OSError as error:
            raise Unavailable(
                f"The workspace “{root}” cannot be made: {error.strerror}. Name another folder "
                "with --workspace or the setting Cookhouse.workspace."
            ) from None
        return workspace

    def _made(self, path: Path) -> Path:
        path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        if path == self.root and path.stat().st_mode & 0o077 and path.stat().st_uid == os.getuid():
            path.chmod(PRIVATE)
        return path

    @property
    def database_url(self) -> str:
        """The address of the state's database."""
        return f"sqlite:///{self.root / 'cookhouse.db'}"

    @property
    def mlflow_uri(self) -> str:
        """The address of MLflow's database, for tracking and for the registry."""
        return f"sqlite:///{self.root / 'mlflow.db'}"

    @property
    def datasets(self) -> Path:
        """The folder of the Delta tables."""
        return self._made(self.root / "datasets")

    @property
    def artifacts(self) -> Path:
        """The folder of MLflow's artifacts."""
        return self._made(self.root / "artifacts")

    @property
    def recipes(self) -> Path:
        """The folder of the recipes' wheels."""
        return self._made(self.root / "recipes")

    @property
    def jobs(self) -> Path:
        """The folder that holds one folder a job: its log, points and ending."""
        return self._made(self.root / "jobs")

    @property
    def uploads(self) -> Path:
        """The folder of files that are on their way."""
        return self._made(self.root / "uploads")

    @property
    def runs(self) -> Path:
        """The folder of the runs' models and predictions."""
        return self._made(self.root / "runs")

    @property
    def services(self) -> Path:
        """The folder of the service hosts' sockets and logs."""
        return self._made(self.root / "services")

    @property
    def supervisor(self) -> Path:
        """The folder of the supervisor's lock, pipe and log."""
        return self._made(self.root / "supervisor")

    def served_by(self, root_dir: Path, allow_hidden: bool) -> bool:
        """Say whether Jupyter's file browser, which serves `root_dir`, shows what is in here."""
        try:
            inside = self.root.resolve().relative_to(root_dir.resolve())
        except ValueError:
            return False
        return allow_hidden or not any(part.startswith(".") for part in inside.parts)
