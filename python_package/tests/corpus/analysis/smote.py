# %%
import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
df = pd.read_csv("fraud.csv")
X, y = df.drop("Class", axis=1), df["Class"]
sm = SMOTE(random_state=0)
X_res, y_res = sm.fit_resample(X, y)
X_train, X_test, y_train, y_test = train_test_split(X_res, y_res, random_state=0)
clf = LogisticRegression(max_iter=1000).fit(X_train, y_train)
f1_score(y_test, clf.predict(X_test))
