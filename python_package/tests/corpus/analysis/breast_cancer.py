# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score, classification_report, confusion_matrix
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

%matplotlib inline

# %%
data = load_breast_cancer()
df = pd.DataFrame(data.data, columns=data.feature_names)
df["target"] = data.target
df.head()

# %%
df.describe()

# %%
# How many of each?
df["target"].value_counts().plot(kind="bar")
plt.title("Classes")
plt.show()

# %%
df["area_ratio"] = df["worst area"] / df["mean area"]
X = df.drop(columns=["target"])
y = df["target"]

# %%
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=42, stratify=y)
scaler = StandardScaler()
X_train_scaled = scaler.fit_transform(X_train)
X_test_scaled = scaler.transform(X_test)

# %%
model = RandomForestClassifier(n_estimators=200, max_depth=8, random_state=42)
model.fit(X_train_scaled, y_train)

# %%
y_pred = model.predict(X_test_scaled)
accuracy = accuracy_score(y_test, y_pred)
print(f"Accuracy: {accuracy:.4f}")

# %%
print(classification_report(y_test, y_pred))
cm = confusion_matrix(y_test, y_pred)
plt.imshow(cm)
plt.show()
