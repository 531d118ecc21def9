# %%
from sklearn.datasets import load_iris
from sklearn.tree import DecisionTreeClassifier
depth = int(input("Depth? "))
X, y = load_iris(return_X_y=True)
t = DecisionTreeClassifier(max_depth=depth, random_state=0).fit(X, y)
print(t.score(X, y))
