# %%
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.model_selection import train_test_split, cross_val_score, KFold

# %%
X, y = load_wine(return_X_y=True)
models = []
models.append(("LR", LogisticRegression(max_iter=5000)))
models.append(("KNN", KNeighborsClassifier(5)))

# %%
for name, model in models:
    kfold = KFold(n_splits=5, shuffle=True, random_state=7)
    scores = cross_val_score(model, X, y, cv=kfold)
    print(name, scores.mean())
