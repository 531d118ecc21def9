# %%
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
import seaborn as sns
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
from sklearn.metrics import mean_squared_error, r2_score

sns.set_theme()

# %%
diabetes = load_diabetes(as_frame=True)
X = diabetes.data
y = diabetes.target
X.info()

# %%
corr = X.corr()
fig, ax = plt.subplots(figsize=(8, 6))
sns.heatmap(corr, ax=ax)
ax.set_title("Correlation")
plt.show()

# %%
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)

# %%
ALPHA = 0.5
reg = Ridge(alpha=ALPHA)
reg.fit(X_train, y_train)
pred = reg.predict(X_test)
print("R2", r2_score(y_test, pred))
print("RMSE", np.sqrt(mean_squared_error(y_test, pred)))

# %%
plt.scatter(y_test, pred)
