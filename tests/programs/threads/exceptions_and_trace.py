import sys
import threading


def hook(args):
    print("hook", args.exc_type.__name__, args.exc_value, args.thread.name)


threading.excepthook = hook


def fails(n):
    return 1 // n


thread = threading.Thread(target=fails, args=(0,), name="failing")
thread.start()
thread.join()
events = []


def tracer(frame, event, arg):
    if frame.f_code.co_name in ("traced", "helper"):
        events.append((event, frame.f_code.co_name))
    return tracer


def helper(x):
    return x


def traced(n):
    for i in range(n):
        helper(i)


threading.settrace(tracer)
thread = threading.Thread(target=traced, args=(2,))
thread.start()
thread.join()
threading.settrace(None)
print(events, sys.gettrace())


def recursion(results):
    def down(n):
        return down(n + 1)

    try:
        down(0)
    except RecursionError as error:
        results.append(type(error).__name__)


results = []
threads = [threading.Thread(target=recursion, args=(results,)) for _ in range(3)]
[t.start() for t in threads]
[t.join() for t in threads]
print(results, threading.current_thread().name, sys._current_frames()[threading.get_ident()] is sys._getframe())
thread = threading.Thread(target=sys.exit, args=(3,))
thread.start()
thread.join()
print("still here")
