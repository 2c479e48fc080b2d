class NotFound(Exception):
    __match_args__ = ("name", "code")

    def __init__(self, name, code=404):
        super().__init__(name)
        self.name, self.code = name, code


def handle(error):
    match error:
        case NotFound(name, 404):
            return f"missing {name}"
        case NotFound(code=code):
            return f"code {code}"
        case KeyError(args=(key,)) if isinstance(key, str):
            return f"key {key}"
        case OSError(errno=2):
            return "no entry"
        case ExceptionGroup(exceptions=[first, *_]):
            return f"group of {handle(first)}"
        case ZeroDivisionError() | OverflowError():
            return "arithmetic"
        case BaseException():
            return type(error).__name__


for make in (lambda: NotFound("a"), lambda: NotFound("b", 500), lambda: KeyError("k"), lambda: KeyError(5), lambda: OSError(2, "x"), lambda: ExceptionGroup("g", [NotFound("in group"), ValueError()]), lambda: ZeroDivisionError(), lambda: SystemExit(1), lambda: 5):
    try:
        raise make()
    except BaseException as error:
        print(handle(error))
