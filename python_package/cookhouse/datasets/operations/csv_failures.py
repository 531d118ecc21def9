"""The parser's errors in the user's words: file, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from cookhouse.errors import Invalid


@contextmanager
def explain(name: str, path: Path) -> Iterator[None]:
    """Turn what the CSV parser raises inside into `Invalid` with file, row and column."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise Invalid(f"{name} does not fit into memory: split it into smaller files.") from None
    except duckdb.Error as error:
        raise _explained(name, path, str(error)) from None


def _explained(name: str, path: Path, text: str) -> Invalid:
    line = _number(r"CSV Error on Line: (\d+)", text)
    where = f"{name}, row {line}" if line else name
    if "unicode" in text or "utf-8" in text:
        return _encoding(name, path, line)
    expected = _number(r"Expected Number of Columns: (\d+)", text)
    found = _number(r"Found: (\d+)", text)
    if expected is not None and found is not None:
        which = f"column {min(expected, found) + 1}"
        more = "too many" if found > expected else "missing"
        return Invalid(
            f"{where}: {found} values where the header has {expected} columns ({which} is {more}): "
            "mend the row, or put text that holds the separator in quotes.",
            row=line,
        )
    column = re.search(r'Error when converting column "(.*?)"', text)
    if column:
        value = re.search(r'Could not convert string "(.*?)" to', text, re.DOTALL)
        kind = re.search(r"to '?([A-Z0-9_(), ]+)'?", text)
        shown = f"“{value.group(1)[:60]}”" if value else "a value"
        wanted = _KINDS.get(kind.group(1).strip() if kind else "", "value of its column's type")
        return Invalid(
            f"{where}: {shown} in “{column.group(1)}” is no {wanted}: mend the value.",
            row=line,
            field=column.group(1),
        )
    if "unterminated quote" in text:
        return Invalid(f"{where}: a quote is opened and never closed.", row=line)
    if "line size" in text.lower():
        return Invalid(f"{where}: the line is over 16 MiB: this is not CSV.", row=line)
    return Invalid(f"{where}: {_first_line(text)}", row=line)


_KINDS = {
    "TINYINT": "small whole number",
    "SMALLINT": "small whole number",
    "INTEGER": "whole number",
    "BIGINT": "whole number",
    "FLOAT": "number",
    "DOUBLE": "number",
    "BOOLEAN": "true or false",
    "DATE": "date",
    "TIMESTAMP": "date with time",
    "TIMESTAMPTZ": "date with time and zone",
    "TIMESTAMP WITH TIME ZONE": "date with time and zone",
}


def _encoding(name: str, path: Path, line: int | None) -> Invalid:
    where = f"{name}, row {line}" if line else name
    with path.open("rb") as source:
        for number, raw in enumerate(source, 1):
            try:
                raw.decode("utf-8")
            except UnicodeDecodeError as error:
                column = raw[: error.start].count(b",") + 1
                where = f"{name}, row {number}, column {column}"
                break
            if number == line:
                break
    return Invalid(f"{where}: the file is not in UTF-8: save it as UTF-8.", row=line)


def _first_line(text: str) -> str:
    noise = ("Invalid Input Error", "Original Line")
    lines = [line for line in text.splitlines() if line.strip()]
    wordy = [line for line in lines if not line.startswith(noise)]
    return (wordy or lines or ["the file cannot be read"])[0][:300]


def _number(pattern: str, text: str) -> int | None:
    found = re.search(pattern, text)
    return int(found.group(1)) if found else None
