"""Files on their way in, sent in parts by offset, so that a cut connection goes on where it was."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
import uuid
from pathlib import Path

from cookhouse.errors import Conflict, Invalid, NotFound, Unavailable
from cookhouse.floor.messages import CreateUpload, Upload
from cookhouse.floor.workspace import Workspace

KEPT_SECONDS = 7 * 24 * 3600
SIZE_LIMIT = 1 << 40


class Uploads:
    """Files that browsers send; each is a folder with what was announced and what has arrived."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.lock = threading.Lock()

    def create(self, wanted: CreateUpload, who: str) -> Upload:
        """Announce a file. Raises `Invalid` for a name with a folder in it or no room for it."""
        if re.search(r"[/\\\x00-\x1f]", wanted.name) or wanted.name in (".", ".."):
            raise Invalid("The file's name holds a folder or a control character: rename it.")
        free = shutil.disk_usage(self.workspace.uploads).free
        if wanted.size > min(free, SIZE_LIMIT):
            raise Invalid(
                f"“{wanted.name}” does not fit on the workspace's disk: make room and try again."
            )
        upload = uuid.uuid4().hex
        folder = self.workspace.uploads / upload
        folder.mkdir(mode=0o700)
        facts = {"name": wanted.name, "size": wanted.size, "who": who}
        (folder / "upload.json").write_text(json.dumps(facts), encoding="utf-8")
        (folder / "data").touch(mode=0o600)
        return self.show(upload)

    def show(self, upload: str) -> Upload:
        """Say how much of a file has arrived."""
        folder = self._folder(upload)
        facts = json.loads((folder / "upload.json").read_text(encoding="utf-8"))
        received = (folder / "data").stat().st_size
        return Upload(id=upload, name=facts["name"], size=facts["size"], received=received)

    def receive(self, upload: str, offset: int, part: bytes) -> Upload:
        """Take the part at `offset`; one that was sent before is taken as said twice.

        Raises `Conflict` for a part that leaves a gap, `Invalid` for one over the announced size.
        """
        with self.lock:
            known = self.show(upload)
            if offset > known.received:
                raise Conflict(
                    f"“{known.name}” has arrived up to byte {known.received}: go on from there.",
                    received=known.received,
                )
            if offset + len(part) > known.size:
                raise Invalid(
                    f"“{known.name}” was announced with {known.size} bytes, and this is more."
                )
            try:
                with (self._folder(upload) / "data").open("r+b") as file:
                    file.seek(offset)
                    file.write(part)
            except OSError as error:
                raise Unavailable(
                    f"“{known.name}” cannot be stored: {error.strerror}. Make room and go on."
                ) from None
            return self.show(upload)

    def path(self, upload: str) -> Path:
        """Return the file of a finished upload. Raises `Conflict` where parts are missing."""
        known = self.show(upload)
        if known.received != known.size:
            raise Conflict(
                f"“{known.name}” has not arrived whole: {known.received} of {known.size} bytes."
            )
        return self._folder(upload) / "data"

    def drop(self, upload: str) -> None:
        """Throw a file away."""
        shutil.rmtree(self._folder(upload), ignore_errors=True)

    def sweep(self) -> None:
        """Throw away what nobody has touched for a week."""
        for folder in self.workspace.uploads.iterdir():
            data = folder / "data"
            if data.exists() and time.time() - data.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder(self, upload: str) -> Path:
        folder = self.workspace.uploads / upload
        if not re.fullmatch(r"[0-9a-f]{32}", upload) or not (folder / "upload.json").is_file():
            raise NotFound("There is no such upload: it may have been used or swept away.")
        return folder
