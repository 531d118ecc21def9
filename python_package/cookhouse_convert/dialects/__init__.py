"""The forms in which a notebook may arrive, one file each."""
