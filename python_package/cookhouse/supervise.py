"""The supervisor's process: `python -m cookhouse.supervise WORKSPACE SETTINGS`."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from cookhouse.floor.config import Config
from cookhouse.floor.jobs.supervisor import supervise
from cookhouse.house import House


def house_of(argv: list[str]) -> House:
    """Build the house that `floor.jobs.supervisor.start` described on the command line."""
    given = json.loads(argv[2])
    root_dir = Path(given["root_dir"]) if given["root_dir"] else None
    return House(Path(argv[1]), Config.from_json(given["config"]), root_dir)


def main() -> None:
    """Supervise the workspace named on the command line."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    house = house_of(sys.argv)
    try:
        supervise(house)
    finally:
        house.close()


if __name__ == "__main__":
    main()
