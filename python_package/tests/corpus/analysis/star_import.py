# %%
from sklearn.metrics import *
from sklearn.linear_model import *
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
X, y = load_iris(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
m = LogisticRegression(max_iter=200).fit(X_train, y_train)
accuracy_score(y_test, m.predict(X_test))
