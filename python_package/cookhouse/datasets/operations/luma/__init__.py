"""The Luma sample: a shop's visitors, what they did on its site, and who ordered afterwards.

All of it follows from a seed, block by block of visitors, so that any size is made in a bounded
amount of memory and the same seed and size give the same rows.
"""
