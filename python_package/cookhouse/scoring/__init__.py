"""The room of scoring."""
