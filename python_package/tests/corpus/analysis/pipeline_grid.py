# %%
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.metrics import f1_score
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

# %%
df = pd.read_csv("data/bank.csv", sep=";")
df.head()

# %%
num_cols = ["age", "balance"]
cat_cols = ["job", "marital"]
X = df[num_cols + cat_cols]
y = (df["y"] == "yes").astype(int)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)

# %%
numeric = Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
preprocess = ColumnTransformer([
    ("num", numeric, num_cols),
    ("cat", OneHotEncoder(handle_unknown="ignore"), cat_cols),
])
pipe = Pipeline([("preprocess", preprocess), ("rf", RandomForestClassifier(n_estimators=50, random_state=1))])
param_grid = {"rf__max_depth": [3, 5, None], "rf__min_samples_leaf": [1, 5]}
grid = GridSearchCV(pipe, param_grid, cv=3, scoring="f1")
grid.fit(X_train, y_train)

# %%
print(grid.best_params_)
best = grid.best_estimator_
y_pred = best.predict(X_test)
f1 = f1_score(y_test, y_pred)
f1
