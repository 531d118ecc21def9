# %%
import pandas as pd
from sklearn.linear_model import LinearRegression
df = pd.read_csv("x.csv")
# %% stage="explore"
df["b"] = df["a"] ** 2
# %%
m = LinearRegression().fit(df[["a", "b"]], df["y"])
m.score(df[["a", "b"]], df["y"])
