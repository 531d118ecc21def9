# %%
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler
from sklearn.neighbors import KNeighborsRegressor
from sklearn.metrics import r2_score

# %%
df = pd.read_csv("x.csv")
y = df.pop("price")
X_train, X_test, y_train, y_test = train_test_split(df, y, random_state=0)
mm = MinMaxScaler()
X_train = mm.fit_transform(X_train)
X_test = mm.fit_transform(X_test)
knn = KNeighborsRegressor(n_neighbors=7, weights="distance")
knn.fit(X_train, y_train)
r2_score(y_test, knn.predict(X_test))
