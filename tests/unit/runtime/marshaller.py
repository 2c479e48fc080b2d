"""Runs in the target Python: compiles the sources listed on stdin, [[co_filename, path], ...], to files 0, 1, ... of the folder argv[1]."""

import json
import marshal
import sys
from pathlib import Path

for number, (name, path) in enumerate(json.load(sys.stdin)):
    code = compile(Path(path).read_bytes(), name, "exec", dont_inherit=True, optimize=int(sys.argv[2]))
    (Path(sys.argv[1]) / str(number)).write_bytes(marshal.dumps(code))
