"""How fast built programs run: CPython, pybuild and, if wanted, other compilers, in alternation within one run."""
