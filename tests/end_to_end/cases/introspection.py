# run: types
# run: help
# run: fatal
# run: children
# run: readers
"""What a program finds when it looks closely at its interpreter."""

import sys


def types():
    for thing in (exit, quit, help, copyright, credits, license):
        print(type(thing), type(thing).__name__, type(thing).__module__, type(thing).__qualname__, thing.__class__)


def helping():
    import pydoc

    print(pydoc.render_doc(sys.modules["__main__"], renderer=pydoc.plaintext))


def fatal():
    import faulthandler
    import os

    faulthandler.enable()
    os.abort()


def children():
    import subprocess

    for options in ([], ["-S"], ["-s"], ["-I"], ["-IS"]):
        for way in (["-c", "import sys; print(sys.flags)"], ["-"]):
            ran = subprocess.run([sys.executable, *options, *way], input="import sys; print(sys.flags)", capture_output=True, text=True)
            print(options, way, [item for item in ran.stdout.split(", ") if "site=" in item and "user" not in item], ran.stderr)


def readers():
    import json

    for loader in (__loader__, json.__loader__):
        for name in (None, "json", "absent", "__main__", 5):
            try:
                print(hasattr(loader.get_resource_reader(name), "files"))
            except ImportError as error:
                print(error, error.name)
    print("decoder.py" in [path.name for path in json.__loader__.get_resource_reader("json").files().iterdir()])
    loader = json.__loader__
    for name in (5, b"x", 1.5):
        for call in (loader.get_code, loader.get_source, loader.get_filename, loader.is_package):
            try:
                print(call(name))
            except ImportError:
                print("ImportError")


{"types": types, "help": helping, "fatal": fatal, "children": children, "readers": readers}[sys.argv[1]]()
