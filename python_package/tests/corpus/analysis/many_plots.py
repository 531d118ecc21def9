# %%
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
import seaborn as sns
import warnings
from sklearn.linear_model import Lasso
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
warnings.filterwarnings("ignore")
plt.rcParams["figure.figsize"] = (10, 5)
pd.set_option("display.max_columns", None)
pd.options.display.float_format = "{:.2f}".format
# %%
df = pd.read_csv("cars.csv")
numeric = df.select_dtypes("number").columns
for col in numeric:
    plt.figure()
    sns.histplot(df[col])
    plt.title(col)
    plt.show()
# %%
fig, axes = plt.subplots(2, 2)
for ax, col in zip(axes.flat, numeric[:4]):
    ax.boxplot(df[col])
counts = df["brand"].value_counts()
top = counts.head(10)
top.plot.bar()
summary = pd.DataFrame({"n": counts, "share": counts / counts.sum()})
summary
missing = df.isnull().sum().sort_values(ascending=False)
if missing.sum() > 0:
    print("missing:", missing)
else:
    print("complete")
# %%
def describe_column(name):
    print(name, df[name].min(), df[name].max())

describe_column("price")
# %%
y = df["price"]
X = df[numeric].drop(columns=["price"])
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)
lasso = Lasso(alpha=0.1)
lasso.fit(X_train, y_train)
y_hat = lasso.predict(X_test)
r2_score(y_test, y_hat)
