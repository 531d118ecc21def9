# %%
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier
from sklearn.svm import SVC
from sklearn.model_selection import train_test_split
from sklearn.metrics import accuracy_score

# %%
X, y = load_wine(return_X_y=True, as_frame=True)
X_tr, X_te, y_tr, y_te = train_test_split(X, y, test_size=0.3, random_state=0)

# %%
models = {
    "lr": LogisticRegression(max_iter=5000),
    "tree": DecisionTreeClassifier(max_depth=4, random_state=0),
    "svc": SVC(C=2.0),
}
results = {}
for name, model in models.items():
    model.fit(X_tr, y_tr)
    results[name] = accuracy_score(y_te, model.predict(X_te))
    print(name, results[name])

# %%
final = models["tree"]
pred = final.predict(X_te)
accuracy_score(y_te, pred)
