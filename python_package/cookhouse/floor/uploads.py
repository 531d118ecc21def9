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
        id = uuid.uuid4().hex
        folder = self.workspace.uploads / id
        folder.mkdir(mode=0o700)
        facts = {"name": wanted.name, "size": wanted.size, "who": who}
        (folder / "upload.json").write_text(json.dumps(facts), encoding="utf-8")
        (folder / "data").touch(mode=0o600)
        return self.show(id)

    def show(self, id: str) -> Upload:
        """Say how much of a file has arrived."""
        folder = self._folder(id)
        facts = json.loads((folder / "upload.json").read_text(encoding="utf-8"))
        received = (folder / "data").stat().st_size
        return Upload(id=id, name=facts["name"], size=facts["size"], received=received)

    def receive(self, id: str, offset: int, part: bytes) -> Upload:
        """Take the part at `offset`; one that was sent before is taken as said twice.

        Raises `Conflict` for a part that leaves a gap, `Invalid` for one over the announced size.
        """
        with self.lock:
            upload = self.show(id)
            if offset > upload.received:
                raise Conflict(
                    f"“{upload.name}” has arrived up to byte {upload.received}: go on from there.",
                    received=upload.received,
                )
            if offset + len(part) > upload.size:
                raise Invalid(
                    f"“{upload.name}” was announced with {upload.size} bytes, and this is more."
                )
            try:
                with (self._folder(id) / "data").open("r+b") as file:
                    file.seek(offset)
                    file.write(part)
            except OSError as error:
                raise Unavailable(
                    f"“{upload.name}” cannot be stored: {error.strerror}. Make room and go on."
                ) from None
            return self.show(id)

    def path(self, id: str) -> Path:
        """Return the file of a finished upload. Raises `Conflict` where parts are missing."""
        upload = self.show(id)
        if upload.received != upload.size:
            raise Conflict(
                f"“{upload.name}” has not arrived whole: {upload.received} of {upload.size} bytes."
            )
        return self._folder(id) / "data"

    def drop(self, id: str) -> None:
        """Throw a file away."""
        shutil.rmtree(self._folder(id), ignore_errors=True)

    def sweep(self) -> None:
        """Throw away what nobody has touched for a week."""
        for folder in self.workspace.uploads.iterdir():
            data = folder / "data"
            if data.exists() and time.time() - data.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder(self, id: str) -> Path:
        folder = self.workspace.uploads / id
        if not re.fullmatch(r"[0-9a-f]{32}", id) or not (folder / "upload.json").is_file():
            raise NotFound("There is no such upload: it may have been used or swept away.")
        return folder
