# %%
from sklearn.datasets import load_wine
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier
X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=4)
lr = LogisticRegression(max_iter=3000)
tree = DecisionTreeClassifier(max_depth=3, random_state=4)
vote = VotingClassifier(estimators=[("lr", lr), ("tree", tree)], voting="soft")
vote.fit(X_train, y_train)
y_pred = vote.predict(X_test)
print(accuracy_score(y_true=y_test, y_pred=y_pred))
