"""The command line: one function a command; results on standard output, progress on the other.

Exit codes: 0 done, 1 the thing failed, 2 used wrongly.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cookhouse.errors import Failure, Invalid

if TYPE_CHECKING:
    from pydantic import BaseModel

    from cookhouse.client import Client
    from cookhouse.floor.messages import Job

Command = Callable[["Client", argparse.Namespace], int]
FAILED = 1
USED_WRONGLY = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = parser().parse_args(argv)
    try:
        code: int = arguments.command(arguments)
    except Failure as failure:
        return _fail(arguments, failure)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        sys.stdout = None
        return 0
    return code


def _fail(arguments: argparse.Namespace, failure: Failure) -> int:
    print(f"cookhouse: {failure.message}", file=sys.stderr)
    if arguments.json:
        problem = {"code": failure.code, "message": failure.message, "detail": failure.detail}
        print(json.dumps(problem))
    return FAILED


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    from cookhouse import __version__, commands

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--workspace", metavar="DIR", help="the workspace; default: your own")
    common.add_argument(
        "--json", action="store_true", help="print one JSON document, as REST answers it"
    )
    top = argparse.ArgumentParser(
        prog="cookhouse", description="A notebook becomes a recipe, a model, a score, a service."
    )
    top.add_argument("--version", action="version", version=f"cookhouse {__version__}")
    words = top.add_subparsers(metavar="COMMAND", required=True)
    commands.add_all(words, common)
    return top


def with_client(run: Command, *, engine: bool = False) -> Callable[[argparse.Namespace], int]:
    """Wrap a command so that it gets a client; with `engine`, one whose engine is built."""

    def command(arguments: argparse.Namespace) -> int:
        from cookhouse.client import Client

        with Client(arguments.workspace, say=_say) as client:
            if engine:
                client.prepare_engine()
            return run(client, arguments)

    return command


def _say(job: Job) -> None:
    part = f"{job.fraction:4.0%} " if job.fraction is not None else ""
    print(f"{job.title}: {part}{job.step or job.state}", file=sys.stderr, flush=True)


def show(arguments: argparse.Namespace, message: BaseModel, words: str) -> int:
    """Print a message: as JSON where that was asked for, else as words."""
    print(message.model_dump_json() if arguments.json else words)
    return 0


def show_all(
    arguments: argparse.Namespace, items: Sequence[BaseModel], columns: Sequence[str]
) -> int:
    """Print a list: as one page in JSON, else as a table of some columns."""
    rows = [item.model_dump(mode="json") for item in items]
    if arguments.json:
        print(json.dumps({"items": rows, "next": None, "total": len(rows)}))
        return 0
    table(columns, [[row.get(column) for column in columns] for row in rows])
    return 0


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows in aligned columns."""
    lines = [list(columns), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def settings_of(pairs: Sequence[str]) -> dict[str, Any]:
    """Read `key=value` pairs. Raises `Invalid`."""
    from cookhouse.client import value_of

    found = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise Invalid(f"“{pair}” is not key=value, as in --set C=0.1.")
        found[key] = value_of(value)
    return found


def read_body(source: str) -> dict[str, Any]:
    """Read the body of a call from a file, or from standard input for `-`. Raises `Invalid`."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        body = json.loads(text)
    except (OSError, ValueError) as error:
        raise Invalid(f"“{source}” holds no JSON that can be read: {error}.") from None
    if not isinstance(body, dict):
        raise Invalid('The body must be an object, as in {"dataframe_records": [{…}]}.')
    return body


if __name__ == "__main__":
    sys.exit(main())
