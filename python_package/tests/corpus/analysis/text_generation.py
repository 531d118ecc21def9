# %%
from openai import OpenAI
client = OpenAI()
r = client.chat.completions.create(model="x", messages=[])
print(r)
