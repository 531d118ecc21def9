# %%
%matplotlib inline
%pip install -q xgboost==2.1 "lightgbm>=4"
!ls -la
import pandas as pd
from sklearn.datasets import load_iris
from sklearn.svm import SVC
# %%
%%time
iris = load_iris()
X, y = iris.data, iris.target
# %%
%time model = SVC(C=3.0).fit(X, y)
model.score(X, y)
# %%
%%bash
echo hello
# %%
pd.DataFrame?
files = !ls
