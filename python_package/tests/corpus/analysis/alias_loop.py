# %%
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score

# %%
train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
for d in [train, test]:
    d["Age"] = d["Age"].fillna(d["Age"].median())
    d["Sex"] = d["Sex"].map({"male": 0, "female": 1})

# %%
for col in train.columns:
    print(col, train[col].nunique())

# %%
features = ["Age", "Sex", "Pclass"]
model = LogisticRegression()
model.fit(train[features], train["Survived"])
print(accuracy_score(train["Survived"], model.predict(train[features])))

# %%
submission = pd.DataFrame({"PassengerId": test["PassengerId"], "Survived": model.predict(test[features])})
submission.to_csv("submission.csv", index=False)
