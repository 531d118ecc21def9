# %%
import numpy as np
import pandas as pd
from lightgbm import LGBMRegressor
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import train_test_split
df = pd.read_csv("houses.csv")
df["SalePrice"] = np.log1p(df["SalePrice"])
y = df["SalePrice"]
X = df.drop(["SalePrice", "Id"], axis=1)
X = pd.get_dummies(X)
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.25, random_state=8)
# %%
lgbm = LGBMRegressor(n_estimators=400, num_leaves=31, learning_rate=0.03, random_state=8)
lgbm.fit(X_train, y_train)
log_pred = lgbm.predict(X_val)
pred = np.expm1(log_pred)
actual = np.expm1(y_val)
rmse = np.sqrt(mean_squared_error(actual, pred))
print(f"RMSE {rmse:.0f}")
