# %%
import pandas as pd
from sklearn.linear_model import LinearRegression
df = pd.read_csv("x.csv")
# %%
X = df[["a"]
# %%
m = LinearRegression()
m.fit(df[["a"]], df["y"])
m.score(df[["a"]], df["y"])
