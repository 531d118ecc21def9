# %%
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeRegressor
df = pd.read_csv("x.csv")
y = df["price"]
X = df.drop(columns=["id"])
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
t = DecisionTreeRegressor(max_depth=5, random_state=0).fit(X_train, y_train)
t.score(X_test, y_test)
