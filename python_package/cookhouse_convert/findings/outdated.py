"""Findings about calls that today's libraries no longer take, or take without doing anything."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from cookhouse_convert.analysis import Edit, Finding
from cookhouse_convert.blocks import Block
from cookhouse_convert.findings.context import Context, found, insertion, replacement, segment

_INPLACE = {"fillna", "replace", "clip", "interpolate", "ffill", "bfill", "where", "mask",
            "dropna", "rename", "sort_values", "drop_duplicates"}  # fmt: skip
# (class or function, argument) → its name today, None where it is gone.
_KEYWORDS: dict[tuple[str, str], str | None] = {
    ("AdaBoostClassifier", "base_estimator"): "estimator",
    ("AdaBoostRegressor", "base_estimator"): "estimator",
    ("BaggingClassifier", "base_estimator"): "estimator",
    ("BaggingRegressor", "base_estimator"): "estimator",
    ("CalibratedClassifierCV", "base_estimator"): "estimator",
    ("OneHotEncoder", "sparse"): "sparse_output",
    ("LinearRegression", "normalize"): None,
    ("Ridge", "normalize"): None,
    ("Lasso", "normalize"): None,
    ("mean_squared_error", "squared"): None,
    ("KMeans", "n_jobs"): None,
}
_VALUES: dict[tuple[str, str], tuple[str, ...]] = {
    ("auto", "max_features"): ("RandomForest", "ExtraTrees", "GradientBoosting", "DecisionTree"),
    ("none", "penalty"): ("LogisticRegression", "SGD"),
    ("mse", "criterion"): ("RandomForest", "DecisionTree", "GradientBoosting", "ExtraTrees"),
    ("mae", "criterion"): ("RandomForest", "DecisionTree", "GradientBoosting", "ExtraTrees"),
    ("ls", "loss"): ("GradientBoosting",),
    ("deviance", "loss"): ("GradientBoosting",),
}
_TODAY = {"none": "None", "mse": '"squared_error"', "mae": '"absolute_error"',
          "ls": '"squared_error"', "deviance": '"log_loss"'}  # fmt: skip
_NAMES: dict[str, str] = {
    "sklearn.datasets.load_boston": "Use `fetch_california_housing()` or a file of your own.",
    "sklearn.cross_validation": "Import it from `sklearn.model_selection`.",
    "sklearn.grid_search": "Import it from `sklearn.model_selection`.",
    "sklearn.externals": "Import `joblib` itself.",
    "sklearn.preprocessing.Imputer": "Use `SimpleImputer` of `sklearn.impute`.",
    "sklearn.metrics.plot_confusion_matrix": "Use `ConfusionMatrixDisplay.from_estimator`.",
    "sklearn.metrics.plot_roc_curve": "Use `RocCurveDisplay.from_estimator`.",
    "sklearn.datasets.samples_generator": "Import it from `sklearn.datasets`.",
    "sklearn.datasets.fetch_mldata": "Use `fetch_openml`.",
    "numpy.infty": "Use `numpy.inf`.",
    "numpy.float_": "Use `numpy.float64`.",
    "numpy.float": "Use `float`.",
    "numpy.int": "Use `int`.",
    "numpy.bool": "Use `bool`.",
    "numpy.object": "Use `object`.",
    "pandas.Panel": "Use a table with a MultiIndex.",
}
_METHODS = {
    "ix": "Use `.loc` or `.iloc`.",
    "as_matrix": "Use `.to_numpy()`.",
    "iteritems": "Use `.items()`.",
    "get_feature_names": "Use `.get_feature_names_out()`.",
}


def chained_inplace(context: Context) -> Iterator[Finding]:
    """`df["a"].fillna(0, inplace=True)` changes a copy since pandas 3."""
    for block, node in context.nodes():
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
            continue
        call = node.value
        function = call.func
        if not isinstance(function, ast.Attribute) or function.attr not in _INPLACE:
            continue
        inplace = next((word for word in call.keywords if word.arg == "inplace"), None)
        if inplace is None or getattr(inplace.value, "value", None) is not True:
            continue
        if not _is_column(context, function.value):
            continue
        column = segment(block, function.value)
        assigned = f"{column} = {_without(block, call, inplace)}"
        yield found(
            "chained-inplace", "warning", block, node,
            f"`{column}.{function.attr}(…, inplace=True)` changes a copy, not the table.",
            "Since pandas 3 this does nothing and raises nothing, so the numbers change silently.",
            f"Write `{column} = {column}.{function.attr}(…)`.",
            (replacement(block, node, assigned),),
        )  # fmt: skip


def _without(block: Block, call: ast.Call, keyword: ast.keyword) -> str:
    """Return the author's text of a call without one of its keywords."""
    text, gone = segment(block, call), segment(block, keyword)
    start = text.rindex(gone)
    before, after = text[:start].rstrip(), text[start + len(gone) :].lstrip()
    if before.endswith(","):
        return before[:-1].rstrip() + after
    return before + after.removeprefix(",").lstrip()


def _is_column(context: Context, node: ast.expr) -> bool:
    """Whether `node` is one column of a table."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        return not isinstance(node.slice, (ast.List, ast.Slice))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        value = context.trace.names.get(node.value.id)
        return value is not None and value.kind in ("frame", "")
    return False


def removed(context: Context) -> Iterator[Finding]:
    """Names and arguments that were removed from libraries."""
    for block, node in context.nodes():
        if isinstance(node, ast.Call):
            yield from _arguments(context, block, node)
        if isinstance(node, ast.Attribute):
            yield from _attribute(context, block, node)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from _imported(block, node)


def _arguments(context: Context, block: Block, node: ast.Call) -> Iterator[Finding]:
    name = context.qualified(node.func)
    short = name.rsplit(".", 1)[-1]
    if not name:
        return
    for keyword in node.keywords:
        value = getattr(keyword.value, "value", None)
        if (short, keyword.arg) in _KEYWORDS:
            today = _KEYWORDS[short, keyword.arg or ""]
            fix = f"Write `{today}=` instead." if today else "Leave the argument out."
            if short == "mean_squared_error":
                fix = "Use `root_mean_squared_error` for `squared=False`."
            edits = (_renamed(block, keyword, today),) if today else ()
            yield _gone(block, keyword, f"{short} no longer takes `{keyword.arg}`.", fix, edits)
        elif isinstance(value, str) and short.startswith(
            _VALUES.get((value, keyword.arg or ""), "-")
        ):
            today = _TODAY.get(value, '"sqrt"' if "Classifier" in short else "1.0")
            edit = replacement(block, keyword.value, today)
            what = f'{short} no longer takes `{keyword.arg}="{value}"`.'
            yield _gone(block, keyword, what, f"Write `{keyword.arg}={today}`.", (edit,))


def _renamed(block: Block, keyword: ast.keyword, today: str | None) -> Edit:
    start = insertion(block, keyword.lineno, keyword.col_offset, "")
    length = len(keyword.arg or "")
    return Edit(
        start.cell, start.line, start.column, start.line, start.column + length, today or ""
    )


def _attribute(context: Context, block: Block, node: ast.Attribute) -> Iterator[Finding]:
    name = context.qualified(node)
    if name in _NAMES:
        yield _gone(block, node, f"`{name}` no longer exists.", _NAMES[name])
    elif not name and node.attr in _METHODS:
        yield _gone(block, node, f"`.{node.attr}` no longer exists.", _METHODS[node.attr])


def _imported(block: Block, node: ast.Import | ast.ImportFrom) -> Iterator[Finding]:
    for alias in node.names:
        module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        name = f"{module}{alias.name}"
        for gone, fix in _NAMES.items():
            if name == gone or name.startswith(f"{gone}."):
                yield _gone(block, node, f"`{gone}` no longer exists.", fix)


def _gone(
    block: Block, node: ast.AST, what: str, fix: str, edits: tuple[Edit, ...] = ()
) -> Finding:
    return found(
        "removed-api", "warning", block, node, what,
        "With today's version of the library the notebook stops here.",
        fix, edits,
    )  # fmt: skip
