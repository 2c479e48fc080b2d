import traceback


class Widget:
    height = 1

    def __init__(self):
        self.width = 2
        self.colour = "red"

    def paint(self):
        return self.collor


def local_names():
    counter = 1
    threshold = 2
    return countr + threshold


def global_name():
    return Wigdet()


def builtin_name():
    return prnt("x")


def missing_import():
    return math_.pi


def method():
    return Widget().pain()


def module_attribute():
    import os
    return os.pth


def self_attribute():
    return Widget().paint()


def far():
    return completely_unlike_anything


def keyword():
    return Widget(colr=1)


def import_name():
    from collections import namedtupel


for function in (local_names, global_name, builtin_name, missing_import, method, module_attribute, self_attribute, far, keyword, import_name):
    try:
        function()
    except Exception as error:
        traceback.print_exc()
        print(getattr(error, "name", None), type(getattr(error, "obj", None)).__name__)
print(Widget().widht)
