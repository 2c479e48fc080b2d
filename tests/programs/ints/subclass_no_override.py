class Plain(int):
    pass


class WithDict(int):
    def __init__(self, value):
        self.note = f"note {int(value)}"


def work(values):
    total = 0
    for value in values:
        total += value
        total = total * 2 - value
        if value > 2:
            total ^= value
    return total


for kind in (int, Plain, WithDict, bool):
    values = [kind(i) for i in range(5)]
    result = work(values)
    print(kind.__name__, result, type(result).__name__, type(values[1] + 0).__name__, type(-values[1]).__name__, type(abs(values[1])).__name__)
print(type(Plain(3) + Plain(4)), type(+Plain(3)), Plain(3) is +Plain(3), WithDict(3).note, type(WithDict(5) // 1))
print(type(int(Plain(5))), type(Plain(5).real), type(Plain(5).__index__()))
print({Plain(1): "a"}[1], [Plain(1)].index(1), Plain(2) in [1, 2])
