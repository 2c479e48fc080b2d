import sys


def make(when, what):
    def tracer(frame, event, arg):
        if frame.f_code.co_name == "victim" and event == when:
            raise what
        return tracer

    return tracer


def victim(n):
    total = 0
    for i in range(n):
        try:
            total += i
            if i == 2:
                raise LookupError
        except LookupError:
            total += 100
        finally:
            total += 1
    return total


for when in ("call", "line", "return", "exception"):
    sys.settrace(make(when, ZeroDivisionError(when)))
    try:
        result = victim(4)
    except ZeroDivisionError as error:
        result = repr(error)
    print(when, result, sys.gettrace())
    sys.settrace(None)


def once(frame, event, arg):
    print("once", frame.f_code.co_name, event)
    sys.settrace(None)
    return None


sys.settrace(once)
print(victim(2))
print(victim(3), sys.gettrace())
