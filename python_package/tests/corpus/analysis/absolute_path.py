# %%
import pandas as pd
from sklearn.linear_model import LinearRegression
df = pd.read_csv("/home/ana/data/x.csv")
m = LinearRegression().fit(df[["a"]], df["y"])
m.score(df[["a"]], df["y"])
