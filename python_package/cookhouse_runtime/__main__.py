"""Command line of a recipe's runtime; needs nothing but the notebook's own interpreter.

    PYTHON -m <package>._runtime train --recipe DIR --out DIR --request FILE
    PYTHON -m <package>._runtime score --recipe DIR --model DIR --input FILE --output FILE \\
        --request FILE

with the recipe's parent folder on `PYTHONPATH`. `PYTHON <recipe>/_runtime/__main__.py …` does the
same from anywhere. Exit 0: done; 1: it failed, and the last line of `events.jsonl` (beside the
output when scoring) says why; 2: used wrongly.

A training's request: `{"hyperparameters": {name: value}, "binding": {"kind": "file"} or
{"kind": "dataset", "name": NAME, "path": FILE}, "overlay": FOLDER or null, "seed": int or null}`.
A scoring's: `{"overlay": FOLDER or null, "chunk_rows": int, "keep": [columns to pass through]}`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="recipe")
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train")
    score = commands.add_parser("score")
    for command in (train, score):
        command.add_argument("--recipe", type=Path, required=True)
        command.add_argument("--request", type=Path, required=True)
    train.add_argument("--out", type=Path, required=True)
    score.add_argument("--model", type=Path, required=True)
    score.add_argument("--input", type=Path, required=True)
    score.add_argument("--output", type=Path, required=True)
    given = parser.parse_args(arguments)
    request: dict[str, Any] = json.loads(given.request.read_text(encoding="utf-8"))
    package = _package()
    if given.command == "train":
        module = importlib.import_module(".training", package)
        recipe = importlib.import_module(".recipe", package).Recipe.open(given.recipe)
        return int(module.train_into(recipe, given.out, request))
    module = importlib.import_module(".scoring", package)
    return int(module.score_into(given.recipe, given.model, given.input, given.output, request))


def _package() -> str:
    if __package__:
        return __package__
    folder = Path(__file__).resolve().parent
    sys.path[0] = str(folder.parent.parent)
    return f"{folder.parent.name}.{folder.name}"


if __name__ == "__main__":
    sys.exit(main())
