"""What runs in the notebook's own interpreter; nothing of Cookhouse is installed there.

Standard library by itself; numpy, pandas and scikit-learn only where the notebook has them.
"""
