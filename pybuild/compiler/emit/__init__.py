"""IR to C."""
