class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


module_level = Thing("module level")
_private = Thing("private")
in_list = [Thing("in list")]


def function(default=Thing("default")):
    pass


class Holder:
    attribute = Thing("class attribute")


def raising():
    local = Thing("local of the last frame")
    raise RuntimeError("uncaught")


print("end")
raising()
