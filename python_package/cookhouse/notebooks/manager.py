"""The verdict on a notebook, whether it lies in an editor or in a file."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cookhouse.notebooks.analyst import Analyst
from cookhouse.notebooks.messages import Analysis, AnalysisRequest
from cookhouse.notebooks.paths import inside

if TYPE_CHECKING:
    from cookhouse.house import House

REMEMBERED = 64
Seen = tuple[tuple[Path, bool], ...]


class Notebooks:
    """Analyses notebooks in a process of its own and remembers the last verdicts."""

    def __init__(self, house: House) -> None:
        self.root_dir = house.root_dir
        self.analyst = Analyst()
        self.lock = threading.Lock()
        self.known: OrderedDict[str, tuple[Seen, Analysis]] = OrderedDict()

    async def analyse(self, request: AnalysisRequest) -> Analysis:
        """Say what each statement is for and whether a recipe can be made; holds no event loop.

        Raises `Invalid` or `NotFound` for a path outside what is served, `Unavailable` when the
        analysis itself fails or takes too long.
        """
        return await asyncio.to_thread(self.analysed, request)

    def analysed(self, request: AnalysisRequest) -> Analysis:
        """Do the same, for callers without an event loop."""
        path = inside(self.root_dir, request.path) if request.path else None
        key = hashlib.sha256(request.model_dump_json().encode("utf-8")).hexdigest()
        remembered = self._remembered(key)
        if remembered is not None:
            return remembered
        document = request.model_dump(include={"cells", "metadata"})
        found = Analysis.model_validate(self.analyst.ask(document, path, request.model))
        self._remember(key, _files(found, path), found)
        return found

    def analysed_file(self, path: Path, model: str | None) -> tuple[Analysis, dict[str, Any]]:
        """Analyse a saved notebook; also return the plain analysis as the converter gave it."""
        plain = self.analyst.ask(None, path, model)
        return Analysis.model_validate(plain), plain

    def _remembered(self, key: str) -> Analysis | None:
        with self.lock:
            seen, found = self.known.get(key, ((), None))
            if found is None:
                return None
            # The verdict names missing files: it is stale when one came or went since.
            if any(file.exists() != there for file, there in seen):
                del self.known[key]
                return None
            self.known.move_to_end(key)
            return found

    def _remember(self, key: str, seen: Seen, found: Analysis) -> None:
        with self.lock:
            self.known[key] = (seen, found)
            while len(self.known) > REMEMBERED:
                self.known.popitem(last=False)

    def close(self) -> None:
        """End the analysing process."""
        self.analyst.close()


def _files(found: Analysis, path: Path | None) -> Seen:
    if path is None:
        return ()
    named = (binding.source for binding in found.bindings if binding.kind == "file")
    files = [path.parent / source for source in named if source and "\x00" not in source]
    return tuple((file, file.exists()) for file in files)
