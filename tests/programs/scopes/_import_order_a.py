log = ["a starts"]
import _import_order_b

log.append("a ends")


def lazy():
    from _import_order_b import helper

    return helper()
