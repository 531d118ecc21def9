"""Endpoints of jobs, uploads and the status."""

from __future__ import annotations

from cookhouse.floor.messages import (
    CreateUpload,
    Job,
    JobQuery,
    LogPart,
    LogQuery,
    MetricsPart,
    MetricsQuery,
    Page,
    Status,
    Upload,
    UploadQuery,
)
from cookhouse.http import Call, File, Routes

JobPage = Page[Job]
routes = Routes()


@routes.add("GET", "jobs", role="viewer", answer=JobPage, query=JobQuery)
def list_jobs(call: Call) -> JobPage:
    """List jobs, newest first."""
    return call.house.jobs.list(call.query)


@routes.add("GET", "jobs/{id}", role="viewer", answer=Job)
def show_job(call: Call) -> Job:
    """Show one job."""
    return call.house.jobs.show(call.path["id"])


@routes.add("GET", "jobs/{id}/log", role="viewer", answer=LogPart, query=LogQuery)
def read_log(call: Call) -> LogPart:
    """Read a part of a job's log from an offset."""
    return call.house.jobs.log(call.path["id"], call.query.offset, call.query.limit)


@routes.add("GET", "jobs/{id}/log/file", role="viewer", answer=None)
def download_log(call: Call) -> File:
    """Download a job's whole log."""
    return File(call.house.jobs.log_file(call.path["id"]), f"{call.path['id']}.log", "text/plain")


@routes.add("GET", "jobs/{id}/metrics", role="viewer", answer=MetricsPart, query=MetricsQuery)
def read_metrics(call: Call) -> MetricsPart:
    """Read the points that a job reported after a number."""
    return call.house.jobs.metrics(call.path["id"], call.query.after)


@routes.add("POST", "jobs/{id}/cancellation", role="author", answer=Job, status=202)
def cancel_job(call: Call) -> Job:
    """Cancel a job; one that has ended stays as it is."""
    return call.house.jobs.cancel(call.path["id"])


@routes.add("POST", "uploads", role="author", answer=Upload, body=CreateUpload, status=201,
            location="uploads/{id}")  # fmt: skip
def create_upload(call: Call) -> Upload:
    """Announce a file that is sent in parts."""
    return call.house.uploads.create(call.body, call.user)


@routes.add("GET", "uploads/{id}", role="author", answer=Upload)
def show_upload(call: Call) -> Upload:
    """Say how much of a file has arrived."""
    return call.house.uploads.show(call.path["id"])


@routes.add("PUT", "uploads/{id}", role="author", answer=Upload, query=UploadQuery, binary=True)
def receive_part(call: Call) -> Upload:
    """Take the next part of a file at its offset."""
    return call.house.uploads.receive(call.path["id"], call.query.offset, call.raw)


@routes.add("DELETE", "uploads/{id}", role="author", answer=None)
def drop_upload(call: Call) -> None:
    """Throw away a file that was sent."""
    call.house.uploads.drop(call.path["id"])


@routes.add("GET", "status", role="viewer", answer=Status)
def show_status(call: Call) -> Status:
    """Say version, workspace, engine and who is asking."""
    return call.house.status(call.user, call.role)


@routes.add("POST", "status/engine", role="operator", answer=Job, status=202, location="jobs/{id}")
def build_engine(call: Call) -> Job:
    """Build the engine's environment where it is missing."""
    return call.house.build_engine(call.user)
