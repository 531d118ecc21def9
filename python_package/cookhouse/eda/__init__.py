"""The room of eda."""
