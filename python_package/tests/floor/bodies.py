"""Job bodies and a supervisor that knows them; run as processes of their own by the tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def add(context: Any) -> dict[str, Any]:
    """Add up, saying so on the way."""
    total = 0
    for number, value in enumerate(context.arguments["values"]):
        context.progress(f"Adding {value}", number / 10)
        context.metric("total", total, number)
        context.log(f"line {number}")
        total += value
    return {"total": total, "attempt": context.attempt}


def sleep(context: Any) -> dict[str, Any]:
    """Sleep, leaving a trace at the begin and, when allowed, at the end."""
    trace = Path(context.arguments["trace"])
    with trace.open("a") as file:
        file.write(f"begin {os.getpid()} {context.id} {context.attempt}\n")
    context.progress("Sleeping")
    time.sleep(context.arguments["seconds"])
    context.still_current()
    with trace.open("a") as file:
        file.write(f"end {os.getpid()} {context.id} {context.attempt}\n")
    return {}


def stubborn(context: Any) -> dict[str, Any]:
    """Ignore the request to end, have a child and a grandchild that left the group."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pids = Path(context.arguments["trace"])
    forked = (
        "import os, signal, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "if os.fork(): os._exit(0)\n"
        "os.setsid()\n"
        "if os.fork(): os._exit(0)\n"
        "open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')\n"
        "time.sleep(600)\n"
    )
    subprocess.run([sys.executable, "-c", forked, str(pids)], check=True)
    with pids.open("a") as file:
        file.write(f"{os.getpid()}\n")
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with pids.open("a") as file:
        file.write(f"{child.pid}\n")
    context.progress("Standing still")
    time.sleep(600)
    return {}


def fail(context: Any) -> dict[str, Any]:
    """Fail in the way that is asked for."""
    way = context.arguments["way"]
    if way == "failure":
        from cookhouse.errors import Invalid

        raise Invalid("The file “a.csv” has ragged rows: mend row 7.")
    if way == "error":
        raise ValueError("unforeseen")
    if way == "exit":
        sys.exit(3)
    if way == "die":
        os._exit(9)
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def environ(context: Any) -> dict[str, Any]:
    """Return the environment's names and the modules' places."""
    import cookhouse

    return {"environ": dict(os.environ), "path": sys.path, "cookhouse": cookhouse.__file__}


def memory(context: Any) -> dict[str, Any]:
    """Take memory until stopped."""
    taken = []
    while True:
        taken.append(bytearray(os.urandom(1024)) * 20_000)
        time.sleep(0.05)


def chatter(context: Any) -> dict[str, Any]:
    """Write lines to the log."""
    for number in range(context.arguments["lines"]):
        print(f"{number} {'é' * context.arguments.get('width', 10)}")
    return {}


def programs(context: Any) -> dict[str, Any]:
    """Run a program that reports events."""
    events: list[dict[str, Any]] = []
    code = (
        "import json, os, sys\n"
        "with open(os.environ['COOKHOUSE_EVENTS'], 'a') as file:\n"
        "    for number in range(100):\n"
        "        file.write(json.dumps({'number': number}) + '\\n')\n"
        "print('said by the program')\n"
        "sys.exit(4)\n"
    )
    exit_code = context.run([sys.executable, "-c", code], on_event=events.append)
    return {"code": exit_code, "events": len(events), "last": events[-1]["number"]}


def full_disk(context: Any) -> dict[str, Any]:
    """Meet a full disk."""
    with open("/dev/full", "w") as file:
        file.write("x" * 100_000)
    return {}


def open_files(context: Any) -> dict[str, Any]:
    """Open files up to the limit."""
    import resource

    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    return {"files": [open(os.devnull) for _ in range(1_000)]}


BODIES = (add, sleep, stubborn, fail, environ, memory, chatter, programs, full_disk, open_files)


def register(house: Any, **more: Any) -> None:
    """Make the bodies known as kinds `test.<name>`; each ending is written to the ledger."""
    from cookhouse.floor.jobs import JobKind

    def finish(session: Any, job: Any, outcome: Any) -> None:
        thing = f"jobs/{job.id}@{job.attempt}"
        house.ledger.add(session, f"tests/{job.name}", outcome["state"], thing)

    def broken(session: Any, job: Any, outcome: Any) -> None:
        house.ledger.add(session, f"tests/{job.name}", outcome["state"], "broken")
        session.flush()
        if outcome["state"] == "succeeded":
            raise ValueError("the room's record is missing")

    for body in BODIES:
        limits = more if body.__name__ in more.get("only", ()) else {}
        house.jobs.register(
            JobKind(
                f"test.{body.__name__}", f"{__file__}:{body.__name__}", finish,
                seconds=limits.get("seconds"), memory=limits.get("memory"),
            )
        )  # fmt: skip
    house.jobs.register(JobKind("test.limited", f"{__file__}:sleep", finish, seconds=0.5))
    house.jobs.register(
        JobKind("test.greedy", f"{__file__}:memory", finish, memory=200 * 1024 * 1024)
    )
    house.jobs.register(JobKind("test.broken", f"{__file__}:add", broken))
    house.jobs.register(JobKind("test.own", f"{__file__}:environ", finish, runs_in="own"))


def main() -> None:
    """Be a supervisor that knows the test's kinds."""
    from cookhouse.floor.jobs.supervisor import supervise
    from cookhouse.supervise import house_of

    house = house_of(sys.argv)
    register(house)
    supervise(house)
    house.close()


if __name__ == "__main__":
    main()
