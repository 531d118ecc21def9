# %% tags=["parameters"]
kind = "forest"
depth = 5
# %%
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
X, y = load_iris(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
if kind == "forest":
    model = RandomForestClassifier(max_depth=depth, random_state=0)
else:
    model = LogisticRegression()
model.fit(X_train, y_train)
model.score(X_test, y_test)
