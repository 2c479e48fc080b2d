import _import_order_a

seen = list(_import_order_a.log)
_import_order_a.log.append("b runs")


def helper():
    return "helper"


def use():
    return helper()
