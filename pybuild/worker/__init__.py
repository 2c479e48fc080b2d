"""What runs inside the Python that is built for: standard library only, CPython 3.11 to 3.13, started by `pybuild.interpreter`.

`main.py` is the program; the other files are its operations.  The parent imports `wire` from here and nothing else.
"""
