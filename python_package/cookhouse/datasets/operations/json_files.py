"""JSON files as sources of rows: an array of objects, or one object a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa

from cookhouse.datasets.operations.sources import File
from cookhouse.errors import Invalid

LARGEST_OBJECT = 16 * 1024 * 1024
OPTIONS = (
    "sample_size=-1, map_inference_threshold=-1, field_appearance_threshold=0, "
    f"maximum_object_size={LARGEST_OBJECT}, dateformat='%Y-%m-%d', timestampformat='iso'"
)


class JsonFile:
    """One JSON or JSON Lines file; a field that an object leaves out is null."""

    lenient = True

    def __init__(self, file: File) -> None:
        self.name = file.name
        self.path = file.path
        self.kinds: dict[str, str] = {}

    def schema(self, table: Any | None) -> Any:
        """Return fields and types; what the table has already, keeps the table's type."""
        with self._connected() as connection:
            relation = connection.sql(f"select * from read_json({self._place()}, {OPTIONS})")
            self.kinds = dict(zip(relation.columns, map(str, relation.types), strict=True))
            if list(self.kinds) == ["json"] and self.kinds["json"] in _NO_OBJECT:
                raise Invalid(f"{self.name}, row 1: every row has to be an object, like {{…}}.")
            self._refuse_twins(connection)
            if table is not None:
                self._lean_on(connection, table)
            self._refuse_mixed(connection)
            return self._relation(connection).limit(0).to_arrow_table().schema

    def _lean_on(self, connection: Any, table: Any) -> None:
        kinds = connection.from_arrow(table.empty_table())
        known = dict(zip(kinds.columns, map(str, kinds.types), strict=True))
        for name, kind in self.kinds.items():
            # Text that looks like a date stays the text it is where the table has text.
            if name in known and _DATED.sub("VARCHAR", kind) == known[name]:
                self.kinds[name] = known[name]

    def _refuse_twins(self, connection: Any) -> None:
        """Refuse names that differ in case only, which the parser gives numbers of its own."""
        lowered = {name.lower() for name in self.kinds}
        for name in self.kinds:
            base = re.sub(r"_\d+$", "", name)
            if base == name or base.lower() not in lowered:
                continue
            key = name.replace('"', '""')
            objects = f"read_json_objects({self._place()}, maximum_object_size={LARGEST_OBJECT})"
            path = _text(f'$."{key}"')
            real = connection.sql(
                f"select 1 from {objects} where json_exists(json, {path}) limit 1"
            ).fetchall()
            if not real:
                twin = next(n for n in self.kinds if n.lower() == base.lower())
                raise Invalid(
                    f"{self.name}: the fields “{twin}” and “{base}” differ in case only: "
                    "rename one."
                )

    def _refuse_mixed(self, connection: Any) -> None:
        for name, kind in self.kinds.items():
            if not re.search(r"\bJSON\b", kind):
                continue
            row, inside = self._where_mixed(connection, name, kind)
            raise Invalid(
                f"{self.name}{row}: “{name}”{inside} holds values of different kinds: "
                "make them one kind, or text.",
                field=name,
            )

    def _where_mixed(self, connection: Any, name: str, kind: str) -> tuple[str, str]:
        if kind != "JSON":
            return "", " has a field inside that"
        quoted = '"' + name.replace('"', '""') + '"'
        found = connection.sql(
            f"select row, t from (select row_number() over () as row, json_type({quoted}) as t "
            f"from read_json({self._place()}, {OPTIONS})) where t is not null and t <> 'NULL' "
            "qualify t <> first_value(t) over (order by row) order by row limit 1"
        ).fetchall()
        return (f", row {found[0][0]}" if found else ""), ""

    def _relation(self, connection: Any) -> Any:
        columns = ", ".join(f"{_text(name)}: {_text(kind)}" for name, kind in self.kinds.items())
        return connection.sql(
            f"select * from read_json({self._place()}, columns={{{columns}}}, {OPTIONS})"
        )

    def _place(self) -> str:
        return _text(str(self.path))

    def batches(self, schema: Any) -> Iterator[Any]:
        """Read the objects in the file's order."""
        with self._connected() as connection:
            yield from self._relation(connection).to_arrow_reader(65_536)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        connection = duckdb.connect()
        try:
            connection.sql("set threads = 2; set timezone = 'UTC'")
            yield connection
        except duckdb.OutOfMemoryException:
            raise Invalid(f"{self.name} does not fit into memory: split it.") from None
        except duckdb.Error as error:
            raise self._explained(str(error)) from None
        except pa.ArrowInvalid as error:
            raise self._explained(str(error)) from None
        finally:
            connection.close()

    def _explained(self, text: str) -> Invalid:
        if "maximum_object_size" in text:
            return Invalid(
                f"{self.name}: one line or object is over {LARGEST_OBJECT // 1024 // 1024} MiB: "
                "write one object a row, each on its own line."
            )
        found = re.search(r"in (?:line|record/value) (\d+)", text)
        row = int(found.group(1)) if found else None
        where = f"{self.name}, row {row}" if row else self.name
        if "unicode" in text.lower() or "utf-8" in text.lower():
            return Invalid(f"{where}: the file is not in UTF-8: save it as UTF-8.", row=row)
        reason = re.sub(r"^.*?Error: ", "", text.splitlines()[0])
        reason = re.sub(r'(in|reading) file "[^"]*",? ?', "", reason)
        reason = re.sub(r"(,? ?at byte \d+)? ?in (line|record/value) \d+:? ?", ": ", reason)
        return Invalid(f"{where}: {reason[:300]}", row=row)


_DATED = re.compile(r"\b(DATE|TIMESTAMP WITH TIME ZONE|TIMESTAMP|TIME|UUID)\b")
_NO_OBJECT = {"JSON", "BIGINT", "DOUBLE", "VARCHAR", "BOOLEAN", "UBIGINT", "HUGEINT"}


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
