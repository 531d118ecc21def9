"""Logs that are read while they grow, by readers that are cut off or fall asleep."""

from __future__ import annotations

import os
import random
import socket
import threading
import time

from cookhouse.floor.database import now
from cookhouse.floor.jobs.records import JobRow
from tests.reliability.conftest import TOKEN

LINES = 100_000


def running_job(house):
    """Note a job that seems to run, whose log the test writes itself."""
    with house.database.write() as session:
        row = JobRow(kind="test.add", title="t", arguments={}, state="running", started=now())
        session.add(row)
        session.flush()
    folder = house.workspace.jobs / row.id
    folder.mkdir()
    return row.id, folder / "log"


def end(house, job_id):
    with house.database.write() as session:
        session.get(JobRow, job_id).state = "succeeded"


def test_a_reader_that_is_cut_a_hundred_times_has_each_line_once(house):
    chance = random.Random(9)
    job_id, path = running_job(house)

    def write():
        with path.open("w") as log:
            for number in range(LINES):
                log.write(f"{number} é€𝄞\n")
        end(house, job_id)

    writer = threading.Thread(target=write)
    writer.start()
    offset, text, cuts = 0, [], 0
    while True:
        part = house.jobs.log(job_id, offset, chance.randint(1, 12_000))
        if cuts < 100 and chance.random() < 0.5:
            # The answer was lost on its way: the reader asks again from where it was.
            cuts += 1
            continue
        text.append(part.text)
        offset = part.next
        if part.complete:
            break
    writer.join()
    assert cuts == 100
    assert "".join(text).splitlines() == [f"{number} é€𝄞" for number in range(LINES)]


def test_a_stalled_reader_costs_the_server_no_memory(server, house):
    job_id, path = running_job(house)
    server.get("status")
    path.write_bytes(b"")
    before = server.memory()
    reader = socket.create_connection(("127.0.0.1", server.port))
    ask = f"GET /cookhouse/api/jobs/{job_id}/log/file HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
    with path.open("ab") as log:
        log.write(os.urandom(512).hex().encode() * 1_024 * 20)
        log.flush()
        reader.sendall(f"{ask}Authorization: token {TOKEN}\r\n\r\n".encode())
        for _ in range(60):
            log.write(os.urandom(512).hex().encode() * 1_024)
            log.flush()
            time.sleep(0.01)
    time.sleep(0.5)
    assert path.stat().st_size >= 80_000_000
    assert server.memory() - before < 32
    assert server.get("status").status_code == 200
    reader.close()
    # The job was never one of a supervisor: it must not look alive to the next test.
    end(house, job_id)
