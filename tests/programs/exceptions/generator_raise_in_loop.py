def source(n):
    for i in range(n):
        if i == 3:
            raise LookupError(f"source failed at {i}")
        yield i


def consume(g):
    total, log = 0, []
    try:
        for x in g:
            total += x
            try:
                log.append(10 // x)
            except ZeroDivisionError:
                log.append("zero")
    except LookupError as error:
        log.append(str(error))
    finally:
        log.append("finally")
    return total, log


print(consume(source(2)), consume(source(10)), consume(iter([])), consume(x for x in [0, 5]))


class Flaky:
    def __init__(self, failures):
        self.failures = failures

    def __iter__(self):
        return self

    def __next__(self):
        if self.failures:
            self.failures -= 1
            raise TimeoutError(self.failures)
        raise StopIteration


def patient(it):
    tries = 0
    while True:
        try:
            for _ in it:
                pass
            return tries
        except TimeoutError:
            tries += 1


print(patient(Flaky(3)), patient(Flaky(0)))
