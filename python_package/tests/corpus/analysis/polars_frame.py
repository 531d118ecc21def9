# %%
import polars as pl
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score
df = pl.read_csv("trips.csv")
df.head()
df.describe()
df = df.with_columns((pl.col("km") / pl.col("min")).alias("speed")).drop_nulls()
n = int(len(df) * 0.8)
train, test = df[:n], df[n:]
cols = ["km", "speed"]
lr = LinearRegression().fit(train.select(cols).to_numpy(), train["fare"].to_numpy())
r2_score(test["fare"].to_numpy(), lr.predict(test.select(cols).to_numpy()))
