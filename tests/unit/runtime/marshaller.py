"""Runs in the target Python: compiles the sources listed on stdin, [[co_filename, path], ...], to files 0, 1, ... of the folder argv[1]."""

import json
import marshal
import sys

for number, (name, path) in enumerate(json.load(sys.stdin)):
    with open(path, "rb") as stream:
        code = compile(stream.read(), name, "exec", dont_inherit=True, optimize=int(sys.argv[2]))
    with open(f"{sys.argv[1]}/{number}", "wb") as stream:
        stream.write(marshal.dumps(code))
