"""A stock server: one line in, one line out."""
