class AppError(Exception):
    code = 1

    def __init__(self, message, *, detail=None):
        super().__init__(message)
        self.detail = detail

    def __str__(self):
        return f"[{self.code}] {super().__str__()} ({self.detail})"


class NotFound(AppError, KeyError):
    code = 404


class Denied(AppError):
    code = 403

    def __reduce__(self):
        return Denied, (self.args[0],)


def act(n):
    if n % 3 == 0:
        raise NotFound(f"item {n}", detail={"n": n})
    if n % 3 == 1:
        raise Denied("no")
    return n


def many(count):
    results = []
    for n in range(count):
        try:
            results.append(act(n))
        except KeyError as error:
            results.append(error.detail["n"])
        except AppError as error:
            results.append(error.code)
    return results


print(many(9))
for n in (0, 1):
    try:
        act(n)
    except AppError as error:
        print(str(error), repr(error), error.args, isinstance(error, LookupError), type(error).__mro__[1].__name__)


class Meta(type):
    def __instancecheck__(cls, instance):
        print("not asked by except")
        return True


class Strange(Exception, metaclass=Meta):
    pass


try:
    try:
        raise ValueError("plain")
    except Strange:
        print("wrong")
except ValueError:
    print("right", isinstance(3, Strange))
act(3)
