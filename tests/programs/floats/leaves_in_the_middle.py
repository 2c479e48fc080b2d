# A loop over floats in which one value is not a float: what was done before must not be done again.
log = []


class Loud:
    def __init__(self, name):
        self.name = name

    def __radd__(self, other):
        log.append(("radd", self.name, other))
        return 1000.0

    def __rmul__(self, other):
        log.append(("rmul", self.name, other))
        return self

    def __float__(self):
        log.append("float")
        return 5.0

    def __lt__(self, other):
        log.append(("lt", other))
        return True


def run(values):
    total, product, count = 0.0, 1.0, 0
    for v in values:
        count += 1
        log.append(count)
        total = total + v
        product = product * v
        if count == 3 and isinstance(product, float):
            product = 1
    return total, product if not isinstance(product, Loud) else product.name, count


for values in ([1.0, 2.0, 3.0], [1.0, Loud("a"), 2.0], [1.0, 2, 3.5, True, 2**70], [1.0, 2.0, Loud("b")]):
    try:
        print(run(values))
    except TypeError as error:
        print(error)
    print(log)
    log.clear()


def nested(rows):
    out = []
    for row in rows:
        acc = 0.0
        for x in row:
            acc += x * 2.0
        out.append(acc)
    return out


for rows in ([[1.0], [2.0, 3.0]], [[1.0], [2, 3]], [[1.0], []], [[1.0], [2.0, "x"]], [[1.0], 5], [[1.0], [None]]):
    try:
        print(nested(rows))
    except TypeError as error:
        print(error)
