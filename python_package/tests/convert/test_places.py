"""Places and texts: everything the analysis points at is where it says."""

import ast

import pytest

from cookhouse_convert import Analysis, analyse
from cookhouse_convert.analysis import Edit
from cookhouse_convert.hyperparameters import place_in_source
from tests.convert.corpus import NAMES, cells


def _lines(name: str) -> dict[str, list[str]]:
    return {str(i): cell["source"].split("\n") for i, cell in enumerate(cells(name))}


@pytest.mark.parametrize("name", NAMES)
def test_sources_are_the_authors_own_text(name: str) -> None:
    lines = _lines(name)
    for statement in analyse(cells(name)).statements:
        text = "\n".join(lines[statement.cell])
        assert statement.source in text
        first = statement.end_line - statement.source.count("\n")
        assert statement.source.split("\n")[0] in lines[statement.cell][first - 1]


@pytest.mark.parametrize("name", NAMES)
def test_kept_statements_are_python(name: str) -> None:
    kept = [one.source for one in analyse(cells(name)).statements if one.kept]
    ast.parse("\n".join(kept))


@pytest.mark.parametrize("name", NAMES)
def test_hyperparameters_stand_where_they_say(name: str) -> None:
    analysis = analyse(cells(name))
    for parameter in analysis.hyperparameters:
        statement = analysis.statements[parameter.statement]
        assert statement.kept
        line, column, end_line, end_column = place_in_source(parameter, statement)
        assert line == end_line
        literal = statement.source.split("\n")[line - 1].encode()[column:end_column].decode()
        assert ast.literal_eval(literal) == parameter.default
        whole = _lines(name)[parameter.cell][parameter.line - 1].encode()
        assert whole[parameter.column : parameter.end_column].decode() == literal


def test_places_hold_after_a_semicolon_a_magic_and_accents() -> None:
    source = 'é = "ü"; %s\n%%time model = Ridge(alpha=0.25).fit(X, y)\nmodel.score(X, y)'
    source = source % "k = 3"
    head = "from sklearn.linear_model import Ridge\nfrom sklearn.datasets import load_diabetes\n"
    head += "X, y = load_diabetes(return_X_y=True)"
    analysis = analyse([{"id": "a", "source": head}, {"id": "b", "source": source}])
    (alpha,) = analysis.hyperparameters
    assert (alpha.name, alpha.line) == ("alpha", 2)
    assert source.split("\n")[1][alpha.column : alpha.end_column] == "0.25"
    statement = analysis.statements[alpha.statement]
    line, column, _, end = place_in_source(alpha, statement)
    assert statement.source.split("\n")[line - 1][column:end] == "0.25"
    assert statement.source.startswith("model = Ridge")


def _apply(text: str, edits: tuple[Edit, ...]) -> str:
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda one: (one.line, one.column), reverse=True):
        before = lines[edit.line - 1][: edit.column]
        after = lines[edit.end_line - 1][edit.end_column :]
        lines[edit.line - 1 : edit.end_line] = [before + edit.text + after]
    return "\n".join(lines)


def _codes(analysis: Analysis) -> list[tuple[str, str, int]]:
    return [(one.code, one.cell, one.line) for one in analysis.findings]


@pytest.mark.parametrize("name", ["unseeded", "chained_inplace", "removed_apis"])
def test_a_fix_mends_what_it_was_offered_for(name: str) -> None:
    edited = cells(name)
    before = analyse(edited)
    fixes = [finding for finding in before.findings if finding.edits]
    assert fixes
    for finding in fixes:
        cell = edited[int(finding.cell)]
        changed = [dict(one) for one in edited]
        changed[int(finding.cell)]["source"] = _apply(cell["source"], finding.edits)
        after = analyse(changed)
        assert (finding.code, finding.cell, finding.line) not in _codes(after)
        assert len(after.findings) == len(before.findings) - 1


def test_a_fix_counts_characters_not_bytes() -> None:
    source = "import pandas as pd\nfrom sklearn.model_selection import train_test_split\n"
    source += "from sklearn.linear_model import LinearRegression\n"
    source += 'd = pd.read_csv("x.csv"); a, b = train_test_split(d[["größe"]])\n'
    source += "m = LinearRegression().fit(a, a)\nm.score(b, b)"
    (finding,) = [one for one in analyse([{"source": source}]).findings if one.edits]
    fixed = _apply(source, finding.edits)
    assert 'train_test_split(d[["größe"]], random_state=42)' in fixed
