# %%
import pandas as pd
from sklearn.linear_model import LinearRegression
df = pd.read_csv("x.csv")
# %%
m = LinearRegression()
m.fit(X_train, df["y"])
m.score(X_train, df["y"])
