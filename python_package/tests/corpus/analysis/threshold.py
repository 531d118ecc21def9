# %%
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import precision_score, recall_score
from sklearn.model_selection import train_test_split
THRESHOLD = 0.35
TARGET = "default"
DATA = "loans.csv"
df = pd.read_csv(DATA)
X, y = df.drop(columns=[TARGET]), df[TARGET]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, stratify=y, random_state=3)
# %%
hgb = HistGradientBoostingClassifier(max_iter=200, learning_rate=0.1, random_state=3)
hgb.fit(X_train, y_train)
proba = hgb.predict_proba(X_test)[:, 1]
flagged = (proba >= THRESHOLD).astype(int)
print("precision", precision_score(y_test, flagged))
print("recall", recall_score(y_test, flagged))
