# %%
import pandas as pd
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
# %%
iris = load_iris(as_frame=True)
df = iris.frame
# %% stage="features"
df.describe()
df["area"] = df["petal length (cm)"] * df["petal width (cm)"]
# %% tags=["eda"]
means = df.groupby("target").mean()
means
# %% tags=["skip"]
LogisticRegression().fit(df, df["target"])
# %%
X, y = df.drop(columns="target"), df["target"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LogisticRegression(max_iter=1000)
model.fit(X_train, y_train)
accuracy_score(y_test, model.predict(X_test))
