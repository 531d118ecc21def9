"""Cookhouse: take the notebook you have, and leave with a model that others use."""
