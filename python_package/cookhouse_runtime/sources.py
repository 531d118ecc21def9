"""Containers of raw rows: what a reader gave, as a frame of raw columns, and back again.

A spec says how to build the container from a frame: `container` is `frame`, `array`, `pair`
(`(X, y)`) or `bunch` (scikit-learn's); `columns` are the raw columns with their dtypes.
"""

from __future__ import annotations

from typing import Any

from .rows import is_frame, is_pandas, loaded

_NAMES = frozenset(["loadtxt", "genfromtxt", "DataFrame", "from_dict", "from_records", "read"])
_BEGINNINGS = ("read_", "load_", "fetch_")
_FEWEST_ROWS = 10


def is_reader(name: str, module: str) -> bool:
    """Tell whether a function of this name and module brings rows in."""
    made = module.startswith("sklearn.datasets") and name.startswith("make_")
    return made or name in _NAMES or name.startswith(_BEGINNINGS)


def is_file_reader(name: str, module: str) -> bool:
    """Tell whether a function of this name reads what may not be there when serving."""
    return is_reader(name, module) and name not in ("DataFrame", "from_dict", "from_records")


def describe(value: Any) -> dict[str, Any] | None:
    """Return the spec of a container of rows, None where it is none."""
    if is_frame(value):
        return _frame_spec(value) if len(value) >= _FEWEST_ROWS else None
    if _is_bunch(value):
        return _bunch_spec(value)
    if isinstance(value, tuple) and len(value) == 2 and _is_table(value[0]) and _is_line(value[1]):
        return _pair_spec(value)
    if _is_table(value):
        spec: dict[str, Any] = {"container": "array", "names": _numbers(value)}
        return {**spec, "columns": _columns(_table(value, spec["names"]))}
    return None


def count(spec: dict[str, Any], value: Any) -> int:
    """Return the number of rows in a container."""
    return len(raw_frame(spec, value))


def parts(value: Any) -> list[Any]:
    """Return the objects to tag with the container's rows."""
    if _is_bunch(value):
        found = [value, *(value.get(name) for name in ("data", "target", "frame"))]
        return [part for part in found if part is not None]
    return [value, *value] if isinstance(value, tuple) else [value]


def raw_frame(spec: dict[str, Any], value: Any) -> Any:
    """Return the raw rows of a container: one frame, the label a column like the others."""
    kind = spec["container"]
    if kind == "frame":
        if not spec["index"]:
            return value
        moved = value.reset_index(names=spec["index"])
        return moved
    if kind == "array":
        return _table(value, spec["names"])
    data, target = value if kind == "pair" else (value["data"], value["target"])
    frame = _table(data, spec["names"]).copy()
    frame[spec["target"]] = _line(target)
    return frame


def rebuild(spec: dict[str, Any], frame: Any) -> Any:
    """Return the container that the reader would have given for these raw rows."""
    kind = spec["container"]
    if kind == "frame":
        if not spec["index"]:
            return frame
        made = frame.set_index(spec["index"])
        made.index.names = spec["index_names"]
        return made
    data = frame[spec["names"]]
    if kind == "array":
        return _shaped(data, spec.get("data", "array"))
    made_data = _shaped(data, spec["data"])
    target = frame[spec["target"]]
    target = target if spec["line"] == "series" else target.to_numpy()
    if kind == "pair":
        return made_data, target
    bunch = type(spec["bunch"])(**spec["bunch"])
    bunch.update(data=made_data, target=target)
    if spec["frame"]:
        bunch.update(frame=frame)
    return bunch


def encodable(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the spec with the rest of a bunch as plain values."""
    if spec["container"] != "bunch":
        return spec
    return {**spec, "bunch": dict(spec["bunch"])}


def decoded(spec: dict[str, Any]) -> dict[str, Any]:
    """Undo `encodable`."""
    if spec["container"] != "bunch":
        return spec
    from sklearn.utils import Bunch

    return {**spec, "bunch": Bunch(**spec["bunch"])}


def _frame_spec(value: Any) -> dict[str, Any] | None:
    pandas = loaded("pandas")
    names: list[str] = []
    if not isinstance(value.index, pandas.RangeIndex):
        levels = range(value.index.nlevels)
        names = [str(value.index.names[n] or f"index_{n}") for n in levels]
    if not value.columns.is_unique or value.columns.nlevels > 1:
        return None
    spec = {"container": "frame", "index": names, "index_names": list(value.index.names)}
    return {**spec, "columns": _columns(raw_frame(spec, value))}


def _bunch_spec(value: Any) -> dict[str, Any]:
    names = [str(name) for name in value.get("feature_names", ())]
    if len(names) != value["data"].shape[1]:
        names = _numbers(value["data"])
    if is_frame(value["data"]):
        names = list(value["data"].columns)
    rest = {
        key: part
        for key, part in value.items()
        if key in ("feature_names", "target_names") and part is not None
    }
    line = value["target"]
    spec = {
        "container": "bunch",
        "names": names,
        "data": "frame" if is_frame(value["data"]) else "array",
        "target": str(getattr(line, "name", None) or "target"),
        "line": "series" if is_pandas(line) else "array",
        "frame": value.get("frame") is not None,
        "bunch": type(value)(**rest),
    }
    return {**spec, "columns": _columns(raw_frame(spec, value))}


def _pair_spec(value: tuple[Any, Any]) -> dict[str, Any]:
    data, line = value
    spec = {
        "container": "pair",
        "names": list(data.columns) if is_frame(data) else _numbers(data),
        "data": "frame" if is_frame(data) else "array",
        "target": str(getattr(line, "name", None) or "target"),
        "line": "series" if is_pandas(line) else "array",
    }
    return {**spec, "columns": _columns(raw_frame(spec, value))}


def _columns(frame: Any) -> list[dict[str, Any]]:
    return [{"name": name, "dtype": dtype} for name, dtype in frame.dtypes.items()]


def _is_bunch(value: Any) -> bool:
    return type(value).__name__ == "Bunch" and "data" in value and "target" in value


def _is_table(value: Any) -> bool:
    shape: tuple[int, ...] = getattr(value, "shape", ())
    return len(shape) == 2 and shape[0] >= _FEWEST_ROWS and (is_frame(value) or _is_numpy(value))


def _is_line(value: Any) -> bool:
    return len(getattr(value, "shape", ())) == 1


def _is_numpy(value: Any) -> bool:
    numpy = loaded("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray)


def _numbers(value: Any) -> list[str]:
    return [str(n) for n in range(value.shape[1])]


def _table(value: Any, names: list[str]) -> Any:
    import pandas

    return value if is_frame(value) else pandas.DataFrame(value, columns=names)


def _line(value: Any) -> Any:
    return value.to_numpy() if is_pandas(value) else value


def _shaped(data: Any, shape: str) -> Any:
    return data if shape == "frame" else data.to_numpy()
