# run: names
# run: help stdin:'\n'
# run: license stdin:'q\n'
"""What `site` gives and programs use without thinking."""

import builtins
import sys

if sys.argv[1] == "names":
    for name in ("exit", "quit", "copyright", "credits", "license", "help"):
        thing = getattr(builtins, name)
        print(name, type(thing).__name__, callable(thing))
    print(exit, quit)
    print(repr(help)[:40])
    print(str(copyright).splitlines()[0])
elif sys.argv[1] == "help":
    help(len)
elif sys.argv[1] == "license":
    print(repr(license)[:40])
