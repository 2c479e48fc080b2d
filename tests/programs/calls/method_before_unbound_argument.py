"""A method that is not there is noticed before an argument that is not bound."""


class Box:
    def put(self, *values):
        return values


def call(o, n):
    for i in range(n):
        if i > 2:
            later = i
    return o.missing(later) if n % 2 else o.put(n, later)


def number(o, n):
    while n > 3:
        n -= 1
        value = n * 0.5
    return o.missing(value)


def delete(o, n):
    del n
    return o.missing(n)


for function in (call, number, delete):
    for n in (1, 2, 5, 6):
        try:
            print(function(Box(), n))
        except (AttributeError, UnboundLocalError) as error:
            print(type(error).__name__, error)
