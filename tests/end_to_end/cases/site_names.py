# run: names
# run: help
# run: interactive-help stdin:'len\nq\n'
"""What `site` gives and programs use without thinking."""

import builtins
import sys

if sys.argv[1] == "names":
    for name in ("exit", "quit", "copyright", "credits", "license", "help"):
        print(name, callable(getattr(builtins, name)))
    print(exit, quit)
    print(repr(help)[:40])
    print(str(copyright).splitlines()[0])
elif sys.argv[1] == "help":
    help(len)
elif sys.argv[1] == "interactive-help":
    help()
