def run(*errors):
    out = []
    for i in range(3):
        try:
            if i == 1:
                raise ExceptionGroup("eg", list(errors))
            out.append(i)
        except* ValueError as group:
            out.append(len(group.exceptions))
        except* TypeError:
            out.append("T")
        else:
            out.append("else")
        finally:
            out.append("f")
    return out


print(run(ValueError(1), ValueError(2)))
print(run(ValueError(1), TypeError()))
try:
    run(ValueError(1), OSError(5))
except ExceptionGroup as group:
    print(group, group.exceptions, group.__context__)


def reraise():
    try:
        raise ExceptionGroup("eg", [ValueError("v"), TypeError("t"), OSError("o")])
    except* ValueError:
        raise
    except* TypeError as group:
        raise group from None


try:
    reraise()
except ExceptionGroup as group:
    print(repr(group), [repr(e) for e in group.exceptions])
reraise()
