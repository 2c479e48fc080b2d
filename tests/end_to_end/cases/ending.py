# run: order
# run: daemon
# run: finalizers
# run: unflushed
# run: closed-stdout
# run: modules
"""What happens between the last line and the end of the process."""

import atexit
import sys
import threading
import weakref

what = sys.argv[1]


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, print is not None)


if what == "order":
    for number in range(3):
        atexit.register(print, "atexit", number)
    threading.Thread(target=lambda: (threading.main_thread().join(), print("thread after main"))).start()
    print("main done")
elif what == "daemon":
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    print("a daemon thread does not hold the end")
elif what == "finalizers":
    thing = Loud("global")
    cycle = Loud("in a cycle")
    cycle.me = cycle
    weakref.finalize(thing, print, "finalize")
elif what == "unflushed":
    sys.stdout.write("no newline at the end")
elif what == "closed-stdout":
    sys.stdout.close()
elif what == "modules":
    import json

    json.kept = Loud("in a module")
