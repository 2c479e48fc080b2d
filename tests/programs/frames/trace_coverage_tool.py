import sys
import threading

hits = {}


def tracer(frame, event, arg):
    if not frame.f_code.co_filename == __file__:
        return None
    if event == "line":
        key = frame.f_code.co_name
        hits.setdefault(key, []).append(frame.f_lineno - frame.f_code.co_firstlineno)
    return tracer


def branches(x):
    if x > 0:
        y = 1
    elif x < 0:
        y = -1
    else:
        y = 0
    for i in range(2):
        if i:
            continue
        y += i
    while y > 5:
        y -= 1
    try:
        y = 1 / y
    except ZeroDivisionError:
        y = None
    else:
        y *= 2
    finally:
        z = y
    with open(__file__) as f:
        pass
    return (
        z,
        [i for i in range(2)
         if i],
    )


sys.settrace(tracer)
branches(1)
branches(-1)
branches(0)
thread = threading.Thread(target=branches, args=(1,))
thread.start()
thread.join()
sys.settrace(None)
for name, lines in hits.items():
    print(name, lines)
