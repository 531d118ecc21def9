"""The room of datasets."""
