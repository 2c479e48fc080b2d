import traceback


def fail(kinds):
    errors = []
    for kind in kinds:
        try:
            raise kind(kind.__name__.lower())
        except Exception as error:
            errors.append(error)
    raise ExceptionGroup("several", errors)


def handle(kinds):
    log = []
    try:
        try:
            fail(kinds)
        except* ValueError as group:
            log.append(("value", [str(e) for e in group.exceptions]))
        except* (TypeError, KeyError) as group:
            log.append(("type or key", [type(e).__name__ for e in group.exceptions]))
            raise RuntimeError("in handler")
        else:
            log.append("else")
        finally:
            log.append("finally")
    except Exception as rest:
        log.append(repr(rest))
        traceback.print_exception(rest)
    return log


for kinds in ([ValueError], [TypeError, ValueError], [OSError], [ValueError, OSError, KeyError]):
    print(handle(kinds))
try:
    try:
        raise ValueError("naked")
    except* ValueError as group:
        print(repr(group), group.exceptions)
except Exception as error:
    print("escaped", error)
try:
    try:
        raise ExceptionGroup("g", [ValueError(1)])
    except* ExceptionGroup:
        pass
except TypeError as error:
    print(error)
nested = ExceptionGroup("a", [ValueError(1), ExceptionGroup("b", [TypeError(2), ValueError(3)])])
print(nested.split(ValueError), nested.subgroup(lambda e: isinstance(e, TypeError)), nested.derive([OSError()]))
for bad in (lambda: ExceptionGroup("x", []), lambda: ExceptionGroup("x", [1]), lambda: ExceptionGroup("x", [KeyboardInterrupt()]), lambda: ExceptionGroup(1, [ValueError()])):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(error)
raise nested
