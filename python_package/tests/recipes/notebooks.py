"""Notebooks as people write them, without a word of Cookhouse in them."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

CANCER = (
    "import matplotlib.pyplot as plt\n"
    "from sklearn.datasets import load_breast_cancer\n"
    "from sklearn.linear_model import LogisticRegression\n"
    "from sklearn.metrics import accuracy_score\n"
    "from sklearn.model_selection import train_test_split\n"
    "from sklearn.preprocessing import StandardScaler",
    "data = load_breast_cancer(as_frame=True)\ndf = data.frame\ndf.head()",
    "df['mean radius'].hist()\nplt.show()",
    "X = df.drop(columns='target')\ny = df['target']\n"
    "X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=0)",
    "scaler = StandardScaler().fit(X_train)\n"
    "X_train_s = scaler.transform(X_train)\nX_test_s = scaler.transform(X_test)",
    "model = LogisticRegression(C=1.0, max_iter=1000)\nmodel.fit(X_train_s, y_train)",
    "predictions = model.predict(X_test_s)\n"
    "accuracy = accuracy_score(y_test, predictions)\nprint(accuracy)",
)
DIABETES = (
    "from sklearn.datasets import load_diabetes\n"
    "from sklearn.ensemble import RandomForestRegressor\n"
    "from sklearn.metrics import r2_score\n"
    "from sklearn.model_selection import train_test_split",
    "df = load_diabetes(as_frame=True).frame\ndf.describe()",
    "df['bmi2'] = df['bmi'] ** 2\nX = df.drop(columns=['target'])\ny = df['target']\n"
    "X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=1)",
    "model = RandomForestRegressor(n_estimators=20, max_depth=5, random_state=0)\n"
    "model.fit(X_train, y_train)",
    "print(r2_score(y_test, model.predict(X_test)))",
)
FILE = (
    "import pandas as pd\nfrom sklearn.linear_model import LogisticRegression\n"
    "from sklearn.metrics import accuracy_score\n"
    "from sklearn.model_selection import train_test_split",
    "df = pd.read_csv('people.csv')",
    "X = df[['age', 'visits']]\ny = df['bought']\n"
    "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)",
    "model = LogisticRegression(C=0.5)\nmodel.fit(X_train, y_train)",
    "print(accuracy_score(y_test, model.predict(X_test)))",
)
KERNEL = "cookhouse-notebooks"


def write_notebook(path: Path, cells: tuple[str, ...], kernel: str | None = None) -> Path:
    """Write a notebook of these code cells and return its path."""
    notebook = new_notebook(cells=[new_markdown_cell("# A notebook"), *map(new_code_cell, cells)])
    if kernel is not None:
        spec = {"name": kernel, "display_name": kernel, "language": "python"}
        notebook.metadata.kernelspec = spec
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, str(path))
    return path
