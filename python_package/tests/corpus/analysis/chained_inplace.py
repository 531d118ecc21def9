# %%
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
df = pd.read_csv("x.csv")
df["age"].fillna(df["age"].mean(), inplace=True)
df.city.replace({"a": "b"}, inplace=True)
df.dropna(inplace=True)
X, y = df[["age"]], df["y"]
a, b, c, d = train_test_split(X, y, test_size=0.2, random_state=0)
m = LogisticRegression().fit(a, c)
m.score(b, d)
