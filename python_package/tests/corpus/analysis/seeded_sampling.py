# %%
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier
from sklearn.metrics import accuracy_score
np.random.seed(42)

# %%
df = pd.read_csv("x.csv")
df.sample(5)
X = df.drop("y", axis=1)
y = df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
clf = DecisionTreeClassifier(max_depth=3).fit(X_train, y_train)
accuracy_score(y_test, clf.predict(X_test))
