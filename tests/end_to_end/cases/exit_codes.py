# run:
# run: 3
# run: 300
# run: -1
# run: message
# run: none
# run: list
# run: builtin-exit
# run: builtin-quit
# run: os-exit
# run: interrupt
# run: in-finally
# run: from-thread
# run: atexit-exit
"""How a program ends: `sys.exit` with all that it takes, and its relatives."""

import sys

if len(sys.argv) < 2:
    print("falls off the end")
elif sys.argv[1].lstrip("-").isdigit():
    print("leaves", flush=True)
    sys.exit(int(sys.argv[1]))
elif sys.argv[1] == "message":
    sys.exit("a message for stderr: naïve")
elif sys.argv[1] == "none":
    sys.exit(None)
elif sys.argv[1] == "list":
    sys.exit([1, "two"])
elif sys.argv[1] == "builtin-exit":
    exit(4)
elif sys.argv[1] == "builtin-quit":
    quit("bye")
elif sys.argv[1] == "os-exit":
    import os

    print("flushed", flush=True)
    print("lost in the buffer", end="")
    os._exit(5)
elif sys.argv[1] == "interrupt":
    raise KeyboardInterrupt
elif sys.argv[1] == "in-finally":
    try:
        sys.exit(6)
    finally:
        print("finally runs")
elif sys.argv[1] == "from-thread":
    import threading

    thread = threading.Thread(target=lambda: sys.exit(7))
    thread.start()
    thread.join()
    print("only the thread left")
elif sys.argv[1] == "atexit-exit":
    import atexit

    atexit.register(lambda: print("at exit"))
    sys.exit(8)
