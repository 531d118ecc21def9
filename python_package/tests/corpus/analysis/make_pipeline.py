# %%
from sklearn.datasets import make_classification
from sklearn.decomposition import PCA
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
X, y = make_classification(n_samples=500, n_features=20, random_state=1)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=1)
pipe = make_pipeline(StandardScaler(), PCA(n_components=5), SGDClassifier(alpha=0.001, random_state=1))
cross_val_score(pipe, X_train, y_train, cv=5).mean()
pipe.fit(X_train, y_train)
pipe.score(X_test, y_test)
