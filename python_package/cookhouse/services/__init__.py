"""The room of services."""
