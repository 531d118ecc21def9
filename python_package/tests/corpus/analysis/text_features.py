# %%
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import MultinomialNB
df = pd.read_csv("sms.csv", encoding="latin-1")
df["length"] = df["text"].apply(len)
X_train, X_test, y_train, y_test = train_test_split(df["text"], df["label"], random_state=0)
tfidf = TfidfVectorizer(min_df=2, ngram_range=(1, 2))
A = tfidf.fit_transform(X_train)
B = tfidf.transform(X_test)
nb = MultinomialNB(alpha=0.1)
nb.fit(A, y_train)
accuracy_score(y_test, nb.predict(B))
