"""A recipe package from an analysis: the author's statements verbatim, a manifest, a wheel."""
