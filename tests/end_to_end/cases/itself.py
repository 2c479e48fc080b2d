# run: parent
# run: env
# run: pipe
"""A program that starts itself again."""

import os
import subprocess
import sys

ME = [sys.executable] if "__compiled__" in globals() else [sys.executable, "-I", __file__]

if sys.argv[1] == "parent":
    done = subprocess.run([*ME, "child", "a b", ""], capture_output=True, text=True)
    print(done.returncode, done.stdout, done.stderr)
elif sys.argv[1] == "child":
    print("child", sys.argv[1:])
    print("to stderr", file=sys.stderr)
    sys.exit(9)
elif sys.argv[1] == "env":
    done = subprocess.run([*ME, "show-env"], env={**os.environ, "MARK": "1"}, capture_output=True, text=True)
    print(done.stdout, done.stderr)
elif sys.argv[1] == "show-env":
    print(os.environ["MARK"], "LD_LIBRARY_PATH" in os.environ, "PYTHONHOME" in os.environ, "PYTHONPATH" in os.environ)
elif sys.argv[1] == "pipe":
    done = subprocess.run([*ME, "upper"], input="text\n", capture_output=True, text=True)
    print(done.stdout)
elif sys.argv[1] == "upper":
    print(sys.stdin.read().upper(), end="")
