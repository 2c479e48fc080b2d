import sys


def stop(code):
    try:
        sys.exit(code)
    except Exception:
        print("not an Exception")
    finally:
        print("finally", code)


for code in (None, 0, 3, "message", (1, 2), True):
    try:
        stop(code)
    except SystemExit as error:
        print(repr(error), repr(error.code))
try:
    raise KeyboardInterrupt("typed")
except Exception:
    print("wrong")
except BaseException as error:
    print(repr(error))
print("bye")
sys.stdout.flush()
stop("the last words")
