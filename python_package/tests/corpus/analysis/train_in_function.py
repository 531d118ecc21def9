# %%
import pandas as pd
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

def prepare(path="x.csv"):
    df = pd.read_csv(path)
    df = df.dropna()
    return df.drop(columns=["y"]), df["y"]

def run(n_trees=100):
    X, y = prepare()
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)
    model = ExtraTreesClassifier(n_estimators=n_trees, random_state=0)
    model.fit(X_train, y_train)
    acc = accuracy_score(y_test, model.predict(X_test))
    return model, acc
# %%
model, acc = run(200)
print(acc)
