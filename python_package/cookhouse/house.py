"""The house: everything of one workspace, built lowest room first. No Tornado in here."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from cookhouse import __version__
from cookhouse.datasets.manager import Datasets
from cookhouse.datasets.samples import Samples
from cookhouse.eda.manager import Eda
from cookhouse.errors import Unavailable
from cookhouse.floor import migrations
from cookhouse.floor.config import Config
from cookhouse.floor.database import Database
from cookhouse.floor.engine import Engine
from cookhouse.floor.events import Changes
from cookhouse.floor.interpreters import Interpreters
from cookhouse.floor.jobs.kinds import JobKind
from cookhouse.floor.jobs.manager import Jobs
from cookhouse.floor.jobs.records import ACTIVE, JobRow
from cookhouse.floor.ledger import Ledger
from cookhouse.floor.messages import EngineStatus, Job, Role, Status
from cookhouse.floor.uploads import Uploads
from cookhouse.floor.workspace import Workspace
from cookhouse.models.manager import Models
from cookhouse.notebooks.manager import Notebooks
from cookhouse.recipes.manager import Recipes
from cookhouse.scoring.manager import ScoringManager
from cookhouse.services.manager import Services

ENGINE_BUILD = "engine.build"
ROOMS = ("services", "scoring", "models", "recipes", "eda", "notebooks", "samples", "datasets")


class House:
    """One workspace with its rooms; used by the server, the command line and the supervisor.

    `root_dir` is the folder that paths in requests are relative to: what the Jupyter server
    serves. The command line and Python, whose caller owns the machine, leave it at `/`.
    """

    def __init__(self, workspace: Path, config: Config, root_dir: Path | None = None) -> None:
        self.config = config.with_environment()
        self.root_dir = Path(root_dir or "/").absolute()
        self.workspace = Workspace.at(workspace)
        self.warnings: list[str] = []
        self.database = Database(self.workspace.database_url)
        self.ledger = Ledger(self.database)
        self.changes = Changes(self.database)
        self.engine = Engine(self.config)
        self.interpreters = Interpreters()
        self.jobs = Jobs(self.workspace, self.database, self.changes)
        self.jobs.start = self._start_supervisor
        self.jobs.register(JobKind(ENGINE_BUILD, "cookhouse.floor.build:build", runs_in="own"))
        self.uploads = Uploads(self.workspace)
        migrations.prepare(self.database)
        self.datasets = Datasets(self)
        self.samples = Samples(self)
        self.notebooks = Notebooks(self)
        self.eda = Eda(self)
        self.recipes = Recipes(self)
        self.models = Models(self)
        self.scoring = ScoringManager(self)
        self.services = Services(self)

    def _start_supervisor(self) -> None:
        from cookhouse.floor.jobs import supervisor

        supervisor.start(self.workspace, self.config, self.root_dir)

    def reconcile(self) -> None:
        """Put right what a crash left: jobs without a supervisor, forgotten uploads."""
        self.uploads.sweep()
        with self.database.read() as session:
            waiting = session.scalar(select(JobRow.id).where(JobRow.state.in_(ACTIVE)).limit(1))
        if waiting is not None:
            self.jobs.wake()
        self.services.resume()

    def status(self, user: str, role: Role) -> Status:
        """Say version, workspace, engine and who is asking."""
        return Status(
            version=__version__, workspace=str(self.workspace.root), engine=self.engine_status(),
            user=user, role=role, warnings=self.warnings,
        )  # fmt: skip

    def engine_status(self) -> EngineStatus:
        """Say whether the engine is there, being built, or could not be built."""
        found = self.engine.status()
        if found.state != "missing":
            return found
        with self.database.read() as session:
            last = _last_build(session)
        if last is None or last.state == "succeeded":
            return found
        state = "building" if not last.final else "failed"
        words = last.reason or last.step or "The engine's environment is being built."
        return EngineStatus(state=state, message=words, job=last.id)

    def build_engine(self, who: str) -> Job:
        """Build the engine's environment in a job; one that is on its way is answered."""
        with self.database.write() as session:
            job = self._build_in(session, who)
        self.jobs.wake()
        return job

    def _build_in(self, session: Session, who: str) -> Job:
        last = _last_build(session)
        if last is not None and not last.final:
            return last.message()
        return self.jobs.enqueue(
            session, kind=ENGINE_BUILD, title="Build the engine's environment", arguments={},
            who=who,
        )  # fmt: skip

    def engine_is_awaited(self, session: Session, row: JobRow) -> bool:
        """Say whether a job has to wait for the engine, and have it built.

        Raises `Unavailable` where it was tried since the job was enqueued, and failed.
        """
        if self.config.engine != "managed" or self.engine.python is not None:
            return False
        last = _last_build(session)
        tried = last is not None and last.state == "failed"
        if tried and last is not None and (last.finished or row.created) > row.created:
            raise Unavailable(last.reason or "The engine could not be built.")
        row.step = "Waiting for the engine's environment"
        self._build_in(session, row.who)
        return True

    def close(self) -> None:
        """End the engine's processes and give the connections back; jobs go on."""
        self.engine.close()
        for room in ROOMS:
            close = getattr(getattr(self, room), "close", None)
            if close is not None:
                close()
        self.database.close()


def _last_build(session: Session) -> JobRow | None:
    builds = select(JobRow).where(JobRow.kind == ENGINE_BUILD)
    return session.scalars(builds.order_by(JobRow.created.desc()).limit(1)).first()
