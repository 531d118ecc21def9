# %%
import pandas as pd
import statsmodels.api as sm
from sklearn.metrics import r2_score
df = pd.read_csv("x.csv")
train, test = df.iloc[:80], df.iloc[80:]
# %%
X = sm.add_constant(train[["a", "b"]])
model = sm.OLS(train["y"], X).fit()
print(model.summary())
pred = model.predict(sm.add_constant(test[["a", "b"]]))
r2_score(test["y"], pred)
