"""Samples: datasets and notebooks to walk with, made from a seed, brought back when asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cookhouse.datasets import sample_notebooks
from cookhouse.datasets.messages import MakeSample
from cookhouse.datasets.store import BatchRow, DatasetRow, loading
from cookhouse.errors import Conflict, Invalid, NotFound, Taken
from cookhouse.floor.database import now
from cookhouse.floor.jobs import JobKind, Outcome
from cookhouse.floor.jobs.records import ACTIVE, JobRow
from cookhouse.floor.messages import Job
from cookhouse.floor.paths import below

if TYPE_CHECKING:
    from cookhouse.house import House

LUMA = "luma"
RESULTS = "luma-propensity-results"
SOURCE = "sample luma"
# What each dataset is, and what its fields are to who trains on it.
DATASETS: dict[str, tuple[str, dict[str, dict[str, Any]]]] = {
    "luma-web-events": (
        "What visitors of the shop Luma did on its site in eight weeks, one row an event.",
        {"visitor.id": {"identity": True}},
    ),
    "luma-training": (
        "Visitors of six weeks, and whether each ordered in the two weeks after.",
        {"visitor_id": {"identity": True}, "ordered": {"mark": "target"}},
    ),
    "luma-scoring": (
        "Visitors of the same six weeks whose outcome is not known yet.",
        {"visitor_id": {"identity": True}},
    ),
    RESULTS: ("Where the scores of luma-scoring go.", {}),
}


class Samples:
    """The samples of a workspace; there is one, `luma`."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.database = house.database
        self.jobs = house.jobs
        for kind in ("sample", "reset"):
            body = f"cookhouse.datasets.operations:{kind}"
            self.jobs.register(JobKind(name=f"datasets.{kind}", body=body, finish=self._finished))

    def make(self, name: str, wanted: MakeSample, who: str) -> Job:
        """Make a sample: its datasets in a job, its notebooks at once.

        What stands already is left alone. Raises `Taken` where a dataset of somebody's own has
        one of the names.
        """
        _known(name)
        folder = self._folder(wanted.folder)
        with self.database.write() as session:
            self._refuse_others(session)
            job = self._active(session) or self.jobs.enqueue(
                session, kind="datasets.sample", title="Make the sample luma",
                subject=("datasets", "luma-web-events"), who=who,
                arguments={"rows": wanted.rows, "seed": wanted.seed, "source": SOURCE, "who": who},
            )  # fmt: skip
        sample_notebooks.write(folder, overwrite=False)
        self.jobs.wake()
        return job

    def reset(self, name: str, folder: str, who: str) -> Job:
        """Bring a sample back to its first state: rows, batches and notebooks as they were made.

        Raises `Conflict` while a batch is being added to one of its datasets.
        """
        _known(name)
        place = self._folder(folder)
        with self.database.write() as session:
            self._refuse_others(session)
            for each in DATASETS:
                if loading(session, each):
                    raise Conflict(f"A batch is being added to “{each}”: wait for it.")
            if self._active(session):
                raise Conflict("The sample is being made: wait for it, or cancel its job.")
            rows, seed = self._size(session)
            job = self.jobs.enqueue(
                session, kind="datasets.reset", title="Reset the sample luma",
                subject=("datasets", "luma-web-events"), who=who,
                arguments={"rows": rows, "seed": seed, "source": SOURCE, "who": who,
                           "datasets": list(DATASETS)},
            )  # fmt: skip
        sample_notebooks.write(place, overwrite=True)
        self.jobs.wake()
        return job

    def _refuse_others(self, session: Session) -> None:
        for name in DATASETS:
            row = session.get(DatasetRow, name)
            if row is None or row.sample == LUMA:
                continue
            ours = select(BatchRow).where(BatchRow.dataset == name, BatchRow.source == SOURCE)
            if session.scalar(ours) is None:
                raise Taken(
                    f"There is a dataset “{name}” that is not the sample's: "
                    "delete it first, or keep it and do without the sample."
                )

    def _active(self, session: Session) -> Job | None:
        kinds = ("datasets.sample", "datasets.reset")
        found = select(JobRow).where(JobRow.kind.in_(kinds), JobRow.state.in_(ACTIVE))
        row = session.scalar(found.limit(1))
        return row.message() if row is not None else None

    def _size(self, session: Session) -> tuple[int, int]:
        """Return rows and seed that the sample was made with; its batch is named after them."""
        batches = select(BatchRow.id).where(BatchRow.dataset == "luma-web-events")
        for batch in session.scalars(batches):
            if found := re.fullmatch(r"luma-(\d+)-(\d+)", batch):
                return int(found[1]), int(found[2])
        first = MakeSample()
        return first.rows, first.seed

    def _folder(self, folder: str) -> Path:
        full = below(self.house.root_dir, folder)
        try:
            full.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Invalid(f"The folder “{folder}” cannot be made: {error.strerror}.") from None
        return full

    def _finished(self, session: Session, job: JobRow, outcome: Outcome) -> None:
        """Note the sample's datasets in the transaction that ends its job."""
        result = outcome["result"]
        if outcome["state"] != "succeeded" or result is None:
            return
        if job.kind == "datasets.reset":
            self._forget(session)
        for batch in result["batches"]:
            facts = batch | {"job": job.id, "source": SOURCE, "who": job.who}
            self.house.datasets.batch_added(session, batch["dataset"], facts)
        for name, (description, notes) in DATASETS.items():
            row = session.get(DatasetRow, name)
            if row is None:
                row = self.house.datasets.make_row(session, name)
            if row.sample is None:
                row.sample, row.description, row.notes = LUMA, description, notes
        self.house.changes.touch_in(session, "datasets")

    def _forget(self, session: Session) -> None:
        for name, (description, notes) in DATASETS.items():
            row = session.get(DatasetRow, name)
            if row is None:
                continue
            for batch in session.scalars(select(BatchRow).where(BatchRow.dataset == name)):
                session.delete(batch)
            row.version, row.rows, row.size, row.tags = None, 0, 0, []
            row.description, row.notes, row.updated = description, notes, now()
            row.revision += 1
            session.flush()
            self.house.ledger.forget(session, f"datasets/{name}")


def _known(name: str) -> None:
    if name != LUMA:
        raise NotFound(f"There is no sample “{name}”: there is {LUMA}.")
