def classify(items):
    out = []
    for item in items:
        try:
            if item is None:
                continue
            if item == "stop":
                break
            value = 100 / item
        except ZeroDivisionError:
            out.append("zero")
        except TypeError as error:
            out.append(str(error)[:20])
            continue
        else:
            out.append(value)
        finally:
            out.append("f")
        out.append("end")
    else:
        out.append("no break")
    return out


def retry(actions):
    for attempt in range(5):
        try:
            try:
                actions[attempt]()
            except KeyError:
                raise ValueError("converted") from None
            finally:
                print("attempt", attempt)
        except ValueError as error:
            print("retry because", error)
            continue
        except LookupError:
            print("gives up")
            break
        return "done"
    return "failed"


def fail(kind):
    def action():
        raise kind("x")

    return action


def finally_continue():
    out = []
    for i in range(4):
        try:
            if i == 2:
                raise ValueError
            out.append(i)
        finally:
            if i == 2:
                continue
            out.append("f")
    return out


def finally_break():
    while True:
        try:
            return "lost"
        finally:
            break
    return "kept"


def return_value_is_evaluated_first():
    x = 1
    try:
        return x
    finally:
        x = 2


def stacked(n):
    try:
        try:
            try:
                if n == 0:
                    raise KeyError
                if n == 1:
                    return "r"
            except KeyError:
                raise IndexError
            else:
                n = "else"
        except IndexError:
            n = "index"
            raise TypeError
        finally:
            n = (n, "inner")
    except TypeError as e:
        return n, repr(e.__context__)
    finally:
        n = None
    return n


def generator_in_try():
    for x in iter([1, 0, 2]):
        try:
            yield 10 // x
        except ZeroDivisionError:
            yield "z"


print(classify([1, 0, "a", None, 4]), classify([2, "stop", 3]))
print(retry([fail(KeyError), fail(ValueError), lambda: None]), retry([fail(IndexError)]), retry([fail(ValueError)] * 5))
print(finally_continue(), finally_break(), return_value_is_evaluated_first(), [stacked(n) for n in range(3)], list(generator_in_try()))
while True:
    try:
        total = 0
        for i in range(10):
            try:
                total += 1 / (5 - i)
            except ZeroDivisionError:
                break
        else:
            continue
        break
    finally:
        print("outer finally", round(total, 3))
