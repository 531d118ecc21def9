"""What single statements read, write, change and need."""

import pytest

from cookhouse_convert import analyse
from cookhouse_convert.blocks import blocks_of
from cookhouse_convert.flow.trace import Trace, trace
from cookhouse_convert.knowledge import knowledge
from cookhouse_convert.read import read_notebook

HEAD = "import pandas as pd\nimport numpy as np\ndf = pd.read_csv('x.csv')\n"


def _trace(source: str) -> Trace:
    blocks, problems = blocks_of(read_notebook([{"source": source}]))
    assert not problems
    return trace(blocks, knowledge())


def _last(source: str) -> tuple[set[str], set[str], set[str]]:
    effect = _trace(HEAD + source).effects[-1]
    return effect.reads, effect.writes, effect.mutates


@pytest.mark.parametrize(
    ("source", "reads", "writes", "mutates"),
    [
        ("a = df['x']", {"df"}, {"a"}, set()),
        ("df['x'] = 1", {"df"}, set(), {"df"}),
        ("df.x = 1", {"df"}, set(), {"df"}),
        ("df['x'] += 1", {"df"}, set(), {"df"}),
        ("df.loc[df.a > 1, 'x'] = 0", {"df"}, set(), {"df"}),
        ("df.drop(columns='x', inplace=True)", {"df"}, set(), {"df"}),
        ("y = df.pop('y')", {"df"}, {"y"}, {"df"}),
        ("del df['x']", {"df"}, set(), {"df"}),
        ("n = [c for c in df.columns if c != 'y']", {"df"}, {"n"}, set()),
        ("m = (lambda t: t * 2)(3)", set(), {"m"}, set()),
        ("if (k := len(df)) > 3: pass", {"df"}, {"k"}, set()),
        ("np.random.shuffle(df.values)", {"df", "np"}, set(), {"df"}),
        ("for i, row in df.iterrows(): t = row.a", {"df"}, {"i", "row", "t"}, set()),
    ],
)
def test_effects(source: str, reads: set[str], writes: set[str], mutates: set[str]) -> None:
    assert _last(source) == (reads, writes, mutates)


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("a = df\na['x'] = 1", {"a", "df"}),
        ("a = df.copy()\na['x'] = 1", {"a"}),
        ("b = pd.DataFrame()\nfor d in [df, b]: d['x'] = 1", {"df", "b", "d"}),
        ("b = {'one': df}\nb['one']['x'] = 1", {"df", "b"}),
        ("def f(t):\n    t['x'] = 1\nf(df)", {"df"}),
        ("def f(t):\n    t = t.copy()\n    t['x'] = 1\nf(df)", set()),
        ("def f():\n    df['x'] = 1\nf()", {"df"}),
        ("X = df[['a']]\ndf['x'] = 1", {"df", "X"}),
    ],
)
def test_aliases_and_own_functions(source: str, changed: set[str]) -> None:
    assert _last(source)[2] == changed


def test_a_function_reads_what_its_body_reads() -> None:
    seen = _trace(HEAD + "k = 3\ndef f(v):\n    return v * k\ndf['x'] = df['a'].apply(f)")
    assert "k" in seen.effects[-1].reads
    assert 3 in seen.needs[-1]


def test_a_global_is_written_by_the_call() -> None:
    assert "n" in _last("n = 0\ndef f():\n    global n\n    n = 1\nf()")[1]


def test_files_are_edges() -> None:
    seen = _trace(HEAD + "df.to_csv('a.csv')\nb = pd.read_csv('a.csv')\nc = pd.read_csv('b.csv')")
    assert 3 in seen.needs[4]
    assert 3 not in seen.needs[5]


def test_a_seed_is_needed_by_what_draws_after_it() -> None:
    seen = _trace(HEAD + "np.random.seed(1)\na = df.sample(3)\nb = df.sample(3, random_state=2)")
    assert 3 in seen.needs[4]
    assert 3 not in seen.needs[5]


def test_rebinding_cuts_what_came_before() -> None:
    seen = _trace(HEAD + "a = df['x']\na = 3\nb = a")
    assert seen.needs[5] == {4}


def test_branches_do_not_cut() -> None:
    seen = _trace(HEAD + "a = df['x']\nif len(df): a = 3\nb = a")
    assert seen.needs[5] == {3, 4}


def test_endless_recursion_ends() -> None:
    seen = _trace(HEAD + "def f(n):\n    return g(n)\ndef g(n):\n    return f(n)\nf(df)")
    assert seen.effects[-1].mutates == {"df"}


@pytest.mark.parametrize(
    "source",
    [
        "print(df.head())",
        "df.groupby('a').agg({'b': 'mean'})",
        "df.hist(); 1",
        "get_ipython().run_line_magic('matplotlib', 'inline')",
        "for c in df: print(c)",
        "if True: print(1)\nelse: print(2)",
        "with pd.option_context('display.max_rows', 3): print(df)",
        "df.style.background_gradient()",
        "[print(c) for c in df]",
    ],
)
def test_what_only_shows_is_left_out(source: str) -> None:
    statement = analyse([{"source": HEAD + source}]).statements[3]
    assert not statement.kept
    assert statement.stage == "explore"


@pytest.mark.parametrize(
    "source",
    [
        "df.frobnicate()",
        "print(df.frobnicate())",
        "df.dropna(inplace=True)\nprint(df)\ndf.to_csv('a.csv')",
        "print(df.pop('a'))\ndf.to_csv('a.csv')",
        "import os\nos.makedirs('a')",
        "assert len(df)",
        "unused = df.mean()",
        "def unused(): pass",
    ],
)
def test_what_may_matter_is_kept(source: str) -> None:
    assert analyse([{"source": HEAD + source}]).statements[3].kept
