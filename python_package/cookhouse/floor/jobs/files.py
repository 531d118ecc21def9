"""What jobs leave on disk, read in parts: logs by byte, points by number."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import BinaryIO

from cookhouse.floor.messages import LogPart, MetricPoint, MetricsPart

POINTS = 5_000
PLACES = 1_000


def log_part(path: Path, offset: int, limit: int, final: bool) -> LogPart:
    """Read at most `limit` bytes of a log from `offset`, cut between characters."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(min(offset, size))
            raw = file.read(limit)
    except FileNotFoundError:
        return LogPart(text="", offset=offset, next=offset, complete=final)
    if offset > size:
        return LogPart(text="", offset=offset, next=size, complete=False)
    raw = _whole(raw, at_end=final and offset + len(raw) >= size)
    following = offset + len(raw)
    return LogPart(
        text=raw.decode("utf-8", errors="replace"),
        offset=offset,
        next=following,
        complete=final and following >= size,
    )


def _whole(raw: bytes, at_end: bool) -> bytes:
    """Leave a character that is cut at the end to the next part."""
    if at_end:
        return raw
    for back in range(1, min(4, len(raw)) + 1):
        byte = raw[-back]
        if byte & 0b1100_0000 == 0b1000_0000:
            continue
        need = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2 if byte >= 0xC0 else 1
        # A lone part that is cut whole would never end.
        return raw[:-back] if need > back and len(raw) > back else raw
    return raw


class MetricsFile:
    """Reads points by their number, remembering where it was in each file."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.places: OrderedDict[tuple[str, int], int] = OrderedDict()

    def part(self, path: Path, after: int, final: bool) -> MetricsPart:
        """Return the points behind the first `after` ones, some thousand at a time."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return MetricsPart(points=[], next=0, complete=final)
        with file:
            number = self._go_to(file, path, after)
            points: list[MetricPoint] = []
            while len(points) < POINTS and (point := _next(file)) is not None:
                points.append(point)
            ended = len(points) < POINTS
            number += len(points)
            self._remember(path, number, file.tell())
        return MetricsPart(points=points, next=number, complete=final and ended)

    def _go_to(self, file: BinaryIO, path: Path, after: int) -> int:
        with self.lock:
            known = self.places.get((str(path), after))
        if known is not None:
            file.seek(known)
            return after
        number = 0
        while number < after and _next(file) is not None:
            number += 1
        return number

    def _remember(self, path: Path, number: int, place: int) -> None:
        with self.lock:
            self.places[(str(path), number)] = place
            self.places.move_to_end((str(path), number))
            while len(self.places) > PLACES:
                self.places.popitem(last=False)


def _next(file: BinaryIO) -> MetricPoint | None:
    start = file.tell()
    line = file.readline()
    if not line.endswith(b"\n"):
        file.seek(start)
        return None
    return MetricPoint.model_validate_json(line)
