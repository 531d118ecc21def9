"""Figures that the analysis must hold, in processor time: other work on the machine is no fault."""

import time

from cookhouse_convert import analyse

HEAD = """import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
df = pd.read_csv("x.csv")
def scaled(frame, name):
    frame[name] = (frame[name] - frame[name].mean()) / frame[name].std()
    return frame
"""
TAIL = """X, y = df.drop(columns=["y"]), df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = RandomForestClassifier(n_estimators=10, random_state=0)
model.fit(X_train, y_train)
pred = model.predict(X_test)
accuracy_score(y_test, pred)
"""


def _notebook(cells: int) -> list[dict[str, str]]:
    middle = [
        f"df['f{n}'] = df['a'] * {n} + df['f{n - 1}'].fillna(0)\n"
        f"part_{n} = df[df['f{n}'] > {n}].copy()\n"
        f"df = scaled(df, 'f{n}')\n"
        f"for name in ['a', 'b']:\n    part_{n}[name] = np.log1p(part_{n}[name])\n"
        f"plt.hist(part_{n}['a'])\nplt.show()"
        for n in range(cells - 2)
    ]
    return [{"source": source} for source in [HEAD, *middle, TAIL]]


def test_a_hundred_cells_take_a_moment() -> None:
    analyse(_notebook(3))
    notebook = _notebook(100)
    taken = []
    for _ in range(5):
        start = time.process_time()
        analysis = analyse(notebook)
        taken.append(time.process_time() - start)
    assert analysis.verdict == "convertible"
    assert min(taken) < 0.1


def test_five_thousand_cells_take_seconds() -> None:
    start = time.process_time()
    analysis = analyse(_notebook(5000))
    assert time.process_time() - start < 10
    assert analysis.proposed is not None
    assert len(analysis.statements) > 30_000


def test_large_outputs_are_not_looked_at() -> None:
    output = {"output_type": "stream", "text": "x" * 100_000_000}
    cell = {"cell_type": "code", "source": "a = 1", "outputs": [output]}
    start = time.process_time()
    analyse({"cells": [cell]})
    assert time.process_time() - start < 1
