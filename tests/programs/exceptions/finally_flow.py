def returns(kind):
    try:
        if kind == "return":
            return "try"
        if kind == "raise":
            raise ValueError("try")
    finally:
        if kind != "nothing":
            return "finally"
    return "end"


def nested():
    out = []
    for i in range(6):
        try:
            try:
                if i == 1:
                    continue
                if i == 2:
                    raise KeyError(i)
                if i == 4:
                    break
                out.append(i)
            finally:
                out.append(f"inner {i}")
                if i == 3:
                    continue
        except KeyError as error:
            out.append(repr(error))
        finally:
            out.append(f"outer {i}")
    else:
        out.append("never")
    return out


def overrides():
    for _ in (1,):
        try:
            return 1
        finally:
            try:
                return 2
            finally:
                break
    return 3


def deep():
    try:
        try:
            try:
                1 / 0
            finally:
                print("one")
        finally:
            print("two")
            [][3]
    except IndexError as error:
        return repr(error), repr(error.__context__)


def swallow():
    while True:
        try:
            raise SystemExit(3)
        finally:
            break
    return "swallowed"


for kind in ("return", "raise", "nothing", "other"):
    print(returns(kind))
print(nested(), overrides(), deep(), swallow())


def value_kept():
    x = [1]
    try:
        return x[0]
    finally:
        x[0] = 2
        x = None


print(value_kept())
