print("start")


def load():
    from collections import OrderedDict, Missing

    return OrderedDict, Missing


load()
