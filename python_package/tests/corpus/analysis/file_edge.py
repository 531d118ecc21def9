# %%
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split

# %%
raw = pd.read_csv("raw.csv")
raw = raw.dropna()
raw.to_csv("clean.csv", index=False)

# %%
df = pd.read_csv("clean.csv")
X, y = df[["x1", "x2"]], df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)
lr = LinearRegression().fit(X_train, y_train)
lr.score(X_test, y_test)
