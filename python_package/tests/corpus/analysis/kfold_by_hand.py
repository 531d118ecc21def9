# %%
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
X, y = load_breast_cancer(return_X_y=True)
# %%
N_SPLITS = 5
skf = StratifiedKFold(n_splits=N_SPLITS, shuffle=True, random_state=0)
aucs = []
for tr, te in skf.split(X, y):
    clf = RandomForestClassifier(n_estimators=50, random_state=0)
    clf.fit(X[tr], y[tr])
    aucs.append(roc_auc_score(y[te], clf.predict_proba(X[te])[:, 1]))
print(np.mean(aucs))
