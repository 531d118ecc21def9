"""Digests of what goes into a fit or predict: one per column, of values, dtype, name and order."""

from __future__ import annotations

import hashlib
import re
import sys
from typing import Any

_ADDRESS = re.compile(r"0x[0-9a-f]+")


def columns(value: Any) -> list[list[str]]:
    """Return name, dtype and digest of each column; one entry for anything without columns."""
    if value is None:
        return []
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(value, pandas.DataFrame):
        return [
            [str(name), str(value.dtypes.iloc[n]), _series(value.iloc[:, n])]
            for n, name in enumerate(value.columns)
        ]
    if pandas is not None and isinstance(value, (pandas.Series, pandas.Index)):
        return [[str(value.name), str(value.dtype), _series(value)]]
    if hasattr(value, "tocsr") and hasattr(value, "nnz"):
        value = value.tocsr()
        parts = "".join(_array(part) for part in (value.data, value.indices, value.indptr))
        return [[f"sparse {value.shape}", str(value.dtype), _hash(parts.encode())]]
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.ndarray):
        if value.ndim == 2:
            return [[str(n), str(value.dtype), _array(value[:, n])] for n in range(value.shape[1])]
        return [[f"shape {value.shape}", str(value.dtype), _array(value)]]
    if isinstance(value, (list, tuple)):
        return [["list", type(value).__name__, _hash(_text(value))]]
    return [["value", type(value).__name__, _hash(_text(value))]]


def parameters(estimator: Any) -> str:
    """Return the digest of an estimator's parameters as the notebook set them."""
    get = getattr(estimator, "get_params", None)
    if callable(get):
        try:
            found = sorted((str(k), _text(v)) for k, v in get(deep=True).items())
        except Exception:
            return "unknown"
        return _hash(repr(found).encode())
    return "none"


def _series(value: Any) -> str:
    if str(value.dtype) == "category":
        codes = value.cat.codes if hasattr(value, "cat") else value.codes
        kinds = list(value.cat.categories if hasattr(value, "cat") else value.categories)
        return _hash(codes.to_numpy().tobytes() + _text(kinds))
    return _array(value.to_numpy())


def _array(value: Any) -> str:
    numpy = sys.modules["numpy"]
    value = numpy.ascontiguousarray(value)
    if value.dtype.kind == "f":
        value = numpy.where(numpy.isnan(value), numpy.array(numpy.nan, value.dtype), value)
        value = value + numpy.zeros(1, value.dtype)
    if value.dtype.kind in "OUS":
        return _hash("\0".join(map(_cell, value.ravel().tolist())).encode("utf-8", "replace"))
    return _hash(value.tobytes())


def _cell(value: Any) -> str:
    return "nan" if value is None or value != value else repr(value)


def _text(value: Any) -> bytes:
    return _ADDRESS.sub("", repr(value)).encode("utf-8", "replace")


def _hash(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()
