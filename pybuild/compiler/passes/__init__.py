"""The optimisation passes, one a file, each a function that changes a Function."""
