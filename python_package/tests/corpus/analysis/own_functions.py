# %%
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from sklearn.ensemble import RandomForestRegressor
from sklearn.metrics import mean_absolute_error

RATE = 0.1

# %%
def load(path):
    return pd.read_csv(path)

def add_features(frame):
    frame["ratio"] = frame["a"] / (frame["b"] + RATE)
    return frame

def show(frame):
    frame.hist(figsize=(10, 8))
    plt.show()

def evaluate(model, X, y):
    pred = model.predict(X)
    return mean_absolute_error(y, pred)

# %%
df = load("houses.csv")
show(df)
df = add_features(df)

# %%
train = df[df["year"] < 2015]
test = df[df["year"] >= 2015]
cols = ["a", "b", "ratio"]
rf = RandomForestRegressor(n_estimators=100, random_state=0)
rf.fit(train[cols], train["price"])
mae = evaluate(rf, test[cols], test["price"])
print(mae)
show(test)
