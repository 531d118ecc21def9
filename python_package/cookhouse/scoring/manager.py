"""Scorings: a model's predictions for a dataset's rows, as one new batch of another dataset."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from cookhouse.datasets.kernels import client_environment
from cookhouse.datasets.messages import Schema
from cookhouse.errors import Invalid, NotFound
from cookhouse.floor.database import now
from cookhouse.floor.jobs import JobKind, Outcome
from cookhouse.floor.jobs.records import JobRow
from cookhouse.floor.messages import ListQuery
from cookhouse.scoring import checks, store
from cookhouse.scoring.files import summary_in
from cookhouse.scoring.messages import CreateScoring, Scoring, ScoringPage, ScoringQuery
from cookhouse.scoring.store import DEAD, ScoringRow

if TYPE_CHECKING:
    from cookhouse.house import House
    from cookhouse.models.resolved import ResolvedRun

KIND = "scoring.score"
BODY = "cookhouse.scoring.operations:score"


class ScoringManager:
    """All scorings of a workspace."""

    def __init__(self, house: House) -> None:
        self._house = house
        house.jobs.register(JobKind(name=KIND, body=BODY, finish=self._finish))

    def list(self, query: ScoringQuery) -> ScoringPage:
        """List scorings, newest first."""
        self._compare()
        with self._house.database.read() as session:
            rows, following, total = store.page(session, query)
            items = [store.message(session, row) for row in rows]
        return ScoringPage(items=items, next=following, total=total)

    def show(self, id: str) -> Scoring:
        """Show one scoring. Raises `NotFound`."""
        self._compare()
        with self._house.database.read() as session:
            row = session.get(ScoringRow, id)
            if row is None:
                raise NotFound(f"There is no scoring “{id}”.")
            return store.message(session, row)

    def create(self, body: CreateScoring, user: str, key: str | None = None) -> Scoring:
        """Score a dataset's rows into one new batch of another.

        Everything that can be known before the job starts is checked here: model, proof, columns
        and their types, the output's schema. The same idempotency key gives the same scoring; one
        that had died is tried again and still adds its batch once.
        """
        request = f"{user}:{key}" if key else None
        if request is not None and (known := self._again(request)) is not None:
            return known
        resolved = self._house.models.resolve(body.model, body.run, body.accept)
        arguments = self._arguments(body, resolved, user)
        scoring = uuid.uuid4().hex[:16]
        with self._house.database.write() as session:
            # Two presses may have come in at once; the second waited for this lock.
            twin = store.by_request(session, request) if request else None
            if twin is not None:
                return store.message(session, twin)
            row = ScoringRow(
                id=scoring, job="", request=request, model=resolved.model, run=resolved.run,
                input=body.input, input_version=arguments["version"], output=body.output,
                batch=store.batch_of(scoring), who=user, refused=[],
            )  # fmt: skip
            session.add(row)
            arguments |= {"scoring": row.id, "batch": row.batch}
            self._enqueue(session, row, arguments)
            made = store.message(session, row)
        self._house.jobs.wake()
        return made

    def _again(self, request: str) -> Scoring | None:
        """Return the scoring of a request that came before; a dead one gets another job."""
        self._compare()
        with self._house.database.write() as session:
            row = store.by_request(session, request)
            if row is None:
                return None
            if row.state in DEAD:
                job = session.get(JobRow, row.job)
                if job is not None:
                    row.state, row.reason, row.finished, row.known = "pending", None, None, False
                    self._enqueue(session, row, dict(job.arguments))
            made = store.message(session, row)
        self._house.jobs.wake()
        return made

    def _enqueue(self, session: Session, row: ScoringRow, arguments: dict[str, Any]) -> None:
        job = self._house.jobs.enqueue(
            session, kind=KIND, title=f"Score {row.input} with {row.model}",
            subject=("scoring", row.id), arguments=arguments, who=row.who,
        )  # fmt: skip
        row.job = job.id
        session.flush()
        self._house.changes.touch_in(session, "scoring")

    def _arguments(self, body: CreateScoring, resolved: ResolvedRun, user: str) -> dict[str, Any]:
        """Check the request against both schemas; return what the job needs to know."""
        if body.input.lower() == body.output.lower():
            raise Invalid(
                f"Input and output are both “{body.input}”: name another dataset for the result."
            )
        datasets = self._house.datasets
        schema: Schema = datasets.schema(body.input)
        if not schema.fields:
            raise Invalid(f"The dataset “{body.input}” has no rows yet: add a batch first.")
        columns = checks.check_input(
            body.input, schema.fields, resolved.input_columns, resolved.recipe
        )
        identity = checks.identity_of(schema.fields)
        predicted = checks.prediction_type(resolved.task, resolved.classes)
        binary = resolved.task == "classification" and len(resolved.classes) == 2
        checks.check_output(
            body.output, self._fields_of(body.output),
            checks.output_fields(identity, predicted, binary),
        )  # fmt: skip
        return {
            "model": resolved.model, "run": resolved.run, "input": body.input,
            "output": body.output, "version": schema.version, "columns": columns,
            "identity": identity, "predicted": predicted, "binary": binary,
            "recipe_folder": str(resolved.recipe_folder),
            "model_folder": str(resolved.model_folder),
            "interpreter": str(resolved.interpreter),
            "overlay": str(resolved.overlay) if resolved.overlay else None,
            "environment": client_environment(self._house), "who": user,
        }  # fmt: skip

    def _fields_of(self, dataset: str) -> Any:
        try:
            return self._house.datasets.schema(dataset).fields
        except NotFound:
            return []

    # Endings

    def _finish(self, session: Session, job: JobRow, outcome: Outcome) -> None:
        """Note how a scoring ended; runs in the transaction that ends its job."""
        row = session.get(ScoringRow, job.arguments["scoring"])
        if row is None or row.job != job.id:
            return
        row.state, row.reason, row.finished = outcome["state"], outcome["reason"], now()
        row.started = job.started
        result = outcome["result"]
        if outcome["state"] == "succeeded" and result is not None:
            self._added(session, row, result["added"], result["refused"])
        self._house.changes.touch_in(session, "scoring")

    def _added(
        self, session: Session, row: ScoringRow, added: dict[str, Any], refused: Any
    ) -> None:
        row.rows, row.refused, row.known = added["rows"], refused, True
        facts = {"source": f"scoring/{row.id}", "who": row.who, "job": row.job}
        self._house.datasets.batch_added(session, row.output, added | facts)
        self._edges(session, row)

    def _edges(self, session: Session, row: ScoringRow) -> None:
        thing, add = f"scoring/{row.id}", self._house.ledger.add
        add(session, thing, "uses", f"models/{row.model}@{row.run}", row.job)
        add(session, thing, "reads", f"datasets/{row.input}@{row.input_version}", row.job)
        add(session, thing, "adds to", f"datasets/{row.output}", row.job)

    def _compare(self) -> None:
        """Find the batches of scorings whose process died after it had committed."""
        with self._house.database.read() as session:
            ids = store.unknown(session)
        for id in ids:
            self._compare_one(id)

    def _compare_one(self, id: str) -> None:
        with self._house.database.read() as session:
            row = session.get(ScoringRow, id)
            if row is None:
                return
            output, batch = row.output, row.batch
        rows = self._rows_of(output, batch)
        with self._house.database.write() as session:
            row = session.get(ScoringRow, id)
            if row is None or row.known or row.state not in DEAD:
                return
            row.known = True
            if rows is None:
                return
            summary = summary_in(self._house.jobs.folder(row.job))
            row.state, row.rows, row.refused = "succeeded", rows, summary.get("refused", [])
            row.reason = "Its process ended right after the batch was added."
            self._edges(session, row)
            self._house.changes.touch_in(session, "scoring")

    def _rows_of(self, dataset: str, batch: str) -> int | None:
        try:
            found = self._house.datasets.batches(dataset, ListQuery(filter=batch, limit=1))
        except NotFound:
            return None
        return next((item.rows for item in found.items if item.state == "active"), None)
