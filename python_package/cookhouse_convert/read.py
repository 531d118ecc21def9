"""A notebook becomes cells: from a file, from nbformat JSON, or from the cells an editor holds.

Tolerant by design: whatever cannot be read becomes a `Problem` at its place, and the rest is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cookhouse_convert.analysis import STAGES, Stage
from cookhouse_convert.dialects.percent import cells_of_script

NotebookInput = Path | str | Mapping[str, Any] | Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell. `stage` is the user's own choice, `executed` its execution count."""

    id: str
    source: str
    tags: frozenset[str] = frozenset()
    stage: Stage | None = None
    executed: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, before any statement is known."""

    code: str
    what: str
    why: str
    fix: str
    cell: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Notebook:
    """The code cells of a notebook and what is known of its kernel. Outputs are never read."""

    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...] = ()
    kernel: str | None = None
    language: str = "python"
    language_version: str = ""
    digest: str = ""
    path: Path | None = None
    builder: bool = False

    @property
    def is_python(self) -> bool:
        """Whether the kernel runs Python, of whatever version."""
        return self.language in ("python", "ipython", "python2", "python3", "xpython")


def read_notebook(notebook: NotebookInput, path: Path | None = None) -> Notebook:
    """Return the cells of `notebook`. `path` says where it lies, to find the files it reads."""
    if isinstance(notebook, (str, Path)):
        return _from_file(Path(notebook), path)
    if isinstance(notebook, Mapping):
        return _from_document(notebook, path)
    return _from_cells(notebook, {}, path)


def _from_file(file: Path, path: Path | None) -> Notebook:
    where = path or file
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return _unreadable(where, f"{file} cannot be opened: {error.strerror or error}.")
    except UnicodeDecodeError:
        return _unreadable(where, f"{file} is not UTF-8 text.")
    if file.suffix == ".py":
        return _from_cells(cells_of_script(text), {}, where)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        return _unreadable(where, f"{file.name} is not a notebook: its JSON ends early ({error}).")
    return _from_document(document, where)


def _from_document(document: Any, path: Path | None) -> Notebook:
    if not isinstance(document, Mapping):
        return _unreadable(path, "The file is JSON, but not a notebook.")
    cells: Any = document.get("cells")
    if cells is None and isinstance(document.get("worksheets"), list):
        # nbformat 3 kept the cells in work sheets.
        sheets = document["worksheets"]
        cells = [cell for sheet in sheets if isinstance(sheet, Mapping) for cell in _list(sheet)]
    if not isinstance(cells, Sequence) or isinstance(cells, (str, bytes)):
        return _unreadable(path, "The file holds no list of cells, so it is not a notebook.")
    metadata = document.get("metadata")
    return _from_cells(cells, metadata if isinstance(metadata, Mapping) else {}, path)


def _list(sheet: Mapping[str, Any]) -> list[Any]:
    cells = sheet.get("cells")
    return cells if isinstance(cells, list) else []


def _unreadable(path: Path | None, what: str) -> Notebook:
    problem = Problem(
        "not-a-notebook",
        what,
        "Only a Jupyter notebook (a JSON document with a list of cells) can become a recipe.",
        "Open the file in JupyterLab, save it again as a notebook, and check that one.",
    )
    return Notebook((), (problem,), path=path)


def _from_cells(cells: Sequence[Any], metadata: Mapping[str, Any], path: Path | None) -> Notebook:
    code = tuple(_code_cells(cells))
    digest = hashlib.sha256(
        json.dumps([[cell.id, cell.source] for cell in code]).encode("utf-8", "surrogatepass")
    )
    spec = _mapping(metadata.get("kernelspec"))
    info = _mapping(metadata.get("language_info"))
    language = info.get("name") or spec.get("language") or _language_of(spec.get("name"))
    return Notebook(
        code,
        kernel=_text(spec.get("name")),
        language=(_text(language) or "python").lower(),
        language_version=_text(info.get("version")) or "",
        digest=digest.hexdigest(),
        path=path,
        builder=metadata.get("notebook_type") == "builder",
    )


def _language_of(kernel: Any) -> str:
    name = str(kernel or "").lower()
    if name == "ir":
        return "r"
    return "julia" if name.startswith("julia") else "python"


def _code_cells(cells: Sequence[Any]) -> Iterator[Cell]:
    for index, cell in enumerate(cells):
        if not isinstance(cell, Mapping):
            continue
        if (cell.get("type") or cell.get("cell_type") or "code") != "code":
            continue
        yield _cell(cell, index)


def _cell(cell: Mapping[str, Any], index: int) -> Cell:
    metadata = _mapping(cell.get("metadata"))
    tags = cell.get("tags") or metadata.get("tags") or ()
    stage = cell.get("stage") or _mapping(metadata.get("cookhouse")).get("stage")
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, (list, tuple)):
        source = "".join(str(part) for part in source)
    executed = cell.get("execution_count", cell.get("executed"))
    identity = cell.get("id")
    return Cell(
        id=identity if isinstance(identity, str) and identity else str(index),
        source=str(source or "").replace("\r\n", "\n"),
        tags=frozenset(str(tag) for tag in tags if isinstance(tag, str))
        if isinstance(tags, (list, tuple, set, frozenset))
        else frozenset(),
        stage=stage if stage in STAGES else None,
        executed=executed if isinstance(executed, int) else None,
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
