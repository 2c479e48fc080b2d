import threading
import time

ready = False
box = {"go": False}


class Flag:
    up = False


flag = Flag()
order = []


def wait_global():
    while not ready:
        pass
    order.append("global")


def wait_dict():
    while not box["go"]:
        pass
    order.append("dict")


def wait_attribute():
    while not flag.up:
        pass
    order.append("attribute")


def wait_length(items):
    while len(items) < 3:
        pass
    order.append("length")


items = []
for target, args in ((wait_global, ()), (wait_dict, ()), (wait_attribute, ()), (wait_length, (items,))):
    thread = threading.Thread(target=target, args=args)
    thread.start()
    time.sleep(0.002)
    ready = True
    if target is wait_dict:
        box["go"] = True
    if target is wait_attribute:
        Flag.up = True
    if target is wait_length:
        items.extend([1, 2, 3])
    thread.join()
print(order)
