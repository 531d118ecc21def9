"""Keeping the database true to the tables: a commit counts, whoever made it and died after."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cookhouse.datasets.store import BatchRow, DatasetRow, record, tables_on_disk
from cookhouse.errors import Failure

if TYPE_CHECKING:
    from cookhouse.house import House

log = logging.getLogger(__name__)


class Reconciler:
    """Adds to the database what stands in the tables' histories and is missing there.

    Looking costs a listing of each table's log; the engine is asked only where a table has moved.
    """

    def __init__(self, house: House) -> None:
        self.folder = house.workspace.datasets
        self.database = house.database
        self.engine = house.engine
        self.ledger = house.ledger
        self.changes = house.changes

    def catch_up(self, name: str | None = None) -> None:
        """Note what is new in all tables, or in one; without an engine nothing is noted."""
        tables = dict(tables_on_disk(self.folder))
        with self.database.read() as session:
            known = {row.name: row.version for row in session.scalars(select(DatasetRow))}
        for each in sorted({*tables, *known} if name is None else {name}):
            there, seen = tables.get(each), known.get(each)
            if there == seen:
                continue
            try:
                self._follow(each, there, seen)
            except Failure as failure:
                log.warning("the dataset %s could not be looked at: %s", each, failure.message)

    def _follow(self, name: str, there: int | None, seen: int | None) -> None:
        facts: dict[str, Any] = {"version": None, "rows": 0, "size": 0, "batches": []}
        if there is not None:
            # A table that was made anew under an old name starts over.
            since = seen if seen is not None and seen < there else -1
            place: dict[str, Any] = {"workspace": str(self.folder.parent), "name": name}
            facts = self.engine.call("datasets.describe", **place, since=since)
        with self.database.write() as session:
            row = session.get(DatasetRow, name)
            if row is None and facts["version"] is None:
                return
            if row is None:
                row = DatasetRow(name=name, tags=[], notes={})
                session.add(row)
                session.flush()
            self._note(session, row, facts)

    def _note(self, session: Session, row: DatasetRow, facts: dict[str, Any]) -> None:
        if facts["version"] is None:
            for gone in session.scalars(select(BatchRow).where(BatchRow.dataset == row.name)):
                gone.state = "deleted" if gone.state == "active" else gone.state
        for batch in facts["batches"]:
            self.note_batch(session, row, batch)
        row.version, row.rows, row.size = facts["version"], facts["rows"], facts["size"]
        self.changes.touch_in(session, "datasets")

    def note_batch(self, session: Session, row: DatasetRow, facts: dict[str, Any]) -> BatchRow:
        """Note one committed batch with its edge in the ledger."""
        batch = record(session, row, facts)
        thing = f"datasets/{row.name}@{batch.version}"
        self.ledger.add(session, thing, "comes from", batch.source or "unknown", batch.job)
        return batch
