"""CSV files as sources of rows.

The header and the separator are read here and every type is tested against every row, so that no
value changes by being read: `007` stays text, a column that is a number 30,000 times and a word
once is text. The parser is then told all of it and guesses nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa

from cookhouse.datasets.operations.csv_failures import explain
from cookhouse.datasets.operations.sources import File
from cookhouse.errors import Invalid

SEPARATORS = ",;\t|"
HEADER_BYTES = 16 * 1024 * 1024
MOST_COLUMNS = 10_000
SAMPLE = 20_000
# Narrowest first: a column gets the first whose form all its values have.
FORMS: dict[str, tuple[str, str]] = {
    "bool": ("BOOLEAN", r"(?i)true|false"),
    "int": ("BIGINT", r"-?(0|[1-9]\d{0,18})"),
    # Long rows of digits without a point are numbers of cards and orders: a float would round them.
    "float": (
        "DOUBLE",
        r"-?((0|[1-9]\d{0,14})\.?|(0|[1-9]\d*)?\.\d+)([eE][+-]?\d{1,3})?",
    ),
    "date": ("DATE", r"\d{4}-\d\d-\d\d"),
    "time": ("TIMESTAMP", r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?"),
    "zoned": (
        "TIMESTAMPTZ",
        r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d(:?\d\d)?)",
    ),
}
# What a form may turn out to be further down, where the sample had only the narrow one.
WIDER = {"int": ("int", "float"), "date": ("date", "time"), "": tuple(FORMS)}


class CsvFile:
    """One CSV file in UTF-8, its first line the names of its columns."""

    lenient = False

    def __init__(self, file: File) -> None:
        self.name = file.name
        self.path = file.path
        self.separator, self.columns = self._header()
        self.types: dict[str, str] = {}

    def _header(self) -> tuple[str, list[str]]:
        with self.path.open("rb") as source:
            raw = source.read(HEADER_BYTES)
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Invalid(f"{self.name} is in UTF-16: save it as UTF-8.")
        lines = raw.decode("utf-8-sig", errors="replace").splitlines(keepends=True)
        if lines and not lines[0].endswith(("\n", "\r")) and len(raw) == HEADER_BYTES:
            raise Invalid(f"{self.name}, row 1: the line is over 16 MiB: this is not CSV.")
        return self._split(lines)

    def _split(self, lines: list[str]) -> tuple[str, list[str]]:
        found: list[tuple[int, str, list[str]]] = []
        for separator in SEPARATORS:
            try:
                names = next(csv.reader(iter(lines), delimiter=separator, strict=True), [])
            except csv.Error:
                continue
            found.append((len(names), separator, names))
        count, separator, names = max(found, key=lambda each: each[0], default=(0, ",", []))
        if not names or not any(name.strip() for name in names):
            raise Invalid(f"{self.name}, row 1: the first line has to hold the column names.")
        if count > MOST_COLUMNS:
            raise Invalid(
                f"{self.name}, row 1: {count:,} columns; at most {MOST_COLUMNS:,} can be kept. "
                "Split the file, or turn columns into rows."
            )
        return separator, self._checked([name.strip() for name in names])

    def _checked(self, names: list[str]) -> list[str]:
        # The row labels that data frames write stand under no name: they get one, as pandas does.
        named = [name or f"Unnamed: {number}" for number, name in enumerate(names)]
        places: dict[str, int] = {}
        for number, name in enumerate(named, 1):
            before = places.setdefault(name.lower(), number)
            if before == number:
                continue
            twin = named[before - 1]
            what = f"the column “{name}” stands twice"
            if twin != name:
                what = f"the columns “{twin}” and “{name}” differ in case only"
            raise Invalid(
                f"{self.name}, row 1: {what}, at {before} and {number}: rename one.",
                row=1,
                field=name,
            )
        return named

    def schema(self, table: Any | None) -> Any:
        """Return columns and types; what the table has already, keeps the table's type."""
        known = {} if table is None else {f.name: f.type for f in table}
        self.types = {}
        with _connect() as connection, explain(self.name, self.path):
            unknown = [name for name in self.columns if _sql_type(known.get(name)) is None]
            if unknown:
                self.types = self._tested(connection, unknown)
            for name in self.columns:
                self.types.setdefault(name, _sql_type(known.get(name)) or "VARCHAR")
            relation = self._relation(connection, self.types)
            return relation.limit(0).to_arrow_table().schema

    def _tested(self, connection: Any, names: list[str]) -> dict[str, str]:
        text = dict.fromkeys(self.columns, "VARCHAR")
        sample = self._relation(connection, text).limit(SAMPLE)
        candidates = {name: tuple(FORMS) for name in names}
        fits = self._fits(connection, sample, candidates)
        narrowed = {}
        for name in names:
            best = next((form for form in FORMS if fits[name].get(form)), None)
            empty = fits[name][""]
            if empty or best is not None:
                narrowed[name] = WIDER.get("" if empty else str(best), (str(best),))
        fits = self._fits(connection, self._relation(connection, text), narrowed)
        types = dict.fromkeys(names, "VARCHAR")
        for name, forms in narrowed.items():
            if not fits[name][""]:
                best = next((form for form in forms if fits[name][form]), None)
                types[name] = FORMS[best][0] if best else "VARCHAR"
        return types

    def _fits(self, connection: Any, rows: Any, forms: dict[str, tuple[str, ...]]) -> Any:
        """Tell for each column which forms all its values have, and under "" if it has none."""
        parts, keys = [], []
        for name, tried in forms.items():
            quoted = _name(name)
            keys.append((name, ""))
            parts.append(f"count({quoted}) = 0")
            for form in tried:
                kind, pattern = FORMS[form]
                keys.append((name, form))
                parts.append(
                    f"bool_and({quoted} is null or (regexp_full_match({quoted}, '{pattern}') "
                    f"and try_cast({quoted} as {kind}) is not null))"
                )
        result: dict[str, dict[str, bool]] = {name: {} for name in forms}
        if not parts:
            return result
        values = rows.aggregate(", ".join(parts)).fetchall()[0]
        for (name, form), value in zip(keys, values, strict=True):
            result[name][form] = bool(value)
        return result

    def _relation(self, connection: Any, types: dict[str, str]) -> Any:
        columns = ", ".join(f"{_text(name)}: {_text(types[name])}" for name in self.columns)
        return connection.sql(
            f"select * from read_csv({_text(str(self.path))}, auto_detect=false, header=true, "
            f"delim={_text(self.separator)}, quote='\"', escape='\"', comment='', "
            f"columns={{{columns}}}, max_line_size=16777216)"
        )

    def batches(self, schema: Any) -> Iterator[Any]:
        """Read the rows in the file's order; a value that has not its column's type is named."""
        types = {n: _sql_type(schema.field(n).type) or self.types[n] for n in self.columns}
        with _connect() as connection, explain(self.name, self.path):
            reader = self._relation(connection, types).to_arrow_reader(65_536)
            yield from reader


def _connect() -> Any:
    connection = duckdb.connect()
    connection.sql("set threads = 2; set timezone = 'UTC'")
    return connection


def _sql_type(kind: Any | None) -> str | None:
    """Return the parser's type for a table's type; None if the table has none for it."""
    if kind is None or pa.types.is_null(kind):
        return None
    names = {
        pa.int8(): "TINYINT", pa.int16(): "SMALLINT", pa.int32(): "INTEGER", pa.int64(): "BIGINT",
        pa.float32(): "FLOAT", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN", pa.date32(): "DATE",
        pa.timestamp("us"): "TIMESTAMP", pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
    }  # fmt: skip
    if pa.types.is_decimal(kind):
        return f"DECIMAL({kind.precision}, {kind.scale})"
    return names.get(kind, "VARCHAR")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
