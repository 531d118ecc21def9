"""The whole verdict on each notebook of the corpus, as a person reviewed it."""

import json

import pytest

from cookhouse_convert import analyse
from tests.convert.corpus import EXPECTED, NAMES, cells, summary

EXPECTATIONS = json.loads(EXPECTED.read_text("utf-8"))


def test_every_notebook_has_an_expectation() -> None:
    assert sorted(EXPECTATIONS) == NAMES
    assert len(NAMES) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_the_verdict_is_the_reviewed_one(name: str) -> None:
    assert summary(analyse(cells(name))) == EXPECTATIONS[name]


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_has_a_reason_and_every_finding_a_fix(name: str) -> None:
    analysis = analyse(cells(name))
    for statement in analysis.statements:
        assert statement.reason.endswith(".")
    for finding in analysis.findings:
        assert finding.cell
        for sentence in (finding.what, finding.why, finding.fix):
            assert sentence.endswith(".")
