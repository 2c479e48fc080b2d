import errno
import os

for number in (errno.ENOENT, errno.EACCES, errno.EEXIST, errno.EPIPE, errno.ECONNREFUSED, errno.EINTR, 9999):
    error = OSError(number, "message", "file")
    print(type(error).__name__, error, error.errno == number, error.filename, error.args)
for action in (lambda: os.listdir("/no/such/folder"), lambda: os.mkdir("/"), lambda: open("/"), lambda: os.remove("/no/file"), lambda: os.kill(2**30, 0), lambda: os.stat(""), lambda: os.rename("/no/a", "/no/b"), lambda: os.open("/no", 0), lambda: open("x\0y")):
    try:
        action()
    except FileNotFoundError as error:
        print("not found", error)
    except OSError as error:
        print(type(error).__name__, error.errno, error)
    except ValueError as error:
        print("ValueError", error)
print(issubclass(TimeoutError, OSError), IOError is OSError, EnvironmentError is OSError, OSError("a", "b").errno, OSError("one").args, str(OSError()), repr(OSError(1, "x")))
for error in (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), UnicodeEncodeError("ascii", "é", 0, 1, "no"), KeyError("k"), KeyError(), StopIteration(5), SystemExit(3), ImportError("m", name="n", path="p"), SyntaxError("bad", ("f", 1, 2, "text")), AttributeError("a", name="n", obj=1), NameError("x", name="x")):
    print(type(error).__name__, str(error), error.args, repr(error)[:60])
