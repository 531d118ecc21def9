# %%
from sklearn.datasets import load_diabetes
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.model_selection import cross_val_score

# %%
data = load_diabetes()
X, y = data.data, data.target
gbr = GradientBoostingRegressor(learning_rate=0.05, n_estimators=150, random_state=3)
scores = cross_val_score(gbr, X, y, cv=5, scoring="r2")
print(scores.mean(), scores.std())
