"""Walk the journey without a browser: sample, verdict, recipe, training, scoring, service, call.

Everything goes through the command line, as a script of one's own would, in a workspace that is
thrown away at the end. Run it with `make demo`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-m", "cookhouse.cli"]
NOTEBOOK = "Luma propensity.ipynb"


def say(words: str) -> None:
    print(f"\n\033[1m{words}\033[0m" if sys.stdout.isatty() else f"\n{words}")


def walk(folder: Path) -> None:
    """Take the sample's notebook the whole way in `folder`."""
    workspace, files = folder / "workspace", folder / "files"
    files.mkdir()

    def cookhouse(*words: str, given: str | None = None) -> Any:
        print("  cookhouse", " ".join(words))
        done = subprocess.run(
            [*COMMAND, *words, "--workspace", str(workspace), "--json"],
            cwd=files,
            input=given,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            sys.exit(f"“cookhouse {' '.join(words)}” ended with {done.returncode}: {done.stdout}")
        return json.loads(done.stdout)

    try:
        say("The sample: datasets of a web shop, and a notebook")
        cookhouse("sample", "luma", "--folder", str(files))
        for dataset in cookhouse("dataset", "list")["items"]:
            print(f"    {dataset['name']}: {dataset['rows']:,} rows")

        say("The verdict, in no time and without running anything")
        check = cookhouse("recipe", "check", NOTEBOOK)
        kept = sum(statement["kept"] for statement in check["statements"])
        print(f"    {check['verdict']}: {kept} of {len(check['statements'])} statements kept")

        say("The recipe, proven")
        recipe = cookhouse("recipe", "create", NOTEBOOK)
        proof = recipe["proof"]
        print(f"    {recipe['name']} {recipe['version']}: {proof['verdict']}, {proof['metric']}")
        print(f"    scoring: {proof['scoring']['verdict']}")

        say("A training")
        run = cookhouse("train", recipe["name"])
        print(f"    {run['state']}: {run['metrics']}")

        say("A scoring: one new batch")
        results = "luma-propensity-results"
        scoring = cookhouse("score", run["model"], "--input", "luma-scoring", "--output", results)
        print(f"    {scoring['batch']['rows']:,} rows in {scoring['batch']['dataset']}")

        say("A service, and a call")
        service = cookhouse("publish", run["model"], "--name", "propensity")
        row = cookhouse("dataset", "preview", "luma-scoring", "--limit", "1")
        names = [column["name"] for column in row["columns"]]
        body = {"dataframe_records": [dict(zip(names, row["rows"][0], strict=True))]}
        answer = cookhouse("call", service["name"], "-", given=json.dumps(body))
        print(f"    {answer['predictions'][0]}")
        cookhouse("service", "stop", service["name"])
    finally:
        stop = [sys.executable, "-m", "cookhouse.floor.jobs.stop", str(workspace)]
        subprocess.run(stop, check=False)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="cookhouse-demo-") as place:
        walk(Path(place))
    say("Done.")
