"""Findings about how the notebook learns: leaks, missing seeds, scores on training rows."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from cookhouse_convert.analysis import Edit, Finding
from cookhouse_convert.blocks import Block
from cookhouse_convert.findings.context import Context, found, keyword_insertion
from cookhouse_convert.flow.values import Event
from cookhouse_convert.models import Candidate

# They learn nothing from the values of other rows, or only the list of categories.
_HARMLESS = {
    "LabelEncoder", "LabelBinarizer", "MultiLabelBinarizer", "OneHotEncoder", "OrdinalEncoder",
    "Binarizer", "Normalizer", "FunctionTransformer", "PolynomialFeatures", "HashingVectorizer",
    "FeatureHasher", "ColumnTransformer",
}  # fmt: skip


def fit_before_split(context: Context) -> Iterator[Finding]:
    """A scaler or imputer that saw the test rows makes the score too good."""
    for event, short in _fitted_transformers(context):
        sides = {taint.split(":")[0] for taint in event.taint}
        if short in _HARMLESS or sides & {"train", "test"} or "read" not in sides:
            continue
        split = _split_after(context, event.statement)
        if split is None:
            continue
        block = context.trace.blocks[event.statement]
        resamples = event.name == "fit_resample"
        yield found(
            "resample-before-split" if resamples else "fit-before-split", "warning",
            block, event.node,
            f"{short} is {'applied' if resamples else 'fitted'} on all rows before they are split.",
            "It has seen the test rows, so the score is better than on new rows.",
            f"Split first, then call `{event.name}` on the training rows"
            + ("." if resamples else " and `transform` on the test rows."),
        )  # fmt: skip


def refit_on_test(context: Context) -> Iterator[Finding]:
    """A transformer that is fitted again on test rows would be fitted again on each new row."""
    for event, short in _fitted_transformers(context):
        sides = {taint.split(":")[0] for taint in event.taint}
        if "test" not in sides or "train" in sides or short == "LabelEncoder":
            continue
        block = context.trace.blocks[event.statement]
        yield found(
            "refit-on-test", "warning", block, event.node,
            f"`{event.subject}.{event.name}` fits {short} again on the test rows.",
            "New rows would be prepared by what they themselves are, so the model scores wrong.",
            f"Fit `{event.subject}` on the training rows and only call `transform` here.",
        )  # fmt: skip


def _fitted_transformers(context: Context) -> Iterator[tuple[Event, str]]:
    for event in context.trace.events:
        if event.kind != "fit" or event.origin is None or not context.fates[event.statement].kept:
            continue
        made = context.trace.constructions[event.origin]
        if made.task == "transformer":
            yield event, made.name.rsplit(".", 1)[-1] or "the transformer"


def _split_after(context: Context, number: int) -> Event | None:
    for event in context.trace.events:
        later = event.kind == "split" and event.statement > number
        if later and number in context.trace.slice([event.statement]):
            return event
    return None


def unseeded(context: Context) -> Iterator[Finding]:
    """Without a seed, every run gives another number."""
    trace, chosen = context.trace, context.chosen
    if chosen is None:
        return
    relevant = trace.slice([chosen.last, chosen.fit.statement])
    seeded_at = min(
        (event.statement for event in trace.events if event.kind == "seed"), default=None
    )
    for event in trace.events:
        number = event.statement
        if number not in relevant or (seeded_at is not None and seeded_at < number):
            continue
        block = trace.blocks[number]
        if event.kind == "split" and trace.effects[number].random:
            yield _unseeded(context, event, "train_test_split", number)
        elif event.kind == "random":
            short = event.name.rsplit(".", 1)[-1]
            yield found(
                "unseeded-randomness", "warning", block, event.node,
                f"`{short}` draws random numbers without a seed.",
                "Each run gives other numbers, so the proof can only pin them.",
                "Call `np.random.seed(42)` in the first cell, or give `random_state=42`.",
            )  # fmt: skip
    for construction in sorted(set().union(*(trace.effects[n].draws for n in relevant))):
        made = trace.constructions[construction]
        before = seeded_at is not None and seeded_at < made.statement
        if not before and made.node is not None and _draws(context, construction):
            yield _unseeded_model(context, construction)


def _draws(context: Context, number: int) -> bool:
    """Whether this class draws by default; LogisticRegression with its usual solver does not."""
    short = context.trace.constructions[number].name.rsplit(".", 1)[-1]
    quiet = {"LogisticRegression", "Ridge", "RidgeClassifier", "SVC", "LinearSVC", "Lasso",
             "ElasticNet", "PCA", "SimpleImputer", "QuantileTransformer", "TargetEncoder",
             "KBinsDiscretizer", "SVR", "NuSVC", "HistGradientBoostingClassifier",
             "HistGradientBoostingRegressor", "SelectFromModel", "GridSearchCV"}  # fmt: skip
    return short not in quiet


def _unseeded(context: Context, event: Event, name: str, number: int) -> Finding:
    block = context.trace.blocks[number]
    edits: tuple[Edit, ...] = ()
    if isinstance(event.node, ast.Call) and not event.inlined and not _has_seed(event.node):
        edits = (keyword_insertion(block, event.node, "random_state=42"),)
    return found(
        "unseeded-randomness", "warning", block, event.node,
        f"`{name}` is called without `random_state`.",
        "Each run gives other rows and another score, so the proof can only pin them.",
        "Add `random_state=42`.", edits,
    )  # fmt: skip


def _has_seed(call: ast.Call) -> bool:
    return any(keyword.arg == "random_state" for keyword in call.keywords)


def _unseeded_model(context: Context, number: int) -> Finding:
    made = context.trace.constructions[number]
    block = context.trace.blocks[made.statement]
    short = made.name.rsplit(".", 1)[-1]
    edits: tuple[Edit, ...] = ()
    inside = block.node is not None and any(part is made.node for part in block.nodes())
    if inside and made.node is not None and not _has_seed(made.node):
        edits = (keyword_insertion(block, made.node, "random_state=42"),)
    return found(
        "unseeded-randomness", "warning", block, made.node,
        f"{short} is made without `random_state`.",
        "Each training gives another model, so the proof can only pin the randomness.",
        "Add `random_state=42`.", edits,
    )  # fmt: skip


def scored_on_training_rows(context: Context) -> Iterator[Finding]:
    """A metric on the rows that the model was fitted on says nothing of new rows."""
    chosen = context.chosen
    if chosen is None:
        return
    block = context.trace.blocks[chosen.fit.statement]
    if chosen.metric is None:
        yield found(
            "no-metric", "warning", block, chosen.fit.node,
            "The chosen model is never measured.",
            "Runs cannot be compared, and the proof has no number to check.",
            "Compute a metric on test rows, for instance `accuracy_score(y_test, y_pred)`.",
        )  # fmt: skip
        return
    if chosen.fit.cross or chosen.metric.name in ("cross_val_score", "cross_validate"):
        return
    sides = {taint.split(":")[0] for taint in chosen.metric.taint}
    fitted = {taint.split(":")[0] for taint in chosen.fit.taint}
    unsplit = not (fitted | sides) & {"train", "test"} and _same_rows(context, chosen)
    if ("train" in sides and "test" not in sides) or unsplit:
        block = context.trace.blocks[chosen.metric.statement]
        yield found(
            "scored-on-training-rows", "warning", block, chosen.metric.node,
            f"`{chosen.metric.name}` is computed on the rows that the model was fitted on.",
            "The number says how well the model remembers, not how well it predicts.",
            "Split the rows with `train_test_split` and measure on the test part.",
        )  # fmt: skip


def _same_rows(context: Context, chosen: Candidate) -> bool:
    """Whether fit and prediction are given the same expression."""
    asked = chosen.predict or chosen.metric
    rows = [getattr(event.node, "args", []) for event in (chosen.fit, asked) if event is not None]
    if len(rows) < 2 or not all(rows) or chosen.fit.inlined or (asked and asked.inlined):
        return False
    return ast.dump(rows[0][0]) == ast.dump(rows[1][0])


def target_in_features(context: Context) -> Iterator[Finding]:
    """The label among the features is the commonest way to a perfect score."""
    labels: dict[str, ast.AST] = {}
    tables: dict[str, tuple[Block, ast.AST]] = {}
    for block, node in context.nodes():
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        target, value = node.targets[0], node.value
        if not isinstance(target, ast.Name):
            continue
        column = _column(value)
        if column is not None and target.id.lower() in ("y", "target", "label", "labels"):
            labels[column] = node
        elif target.id in ("X", "features", "x") and _whole(value):
            tables[target.id] = (block, node)
    if not labels or not tables:
        return
    label = next(iter(labels))
    if label in _removed_columns(context):
        return
    for name, (block, node) in tables.items():
        yield found(
            "target-in-features", "warning", block, node,
            f"`{name}` seems to hold the label `{label}` as one of its columns.",
            "The model then reads the answer from its input, and the score means nothing.",
            f'Leave it out: `{name} = {name}.drop(columns=["{label}"])`.',
        )  # fmt: skip


def _column(value: ast.expr) -> str | None:
    if isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Constant):
        return value.slice.value if isinstance(value.slice.value, str) else None
    return None


def _whole(value: ast.expr) -> bool:
    """Whether the expression is a whole table: `df`, `df.copy()`, `df.drop(…)`."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        return value.func.attr in ("copy", "drop") and isinstance(value.func.value, ast.Name)
    return isinstance(value, ast.Name)


def _removed_columns(context: Context) -> set[str]:
    """Return all texts that stand in a call or statement that takes columns away."""
    removed: set[str] = set()
    for _block, node in context.nodes(kept_only=False):
        takes = isinstance(node, ast.Delete) or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("drop", "pop", "difference", "remove", "isin")
        )
        dropped = isinstance(node, (ast.ListComp, ast.Compare))
        if takes or dropped:
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    removed.add(part.value)
                elif isinstance(part, ast.Name):
                    value = context.trace.names.get(part.id)
                    if value is not None and isinstance(value.const, str):
                        removed.add(value.const)
                    for item in value.items if value is not None else ():
                        if isinstance(item.const, str):
                            removed.add(item.const)
    return removed
