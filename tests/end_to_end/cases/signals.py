# run: term
# run: kill
# run: interrupt
# run: interrupt-caught
# run: handler
# run: alarm
# run: pipe
# run: ignored
"""Signals do to the built program what they do to a script."""

import os
import signal
import sys
import threading

what = sys.argv[1]
me = os.getpid()
print("before", flush=True)
if what == "term":
    os.kill(me, signal.SIGTERM)
elif what == "kill":
    os.kill(me, signal.SIGKILL)
elif what == "interrupt":
    os.kill(me, signal.SIGINT)
    threading.Event().wait(10)
elif what == "interrupt-caught":
    try:
        os.kill(me, signal.SIGINT)
        threading.Event().wait(10)
    except KeyboardInterrupt:
        print("caught")
elif what == "handler":
    signal.signal(signal.SIGUSR1, lambda number, frame: print("handler", signal.Signals(number).name, frame.f_code.co_name))
    os.kill(me, signal.SIGUSR1)
elif what == "alarm":
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    signal.pause()
elif what == "pipe":
    reader, writer = os.pipe()
    os.close(reader)
    try:
        os.write(writer, b"x")
    except BrokenPipeError as error:
        print("broken pipe", error.errno)
elif what == "ignored":
    print([signal.getsignal(s).name for s in (signal.SIGPIPE, signal.SIGTERM, signal.SIGHUP)])
    print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
print("after")
