"""The commands of the command line, room by room."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from cookhouse.cli import (
    FAILED,
    read_body,
    settings_of,
    show,
    show_all,
    table,
    with_client,
)
from cookhouse.floor.messages import JobQuery, JobState

if TYPE_CHECKING:
    from cookhouse.client import Client

Arguments = argparse.Namespace
# argparse keeps this class to itself.
Words = Any


def add_all(words: Words, common: argparse.ArgumentParser) -> None:
    """Add every command."""
    _add_data(words, common)
    _add_recipe(words, common)
    _add_walk(words, common)
    _add_house(words, common)


def _add(words: Words, common: argparse.ArgumentParser, name: str, about: str, run: Any) -> Any:
    found = words.add_parser(name, help=about, description=about, parents=[common])
    found.set_defaults(command=run)
    return found


def _group(words: Words, name: str, about: str) -> Words:
    return words.add_parser(name, help=about, description=about).add_subparsers(
        metavar="COMMAND", required=True
    )


def _add_data(words: Words, common: argparse.ArgumentParser) -> None:
    found = _add(words, common, "sample", "make a sample: datasets and notebooks",
                 with_client(sample, engine=True))  # fmt: skip
    found.add_argument("name", metavar="NAME", help="the sample's name: luma")
    found.add_argument("--rows", type=int, default=20_000, help="how many web events")
    found.add_argument("--seed", type=int, default=7, help="the same seed makes the same rows")
    found.add_argument("--folder", default=".", help="where its notebooks go")
    found.add_argument("--reset", action="store_true", help="bring it back to its first state")
    group = _group(words, "dataset", "named tables with a schema")
    found = _add(group, common, "ingest", "add files as one batch",
                 with_client(ingest, engine=True))  # fmt: skip
    found.add_argument("name", metavar="NAME", help="the dataset; made where it is missing")
    found.add_argument("files", metavar="FILE", nargs="+", help="CSV, JSON, JSON Lines or Parquet")
    found.add_argument("--format", choices=["csv", "json", "jsonl", "parquet"])
    _add(group, common, "list", "list datasets", with_client(list_datasets))
    found = _add(group, common, "show", "show one dataset", with_client(show_dataset))
    found.add_argument("name", metavar="NAME")
    found = _add(group, common, "preview", "show rows", with_client(preview, engine=True))
    found.add_argument("name", metavar="NAME")
    found.add_argument("--offset", type=int, default=0, help="the first row, from 0")
    found.add_argument("--limit", type=int, default=20, help="how many rows")


def _add_recipe(words: Words, common: argparse.ArgumentParser) -> None:
    group = _group(words, "recipe", "versioned packages made of notebooks")
    found = _add(group, common, "check", "say what a recipe would keep of a notebook, and whether "
                 "one can be made; exit code 1 when not", check)  # fmt: skip
    found.add_argument("notebook", metavar="NOTEBOOK")
    found.add_argument("--model", metavar="VARIABLE", help="the model's variable")
    found = _add(group, common, "create", "make a recipe of a notebook and prove it",
                 with_client(create, engine=True))  # fmt: skip
    found.add_argument("notebook", metavar="NOTEBOOK")
    found.add_argument("--name", help="its name; default: that of the notebook's file")
    found.add_argument("--model", metavar="VARIABLE", help="the model's variable")
    found.add_argument("--no-proof", action="store_true", help="do not run it: stays unverified")
    found.add_argument("--python", metavar="PATH", help="the interpreter to take for the kernel's")
    _add(group, common, "list", "list recipes", with_client(list_recipes))
    found = _add(group, common, "show", "show a recipe", with_client(show_recipe))
    found.add_argument("name", metavar="NAME")
    found.add_argument("--version", help="default: the newest")
    found = _add(group, common, "export", "write a recipe's wheel", with_client(export))
    found.add_argument("name", metavar="NAME")
    found.add_argument("--version", help="default: the newest")
    found.add_argument("--output", default=".", help="a folder or a file")


def _add_walk(words: Words, common: argparse.ArgumentParser) -> None:
    found = _add(words, common, "train", "train a recipe", with_client(train, engine=True))
    found.add_argument("recipe", metavar="RECIPE")
    found.add_argument("--dataset", metavar="D", help="default: the recipe's own data")
    found.add_argument("--set", metavar="key=value", action="append", default=[], dest="values",
                       help="a hyperparameter; may be repeated")  # fmt: skip
    found = _add(words, common, "score", "score a dataset into one new batch of another",
                 with_client(score, engine=True))  # fmt: skip
    found.add_argument("model", metavar="MODEL")
    found.add_argument("--input", metavar="D", required=True)
    found.add_argument("--output", metavar="D", required=True, help="made where it is missing")
    found = _add(words, common, "publish", "publish a model as a service",
                 with_client(publish, engine=True))  # fmt: skip
    found.add_argument("model", metavar="MODEL", help="the model that train named")
    found.add_argument("--name", metavar="S", help="the service; default: the model's name")
    for each in (words.choices["score"], found):
        each.add_argument("--run", metavar="ID", help="default: the last run that succeeded")
        each.add_argument("--accept", action="store_true",
                          help="take the difference that the recipe's proof names")  # fmt: skip
    found = _add(words, common, "call", "call a service", with_client(call))
    found.add_argument("service", metavar="S")
    found.add_argument("body", metavar="FILE", help="an /invocations body; - reads it from stdin")


def _add_house(words: Words, common: argparse.ArgumentParser) -> None:
    group = _group(words, "service", "published models")
    _add(group, common, "list", "list services", with_client(list_services))
    for name, state in (("start", "running"), ("stop", "stopped")):
        found = _add(group, common, name, f"{name} a service", with_client(set_service))
        found.add_argument("name", metavar="S")
        found.set_defaults(state=state)
    group = _group(words, "job", "long work")
    found = _add(group, common, "list", "list jobs, newest first", with_client(list_jobs))
    found.add_argument("--state", choices=[*get_args(JobState), "active"])
    found = _add(group, common, "log", "print a job's log", with_client(job_log))
    found.add_argument("id", metavar="ID")
    found = _add(group, common, "cancel", "cancel a job", with_client(cancel))
    found.add_argument("id", metavar="ID")
    group = _group(words, "engine", "the environment of the heavy libraries")
    _add(group, common, "status", "say whether it is built", with_client(engine_status))
    _add(group, common, "build", "build it where it is missing",
         with_client(engine_status, engine=True))  # fmt: skip


def sample(client: Client, given: Arguments) -> int:
    """Make or reset a sample."""
    if given.reset:
        job = client.reset_sample(given.name, folder=given.folder)
        return show(given, job, f"The sample {given.name} is as it was first made.")
    job = client.sample(given.name, rows=given.rows, seed=given.seed, folder=given.folder)
    return show(given, job, f"The sample {given.name} is made; its notebooks are in {given.folder}")


def ingest(client: Client, given: Arguments) -> int:
    """Add files as one batch."""
    batch = client.ingest(given.name, given.files, form=given.format)
    return show(given, batch, f"{batch.rows} rows added to {given.name} as batch {batch.id}")


def list_datasets(client: Client, given: Arguments) -> int:
    """List datasets."""
    return show_all(given, client.datasets(), ["name", "rows", "batches", "updated"])


def show_dataset(client: Client, given: Arguments) -> int:
    """Show one dataset."""
    found = client.dataset(given.name)
    return show(given, found, f"{found.name}: {found.rows} rows in {found.batches} batches")


def preview(client: Client, given: Arguments) -> int:
    """Show rows."""
    rows = client.preview(given.name, offset=given.offset, limit=given.limit)
    if given.json:
        print(rows.model_dump_json())
    else:
        table([column.name for column in rows.columns], rows.rows)
    return 0


def check(given: Arguments) -> int:
    """Analyse a notebook; needs no workspace, no engine and no kernel."""
    from cookhouse.errors import NotFound
    from cookhouse_convert import analyse

    notebook = Path(given.notebook)
    if not notebook.is_file():
        raise NotFound(f"There is no notebook “{given.notebook}”.")
    found = analyse(notebook, path=notebook, model=given.model)
    if given.json:
        print(json.dumps(found.as_dict()))
    else:
        for finding in found.findings:
            where = f"{given.notebook}:{finding.cell}:{finding.line}"
            print(f"{where}: {finding.severity}: {finding.what} {finding.fix}")
        kept = sum(statement.kept for statement in found.statements)
        print(f"{found.verdict}: {kept} of {len(found.statements)} statements are kept")
    return 0 if found.verdict == "convertible" else FAILED


def create(client: Client, given: Arguments) -> int:
    """Make a recipe."""
    found = client.create_recipe(
        given.notebook, name=given.name, model=given.model, proof=not given.no_proof,
        python=given.python,
    )  # fmt: skip
    words = f"{found.name} {found.version}: {found.proof.verdict}, scoring "
    return show(given, found, f"{words}{found.proof.scoring.verdict}. {found.proof.sentence}")


def list_recipes(client: Client, given: Arguments) -> int:
    """List recipes."""
    columns = ["name", "version", "verdict", "scoring", "estimator", "created"]
    return show_all(given, client.recipes(), columns)


def show_recipe(client: Client, given: Arguments) -> int:
    """Show a recipe."""
    found = client.recipe(given.name, given.version)
    return show(given, found, f"{found.name} {found.version}: {found.sentence}\n\n{found.source}")


def export(client: Client, given: Arguments) -> int:
    """Write a recipe's wheel."""
    path = client.export_recipe(given.name, given.version, given.output)
    print(json.dumps({"path": str(path)}) if given.json else path)
    return 0


def train(client: Client, given: Arguments) -> int:
    """Train a recipe."""
    run = client.train(given.recipe, dataset=given.dataset, values=settings_of(given.values))
    figures = ", ".join(f"{name} {value:.4g}" for name, value in run.metrics.items())
    return show(given, run, f"run {run.number} of {run.model} ({run.id}): {figures}")


def score(client: Client, given: Arguments) -> int:
    """Score a dataset."""
    found = client.score(
        given.model, given.input, given.output, run=given.run, accept=given.accept,
    )  # fmt: skip
    rows = found.batch.rows if found.batch else 0
    return show(given, found, f"{rows} rows added to {found.output}")


def publish(client: Client, given: Arguments) -> int:
    """Publish a model."""
    found = client.publish(given.model, name=given.name, run=given.run, accept=given.accept)
    words = f"{found.name} {found.version} answers at {found.url}\nkey (shown once): {found.key}"
    return show(given, found, words)


def call(client: Client, given: Arguments) -> int:
    """Call a service; its answer is JSON either way."""
    print(json.dumps(client.call(given.service, read_body(given.body))))
    return 0


def list_services(client: Client, given: Arguments) -> int:
    """List services."""
    return show_all(given, client.services(), ["name", "state", "version", "model", "url"])


def set_service(client: Client, given: Arguments) -> int:
    """Start or stop a service."""
    found = client.set_service(given.name, given.state)
    return show(given, found, f"{found.name} is {found.state}")


def list_jobs(client: Client, given: Arguments) -> int:
    """List jobs."""
    page = client.house.jobs.list(JobQuery(limit=500, state=given.state))
    return show_all(given, page.items, ["id", "state", "title", "created", "reason"])


def job_log(client: Client, given: Arguments) -> int:
    """Print a job's log."""
    if not given.json:
        client.read_log(given.id, sys.stdout.write)
        return 0
    parts: list[str] = []
    client.read_log(given.id, parts.append)
    print(json.dumps({"text": "".join(parts)}))
    return 0


def cancel(client: Client, given: Arguments) -> int:
    """Cancel a job."""
    job = client.house.jobs.cancel(given.id)
    return show(given, job, f"{job.title}: {job.step or job.state}")


def engine_status(client: Client, given: Arguments) -> int:
    """Say whether the engine's environment is built."""
    found = client.house.engine_status()
    show(given, found, f"{found.state}: {found.path or found.message}")
    return 0 if found.state == "ready" else FAILED
