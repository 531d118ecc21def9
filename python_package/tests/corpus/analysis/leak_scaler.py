# %%
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression

# %%
df = pd.read_csv("x.csv")
y = df["y"]
X = df.drop(columns="y")
scaler = StandardScaler()
X = scaler.fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
clf = LogisticRegression(penalty="l2", C=0.5)
clf.fit(X_train, y_train)
print("score:", clf.score(X_test, y_test))
