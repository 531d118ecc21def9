# %%
import pandas as pd
import xgboost as xgb
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import train_test_split
df = pd.read_parquet("x.parquet")
X, y = df.drop(columns=["y"]), df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=5)
# %%
dtrain = xgb.DMatrix(X_train, label=y_train)
dtest = xgb.DMatrix(X_test, label=y_test)
params = {"objective": "reg:squarederror", "max_depth": 4, "eta": 0.1, "seed": 5}
bst = xgb.train(params, dtrain, num_boost_round=120)
pred = bst.predict(dtest)
rmse = mean_squared_error(y_test, pred) ** 0.5
print(rmse)
