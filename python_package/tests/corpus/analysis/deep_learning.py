# %%
import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
import numpy as np
# %%
model = Sequential([Dense(8, activation="relu"), Dense(1)])
model.compile(optimizer="adam", loss="mse")
model.fit(np.zeros((10, 2)), np.zeros(10), epochs=3)
# %%
p = model.predict(np.zeros((2, 2)))
