"""What the analysis has to say: one rule is one function, listed here in the order of its reader.

To add a rule, write a function that takes a `Context` and yields findings, and list it in `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cookhouse_convert.analysis import Finding
from cookhouse_convert.findings import files, learning, names, outdated, reading, scope
from cookhouse_convert.findings.context import Context

__all__ = ["RULES", "Context", "findings_of"]

Rule = Callable[[Context], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    reading.language,
    scope.builder_form,
    scope.model,
    names.undefined,
    names.needed_but_left_out,
    names.history,
    reading.interactive,
    reading.foreign_cells,
    learning.refit_on_test,
    learning.fit_before_split,
    learning.target_in_features,
    learning.scored_on_training_rows,
    learning.unseeded,
    outdated.chained_inplace,
    outdated.removed,
    reading.execution_order,
    names.star_imports,
    files.local_modules,
)
_SEVERITIES = {"error": 0, "warning": 1, "info": 2}


def findings_of(context: Context, more: list[Finding]) -> tuple[Finding, ...]:
    """Return what all rules found, the gravest first, then in the order of the notebook."""
    found = list(more)
    for rule in RULES:
        found.extend(rule(context))
    order = {cell.id: index for index, cell in enumerate(context.notebook.cells)}
    unique = dict.fromkeys(found)
    return tuple(
        sorted(
            unique,
            key=lambda one: (_SEVERITIES[one.severity], order.get(one.cell, -1), one.line),
        )
    )
