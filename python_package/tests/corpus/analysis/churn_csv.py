# %%
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

# %% tags=["parameters"]
test_size = 0.3
C = 1.0
seed = 7

# %%
df = pd.read_csv("churn.csv")
print(df.shape)
df.isna().sum()

# %%
df["age"] = df["age"].fillna(df["age"].median())
df["city"] = df["city"].fillna("unknown")
df = pd.get_dummies(df, columns=["city", "plan"], drop_first=True)

# %%
y = df["churned"]
X = df.drop(columns=["churned", "id"])
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=test_size, random_state=seed)

# %%
clf = LogisticRegression(C=C, max_iter=1000)
clf.fit(X_train, y_train)

# %%
proba = clf.predict_proba(X_test)[:, 1]
roc_auc_score(y_test, proba)
