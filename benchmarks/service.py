"""A service on the host's own port, against bare `predict` of the same stored model."""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import threading
import time
from typing import Any
from urllib.parse import urlsplit

from shop import NOTEBOOKS, kitchen, recipe, report

ROUNDS = 10
CALLS = 60
CLIENTS = 16
LIMIT = 1.3
PEER = """
import json, sys, time
from pathlib import Path
recipe, model, overlay, row = sys.argv[1:]
sys.path.insert(0, str(Path(recipe).parent))
TrainedModel = __import__(Path(recipe).name + "._runtime", fromlist=["x"]).TrainedModel
trained = TrainedModel.load(Path(recipe), Path(model), overlay)
import pandas as pd
frame = pd.DataFrame([json.loads(row)])
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        begun = time.perf_counter()
        trained.predict(frame)
        times.append(time.perf_counter() - begun)
    print(json.dumps(times), flush=True)
"""


class Caller:
    """One connection that stays open, as a client library keeps it."""

    def __init__(self, address: str, key: str, row: dict[str, Any]) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
        self.body = json.dumps({"dataframe_records": [row]})

    def call(self) -> float:
        """Send the row; return the seconds until its answer."""
        begun = time.perf_counter()
        self.connection.request("POST", "/invocations", self.body, self.headers)
        answer = self.connection.getresponse()
        document = json.loads(answer.read())
        taken = time.perf_counter() - begun
        assert answer.status == 200, document
        return taken


class Bare:
    """The same stored model in a process of its own, asked for rounds of predictions."""

    def __init__(self, resolved: Any, row: dict[str, Any]) -> None:
        self.process = subprocess.Popen(
            [str(NOTEBOOKS), "-c", PEER, str(resolved.recipe_folder), str(resolved.model_folder),
             str(resolved.overlay), json.dumps(row)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def times(self, count: int) -> list[float]:
        """Return the seconds of `count` predictions."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{count}\n")
        self.process.stdin.flush()
        taken: list[float] = json.loads(self.process.stdout.readline())
        return taken


def crowd(address: str, key: str, row: dict[str, Any]) -> float:
    """Return the answers a second that many clients get at once."""
    callers = [Caller(address, key, row) for _ in range(CLIENTS)]
    threads = [
        threading.Thread(target=lambda one=one: [one.call() for _ in range(100)]) for one in callers
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CLIENTS * 100 / (time.perf_counter() - begun)


def measure() -> list[dict[str, Any]]:
    """Measure and print."""
    with kitchen() as (client, folder):
        model = client.train(recipe(client, folder, 5_000)).model
        service = client.publish(model, name="shop")
        resolved = client.house.models.resolve(model)
        row = {name: value for name, value in resolved.example.items() if name != "bought"}
        assert service.host_url is not None
        assert service.key is not None
        one, bare_model = Caller(service.host_url, service.key, row), Bare(resolved, row)
        times, bares = [one.call() for _ in range(20)][:0], bare_model.times(20)[:0]
        # In turns, so that whatever else the machine does meets both alike.
        for _ in range(ROUNDS):
            times += [one.call() for _ in range(CALLS)]
            bares += bare_model.times(CALLS)
        bare_model.process.kill()
        rate = crowd(service.host_url, service.key, row)
        client.set_service("shop", "stopped")
    ours, bare = statistics.median(times), statistics.median(bares)
    alone = 1 / bare
    return [
        report("service, one client, p50", f"{ours * 1000:.2f} ms",
               f"bare predict {bare * 1000:.2f} ms", f"{ours / bare:.2f} x", f"{LIMIT} x",
               ours <= LIMIT * bare),
        report(f"service, {CLIENTS} clients", f"{rate:.0f} answers/s",
               f"bare predict, one after another, {alone:.0f}/s", f"{rate / alone:.1f} x", "1 x",
               rate >= alone),
    ]  # fmt: skip


if __name__ == "__main__":
    measure()
