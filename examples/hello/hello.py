"""The smallest program."""

import sys

print("hello,", " ".join(sys.argv[1:]) or "world")
