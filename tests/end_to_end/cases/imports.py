# run:
"""Forms of import that a program may use."""

import importlib
import importlib.util
import os
import sys
import xml.etree.ElementTree as tree
from collections import abc
from os.path import join

print(tree.fromstring("<a><b/></a>").tag, abc.Mapping.__name__, join("a", "b"))
print(__import__("os.path") is os, __import__("os.path", fromlist=["join"]) is os.path)
print(importlib.import_module("email.mime.text").MIMEText("x").get_content_type())
print(importlib.import_module(".mime.text", "email").__name__)
try:
    import no_such_module
except ModuleNotFoundError as error:
    print(error, error.name, error.path)
try:
    from os import no_such_name
except ImportError as error:
    print(type(error).__name__, error.name, str(error).split(" (")[0])
try:
    import os.nothing
except ModuleNotFoundError as error:
    print(error)
print(importlib.util.find_spec("json").name, importlib.util.find_spec("no_such") is None)
import json  # noqa: E402

spec = json.__spec__
print(spec.name, spec.parent, spec.has_location, os.path.basename(spec.origin), spec.submodule_search_locations is not None)
print(json.__name__, json.__package__, os.path.basename(json.__file__), len(json.__path__), json.__loader__ is spec.loader)
print(json.decoder.__spec__.parent, json.decoder.__spec__.submodule_search_locations, json.decoder.__package__)
before = json.JSONDecoder
again = importlib.reload(json.decoder)
print(again is json.decoder, json.decoder.JSONDecoder is before)
del sys.modules["json.scanner"]
print(importlib.import_module("json.scanner") is sys.modules["json.scanner"])


class Lazy(importlib.abc.Loader if hasattr(importlib, "abc") else object):
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.made_by = "a loader of the program's own"


class Finder:
    @staticmethod
    def find_spec(name, path, target=None):
        if name == "made_up":
            return importlib.util.spec_from_loader(name, Lazy())
        return None


sys.meta_path.append(Finder)
import made_up  # noqa: E402

print(made_up.made_by)
import colorsys  # noqa: E402

lazy = importlib.util.LazyLoader(importlib.util.find_spec("colorsys").loader)
print(type(lazy).__name__)
