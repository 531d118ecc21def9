# %%
import pandas as pd
from sklearn.ensemble import RandomForestRegressor
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import train_test_split
train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
features = ["a", "b"]
X, y = train[features], train["y"]
X_tr, X_va, y_tr, y_va = train_test_split(X, y, random_state=1)
model = RandomForestRegressor(n_estimators=100, random_state=1)
model.fit(X_tr, y_tr)
print(mean_absolute_error(y_va, model.predict(X_va)))
# %%
model.fit(X, y)
preds = model.predict(test[features])
pd.DataFrame({"id": test["id"], "y": preds}).to_csv("submission.csv", index=False)
