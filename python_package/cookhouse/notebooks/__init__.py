"""The room of notebooks."""
