"""`python -m cookhouse_convert check NOTEBOOK`: the verdict in continuous integration."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cookhouse_convert import analyse
from cookhouse_convert.check import as_text


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when a recipe can be made, 1 when refused, 2 when used wrongly."""
    parser = argparse.ArgumentParser(prog="python -m cookhouse_convert", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="say whether a notebook can become a recipe")
    check.add_argument("notebook", type=Path, metavar="NOTEBOOK")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    check.add_argument("--model", metavar="VARIABLE", help="the variable of the model to convert")
    options = parser.parse_args(arguments)
    if not options.notebook.is_file():
        print(f"There is no file {options.notebook}; name a notebook.", file=sys.stderr)
        return 2
    analysis = analyse(options.notebook, model=options.model)
    if options.json:
        print(json.dumps(analysis.as_dict(), ensure_ascii=False, indent=2))
    else:
        print(as_text(analysis), end="")
    return 0 if analysis.verdict == "convertible" else 1


if __name__ == "__main__":
    sys.exit(main())
