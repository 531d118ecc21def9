# %%
import pandas as pd; import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import ElasticNet
from sklearn.metrics import mean_absolute_error
d = load_diabetes(); X = d.data; y = d.target
a = 0.3; m = ElasticNet(alpha=a, l1_ratio=0.7); m.fit(X[:300], y[:300])
print(mean_absolute_error(y[300:], m.predict(X[300:])));
