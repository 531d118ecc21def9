# %%
import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, classification_report
from sklearn.model_selection import train_test_split
df = pd.read_csv("x.csv")
X, y = df.drop(columns=["y"]), df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
# %%
lr = LogisticRegression(max_iter=500)
lr.fit(X_train, y_train)
lr_pred = lr.predict(X_test)
print("LR", accuracy_score(y_test, lr_pred))
# %%
rf = RandomForestClassifier(n_estimators=300, max_depth=6, random_state=42)
rf.fit(X_train, y_train)
rf_pred = rf.predict(X_test)
print("RF", accuracy_score(y_test, rf_pred))
print(classification_report(y_test, rf_pred))
# %%
dummy = DummyClassifier()
dummy.fit(X_train, y_train)
print(accuracy_score(y_test, dummy.predict(X_test)))
# %%
import seaborn as sns
sns.barplot(x=rf.feature_importances_, y=X.columns)
