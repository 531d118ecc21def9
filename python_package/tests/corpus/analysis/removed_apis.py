# %%
import numpy as np
import pandas as pd
from sklearn.ensemble import AdaBoostClassifier, RandomForestClassifier
from sklearn.preprocessing import OneHotEncoder
from sklearn.tree import DecisionTreeClassifier
from sklearn.datasets import load_boston
from sklearn.metrics import mean_squared_error
df = pd.read_csv("x.csv")
enc = OneHotEncoder(sparse=False)
A = enc.fit_transform(df[["c"]])
x = df["a"].astype(np.float)
m = AdaBoostClassifier(base_estimator=DecisionTreeClassifier(max_depth=1, random_state=0), random_state=0)
m.fit(A, df["y"])
rf = RandomForestClassifier(max_features="auto", random_state=0).fit(A, df["y"])
mean_squared_error(df["y"], rf.predict(A), squared=False)
