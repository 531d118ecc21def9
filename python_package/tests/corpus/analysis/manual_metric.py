# %%
import numpy as np
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier
X, y = load_digits(return_X_y=True)
rng = np.random.default_rng(0)
idx = rng.permutation(len(X))
train_idx, test_idx = idx[:1000], idx[1000:]
X_train, X_test = X[train_idx], X[test_idx]
y_train, y_test = y[train_idx], y[test_idx]
knn = KNeighborsClassifier(n_neighbors=3)
knn.fit(X_train, y_train)
pred = knn.predict(X_test)
acc = (pred == y_test).mean()
print(acc)
