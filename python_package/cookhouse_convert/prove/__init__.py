"""The proof: notebook and recipe in fresh processes, compared where it counts."""
